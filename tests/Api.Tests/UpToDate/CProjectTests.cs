using System.Diagnostics;

namespace ActorFlow.Api.Tests.UpToDate;

/// <summary>A real C project is built as a build tool would: what is up to date is not built again.</summary>
public sealed class CProjectTests : IDisposable
{
    private static readonly string[] Names = ["main.c", "util.c", "other.c"];

    private readonly Workshop _shop = new();

    public CProjectTests()
    {
        _shop.Write("util.h", "#define FACTOR 2\nint twice(int x);\nint other(void);\n");
        _shop.Write("main.c", """
            #include <stdio.h>
            #include "util.h"
            int main(void) { printf("%d\n", twice(20) + other()); return 0; }
            """);
        _shop.Write("util.c", "#include \"util.h\"\nint twice(int x) { return FACTOR * x; }\n");
        _shop.Write("other.c", "int other(void) { return 2; }\n");
    }

    [CompilerFact]
    public async Task Only_what_changed_is_built_again()
    {
        var first = await BuildAsync();
        Assert.Equal("cc main.c, cc other.c, cc util.c, link", _shop.Ran);
        Assert.Equal("42", await OutputAsync(first));

        var second = await BuildAsync();
        Assert.Equal("", _shop.Ran);
        Assert.True(second.NothingToDo);

        _shop.Write("other.c", "int other(void) { return 3; }\n");
        Assert.Equal("43", await OutputAsync(await BuildAsync()));
        Assert.Equal("cc other.c, link", _shop.Ran);

        _shop.Write("util.h", "#define FACTOR 3\nint twice(int x);\nint other(void);\n");
        var third = await BuildAsync();
        Assert.Equal("cc main.c, cc util.c, link", _shop.Ran);
        Assert.Equal("63", await OutputAsync(third));
        Assert.True(third["objects[other.c]"].IsUpToDate);

        File.SetLastWriteTimeUtc(Path.Combine(_shop.Files, "main.c"), DateTime.UtcNow);
        Assert.True((await BuildAsync()).NothingToDo);
        Assert.Equal("", _shop.Ran);
    }

    [CompilerFact]
    public async Task What_does_not_compile_is_built_again_when_it_does()
    {
        await BuildAsync();
        _ = _shop.Ran;
        _shop.Write("other.c", "int other(void) { return; }}\n");
        var broken = await BuildAsync();
        Assert.Equal(JobPhase.Failed, broken.Phase);
        Assert.Contains("other.c", broken["objects[other.c]"].Error!.Message, StringComparison.Ordinal);
        Assert.Equal("cc other.c", _shop.Ran);

        _shop.Write("other.c", "int other(void) { return 2; }\n");
        Assert.Equal("42", await OutputAsync(await BuildAsync()));
        Assert.Equal("cc other.c, link", _shop.Ran);
    }

    public void Dispose() => _shop.Dispose();

    private Task<JobReport> BuildAsync() =>
        _shop.RunAsync(Project(), Names.ToDictionary(name => name, name => Path.Combine(_shop.Files, name)));

    private Flow<IReadOnlyDictionary<string, string>, string> Project()
    {
        var compile = FlowBuilder.Chain<string>("compile").Then("object", async (string source, TaskContext context) =>
        {
            _shop.Runs($"cc {Path.GetFileName(source)}");
            var (target, needs) = (Path.Combine(context.RunDirectory, "unit.o"), context.RunDirectory + "/unit.d");
            await RunAsync(CompilerFact.Compiler!, "-c", source, "-o", target, "-MMD", "-MF", needs);
            context.HasRead(Headers(await File.ReadAllTextAsync(needs)));
            return target;
        }).With(task => task.UpToDate(new UpToDateOptions { Inputs = ["{input}"], Outputs = ["*.o"] })).Build();
        var flow = FlowBuilder.Create<IReadOnlyDictionary<string, string>>("project");
        var objects = flow.MapValues("objects", flow.Input, compile, new MapOptions { MaxFailures = 0 });
        var link = flow.Task("link", objects, async (objects, context) =>
        {
            _shop.Runs("link");
            var program = Path.Combine(context.RunDirectory, "program");
            await RunAsync(CompilerFact.Compiler!, ["-o", program, .. objects.Values.Order(StringComparer.Ordinal)]);
            return program;
        }).UpToDate(new UpToDateOptions { Outputs = ["program"] });
        return flow.Build(link);
    }

    // "unit.o: main.c \ util.h": what is behind the colon.
    private static string[] Headers(string makefile) => makefile
        [(makefile.IndexOf(": ", StringComparison.Ordinal) + 2)..]
        .Split([' ', '\\', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);

    private static async Task<string> OutputAsync(JobReport report)
    {
        Assert.True(report.Phase == JobPhase.Succeeded, report.ToJson());
        return (await RunAsync(report["link"].Output!.ToString().Trim('"'))).Trim();
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : throw new IOException(await errors);
    }
}
