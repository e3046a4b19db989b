using System.Globalization;
using System.Text.Json;

namespace ActorFlow.Cli.Tests.Data;

public sealed class RealWorkflowTests : IDisposable
{
    private readonly CommandLine _command = new();

    [SharedDataFact]
    public async Task Every_real_workflow_succeeds_and_every_edge_is_respected()
    {
        var files = Files().Where(file => !file.Contains(".cyclic.", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var report = _command.PathOf("report.json");
            var ran = await CommandLine.RunAsync("run", file, "--in-memory", "--quiet", "--report", report);
            Assert.Equal((0, ""), (ran.ExitCode, ran.Errors));
            Check(FlowFile.Load(file).Draft.Build(), await File.ReadAllTextAsync(report));
        }
    }

    [SharedDataFact]
    public async Task A_real_workflow_with_a_cycle_is_refused_with_its_path()
    {
        var file = Files().Single(name => name.Contains(".cyclic.", StringComparison.Ordinal));
        var ran = await CommandLine.RunAsync("validate", file);
        Assert.Equal((2, ""), (ran.ExitCode, ran.Output));
        // They are libc6 and libgcc-s1, by their ids.
        Assert.Matches("in a cycle: (T000025 -> T000040 -> T000025|T000040 -> T000025 -> T000040)", ran.Errors);
    }

    [SharedDataFact]
    public void One_run_in_two_versions_of_the_format_is_one_graph()
    {
        var old = FlowFile.Load(FileOf("methylseq-dirt02-001.v14.json")).Draft.Build();
        var recent = FlowFile.Load(FileOf("methylseq-dirt02-001.v15.json")).Draft.Build();
        // The ids of 1.4 are bare numbers; those of 1.5 are the names with these numbers behind.
        Assert.Equal(Edges(recent, id => id[(id.LastIndexOf('_') + 1)..]), Edges(old, id => id));
        Assert.Equal(70, Edges(old, id => id).Count);
    }

    [SharedDataFact]
    public void Every_real_workflow_has_the_tasks_and_edges_that_others_counted()
    {
        var rows = File.ReadLines(FileOf("README.md"))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length > 8 && cells[1].EndsWith(".json", StringComparison.Ordinal))
            .Where(cells => cells[8] != "-");
        foreach (var cells in rows)
        {
            var flow = FlowFile.Load(FileOf(cells[1])).Draft.Build();
            var counted = (cells[1], Number(cells[6]), Number(cells[7]));
            Assert.Equal(counted, (cells[1], flow.Tasks.Count, Edges(flow, id => id).Count));
        }
    }

    private static int Number(string cell) =>
        int.Parse(cell, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private static List<(string, string)> Edges(Flow flow, Func<string, string> key)
    {
        var edges = flow.Tasks
            .SelectMany(task => flow.Edges.Upstream(task.Number).ToArray()
                .Select(up => (key(flow.Tasks[up.Task].Name), key(task.Name))))
            .Distinct()
            .ToList();
        edges.Sort();
        return edges;
    }

    private static void Check(Flow flow, string json)
    {
        var report = JsonDocument.Parse(json).RootElement;
        var tasks = report.GetProperty("tasks").EnumerateArray().ToDictionary(t => t.GetProperty("name").GetString()!);
        Assert.Equal(flow.Tasks.Count, tasks.Count);
        foreach (var task in flow.Tasks)
        {
            Assert.Equal("succeeded", tasks[task.Name].GetProperty("status").GetString());
            var started = tasks[task.Name].GetProperty("startedAt").GetDateTimeOffset();
            foreach (var up in flow.Edges.Upstream(task.Number))
                Assert.True(
                    tasks[flow.Tasks[up.Task].Name].GetProperty("endedAt").GetDateTimeOffset() <= started,
                    $"{report.GetProperty("flow")}: {task.Name} started before {flow.Tasks[up.Task].Name} ended");
        }
    }

    private static string FileOf(string name) => Path.Combine(Repository.SharedData!, name);

    private static IEnumerable<string> Files() =>
        Directory.EnumerateFiles(Repository.SharedData!, "*.json").Order(StringComparer.Ordinal);

    public void Dispose() => _command.Dispose();
}
