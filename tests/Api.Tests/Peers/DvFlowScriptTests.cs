using System.Globalization;
using System.Text.Json;
using ActorFlow.Api.Tests.UpToDate;

namespace ActorFlow.Api.Tests.Peers;

/// <summary>The case of DV Flow about scripts: what they are given, and what is harvested of their files.</summary>
public sealed class DvFlowScriptTests : IDisposable
{
    private readonly Workshop _shop = new();

    [Fact]
    public async Task D15_parameters_and_inputs_reach_a_script_and_its_items_are_typed_outputs()
    {
        var flow = FlowBuilder.Create<Parameters>("items");
        var sources = flow.Task("sources", () => new[]
        {
            new Item { Type = "FileSet", Name = "top.v" },
            new Item { Type = "FileSet", Name = "alu.v" },
        });
        flow.Task("script", flow.Input, sources, async (Parameters parameters, Item[] inputs, TaskContext context) =>
        {
            await context.WriteFileAsync("inputs.json", JsonSerializer.Serialize(inputs));
            await Scripts(context, """
                grep -o '"Name":"[^"]*"' inputs.json | cut -d'"' -f4 | while read -r name; do
                    echo "{\"Type\":\"$KIND\",\"Name\":\"${name%.v}-$WIDTH.o\"}" >> output.jsonl
                done
                """, ("KIND", parameters.Kind), ("WIDTH", $"{parameters.Width}"));
            return (await LinesOf(context, "output.jsonl"))
                .Select(line => JsonSerializer.Deserialize<Item>(line)!).ToArray();
        });

        var report = await _shop.RunAsync(flow.Build(), new Parameters("object", 8));

        Assert.Equal(
            """[{"Type":"object","Name":"top-8.o"},{"Type":"object","Name":"alu-8.o"}]""",
            report["script"].Output!.ToString());
    }

    [Fact]
    public async Task D14_an_item_of_no_type_is_refused_with_what_is_missing()
    {
        var flow = FlowBuilder.Create("untyped");
        flow.Task("script", async (TaskContext context) =>
        {
            await Scripts(context, """echo '{"Name":"top.o"}' > output.jsonl""");
            return JsonSerializer.Deserialize<Item>((await LinesOf(context, "output.jsonl"))[0]);
        });

        var report = await _shop.RunAsync(flow.Build(), Nothing.Value);

        Assert.Equal(JobPhase.Failed, report.Phase);
        Assert.Contains("Type", report["script"].Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task D15_variables_and_paths_that_a_script_leaves_hold_for_the_next_one()
    {
        var flow = FlowBuilder.Create("environment");
        var sets = flow.Task("sets", async (TaskContext context) =>
        {
            await Scripts(context, """
                cat > env << END
                GREETING=hello
                WHOM=the whole world
                END
                mkdir "$TOOLS/bin" && printf '#!/bin/sh\necho "$GREETING, $WHOM"\n' > "$TOOLS/bin/greet"
                chmod +x "$TOOLS/bin/greet" && echo "$TOOLS/bin" > path
                """, ("TOOLS", context.RunDirectory));
            return new Left(
                (await LinesOf(context, "env")).Select(line => line.Split('=', 2))
                    .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal),
                (await LinesOf(context, "path"))[0]);
        });
        flow.Task("uses", sets, async (Left left, TaskContext context) =>
        {
            var path = ("PATH", $"{left.Path}:{Environment.GetEnvironmentVariable("PATH")}");
            return await Scripts(context, "greet", [path, .. left.Variables.Select(each => (each.Key, each.Value))]);
        });

        var report = await _shop.RunAsync(flow.Build(), Nothing.Value);

        Assert.Equal("\"hello, the whole world\\n\"", report["uses"].Output!.ToString());
    }

    [Fact]
    public async Task D15_markers_and_a_memento_come_from_files_of_the_script()
    {
        var flow = FlowBuilder.Create("memento");
        flow.Task("script", async (TaskContext context) =>
        {
            await context.WriteFileAsync("memento", $"{context.Memento.Get<int>()}");
            await Scripts(context, """
                echo "warning top.v:3 run $(cat memento)" > markers
                echo $(($(cat memento) + 1)) > memento.out
                """);
            var parts = (await LinesOf(context, "markers"))[0].Split([' ', ':'], 4);
            context.Warning(parts[3], parts[1], int.Parse(parts[2], CultureInfo.InvariantCulture));
            context.Memento.Set(int.Parse((await LinesOf(context, "memento.out"))[0], CultureInfo.InvariantCulture));
        }).UpToDate(new UpToDateOptions { Always = true });

        var built = flow.Build();

        for (var run = 0; run < 3; run++)
            Assert.Equal(
                $"top.v:3: warning: run {run}",
                Assert.Single((await _shop.RunAsync(built, Nothing.Value))["script"].Markers).Marker.ToString());
    }

    public void Dispose() => _shop.Dispose();

    private static async Task<string> Scripts(
        TaskContext context, string script, params (string Name, string Value)[] variables)
    {
        var run = await context.ExecAsync(ProcessSpec.Shell(script) with
        {
            Environment = variables.ToDictionary(each => each.Name, each => (string?)each.Value),
        });
        return run.EnsureSuccess().Output;
    }

    private static Task<string[]> LinesOf(TaskContext context, string file) =>
        File.ReadAllLinesAsync(Path.Combine(context.ScratchDirectory, file));

    private sealed record Parameters(string Kind, int Width);

    private sealed record Item
    {
        public required string Type { get; init; }

        public required string Name { get; init; }
    }

    private sealed record Left(Dictionary<string, string> Variables, string Path);
}
