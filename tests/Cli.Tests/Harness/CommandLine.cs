using System.Text.Json;

namespace ActorFlow.Cli.Tests;

/// <summary>What a command line printed, and its exit code.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Errors)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;
}

/// <summary>Runs command lines in this process, in a directory of their own.</summary>
internal sealed class CommandLine : IDisposable
{
    public string Directory { get; } =
        System.IO.Directory.CreateTempSubdirectory("actorflow-cli-").FullName;

    public string Data => PathOf("data");

    public string PathOf(string name) => Path.Combine(Directory, name);

    /// <summary>Writes a file, and gives its path.</summary>
    public string File(string name, string content)
    {
        System.IO.File.WriteAllText(PathOf(name), content);
        return PathOf(name);
    }

    /// <summary>Writes a flow, and gives its path and the place in it that the text marks with a '§'.</summary>
    public (string Path, string Place) Marked(string content, string name = "f.yaml")
    {
        var at = content.IndexOf('§', StringComparison.Ordinal);
        var line = content[..at].Count(c => c == '\n') + 1;
        var path = File(name, content.Remove(at, 1));
        return (path, $"{path}:{line}:{at - content.LastIndexOf('\n', at)}");
    }

    /// <summary>Runs a command with the data directory of this test.</summary>
    public Task<CommandResult> InDataAsync(params string[] arguments) => RunAsync([.. arguments, "--data", Data]);

    public static async Task<CommandResult> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var exitCode = await ActorFlowCommand.RunAsync(arguments, output, errors);
        return new CommandResult(exitCode, output.ToString(), errors.ToString());
    }

    /// <summary>Runs a flow, and gives its report.</summary>
    public async Task<(int ExitCode, JsonElement Report)> ReportOfAsync(string flow, params string[] more)
    {
        var report = PathOf($"report-{Guid.NewGuid():N}.json");
        var ran = await InDataAsync(["run", File("flow.yaml", flow), "--quiet", "--report", report, .. more]);
        if (ran.ExitCode == 0) Assert.Equal("", ran.Errors);
        else Assert.Matches("^actorflow: job .*\n$", ran.Errors);
        return (ran.ExitCode, JsonDocument.Parse(await System.IO.File.ReadAllTextAsync(report)).RootElement);
    }

    /// <summary>What 'validate' says of a flow that has one fault.</summary>
    public async Task<string> FaultsOfAsync(string flow)
    {
        var ran = await RunAsync("validate", File("f.yaml", flow));
        Assert.Equal(2, ran.ExitCode);
        Assert.DoesNotContain("reasons:", ran.Errors, StringComparison.Ordinal);
        return ran.Errors;
    }

    public static JsonElement TaskOf(JsonElement report, string name) =>
        report.GetProperty("tasks").EnumerateArray().Single(t => t.GetProperty("name").GetString() == name);

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);
}
