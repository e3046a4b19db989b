using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ActorFlow.Cli.Tests.Commands;

/// <summary>The commands that read: list, show, why, report, graph, validate, journal.</summary>
public sealed partial class ExplainingTests : IDisposable
{
    private const string Flow = """
        flow: demo
        tasks:
          fetch: { run: echo 7 }
          flaky: { needs: [fetch], run: exit 75, retry: { attempts: 2, initial: 1ms } }
          after: { needs: [flaky], run: echo never }
          clean: { needs: [after], when: all-done, run: echo cleaned }
        """;

    private readonly CommandLine _command = new();

    [Fact]
    public async Task The_list_tells_how_each_job_ended()
    {
        await RunDemoAsync();
        var text = await _command.InDataAsync("list");
        Assert.Equal(0, text.ExitCode);
        Assert.Matches(@"^JOB +STATUS +SUBMITTED +TASKS +FLOW\nd1 +failed +\S+ +2 ok, 1 failed, 1 skipped +demo\n$",
            text.Output);
        var job = (await _command.InDataAsync("list", "--json")).Json.EnumerateArray().Single();
        Assert.Equal(("d1", "demo", "failed"), (Text(job, "job"), Text(job, "flow"), Text(job, "status")));
        Assert.Equal(2, job.GetProperty("counts").GetProperty("succeeded").GetInt32());
    }

    [Fact]
    public async Task A_job_is_shown_with_its_failures_first()
    {
        await RunDemoAsync();
        var shown = await _command.InDataAsync("show", "d1");
        Assert.Equal(0, shown.ExitCode);
        var statuses = shown.Output.Split('\n')
            .Select(line => line.Split(' ')[0])
            .Where(word => word is "failed" or "skipped" or "succeeded");
        Assert.Equal(["failed", "skipped", "succeeded", "succeeded"], statuses);
        Assert.Contains("because of flaky", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_event_of_a_job_is_shown_with_its_number_and_tag()
    {
        await RunDemoAsync();
        var events = (await _command.InDataAsync("show", "d1", "--events", "--json")).Json.EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(1, 14), events.Select(e => e.GetProperty("version").GetInt32()));
        Assert.Equal("job.submitted/1", Text(events[0], "event"));
        Assert.Equal("job.ended/1", Text(events[^1], "event"));
        var lines = (await _command.InDataAsync("show", "d1", "--events")).Output.TrimEnd().Split('\n');
        Assert.Equal(14, lines.Length);
        Assert.Matches(@"^ +11  \S+  task\.skipped/1 +after  upstream not succeeded: flaky$", lines[10]);
    }

    [Theory]
    [InlineData("after", "Task 'after' was skipped because 'flaky' failed: its attempts are used up.")]
    [InlineData("flaky", "Task 'flaky' failed because its attempts are used up.")]
    [InlineData("FLAKY", "It ran again because the attempt threw, and its policy allows another attempt.")]
    [InlineData("fetch", "Task 'fetch' succeeded")]
    public async Task Why_explains_a_task_from_its_events(string task, string said)
    {
        await RunDemoAsync();
        var why = await _command.InDataAsync("why", "d1", task);
        Assert.Equal(0, why.ExitCode);
        Assert.Contains(said, why.Output, StringComparison.Ordinal);
        var json = (await _command.InDataAsync("why", "d1", task, "--json")).Json;
        Assert.Contains(said, string.Join('\n', json.GetProperty("lines").EnumerateArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_is_the_same_from_run_and_from_report()
    {
        var file = await RunDemoAsync();
        var printed = await _command.InDataAsync("report", "d1", "--format", "json");
        Assert.Equal(await File.ReadAllTextAsync(file), printed.Output.TrimEnd());
        Assert.Contains("4 tasks: 2 succeeded, 1 failed, 1 skipped, 0 cancelled",
            (await _command.InDataAsync("report", "d1")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_has_every_field_of_its_contract()
    {
        var report = JsonDocument.Parse(await File.ReadAllTextAsync(await RunDemoAsync())).RootElement;
        Assert.Equal(
            [
                "job", "flow", "status", "startedAt", "endedAt", "elapsedSeconds", "counts", "criticalPath", "tasks",
            ],
            Names(report).Take(9));
        Assert.Equal(["succeeded", "failed", "skipped", "cancelled"], Names(report.GetProperty("counts")));
        Assert.Matches(Microseconds(), Text(report, "startedAt"));
        Assert.Equal(["fetch", "flaky", "clean"], report.GetProperty("criticalPath").Deserialize<string[]>()!);
        var tasks = report.GetProperty("tasks").EnumerateArray().ToList();
        Assert.Equal(["fetch", "flaky", "after", "clean"], tasks.Select(task => Text(task, "name")));
        Assert.Equal(["succeeded", "failed", "skipped", "succeeded"], tasks.Select(task => Text(task, "status")));
        foreach (var task in tasks)
            Assert.Superset(
                new HashSet<string>
                {
                    "name", "status", "attempts", "startedAt", "endedAt", "elapsedSeconds", "output", "error",
                    "skippedBecause",
                },
                Names(task).ToHashSet());
        var error = tasks[1].GetProperty("error");
        Assert.Equal("exit 75", Text(error, "type"));
        Assert.Equal(["after"], error.GetProperty("downstreamImpact").Deserialize<string[]>()!);
        Assert.Equal("flaky", Text(tasks[2], "skippedBecause"));
        Assert.Equal("cleaned", Text(tasks[3], "output"));
    }

    [Theory]
    [InlineData("mermaid", "graph TD\n", "t0 -->|\"fetch: text\"| t1")]
    [InlineData("dot", "digraph \"demo\" {\n", "t2 -> t3 [label=\"after: text\", style=dashed];")]
    public async Task A_flow_is_drawn_in_both_languages(string format, string first, string edge)
    {
        var file = _command.File("f.yaml", Flow);
        var drawn = await CommandLine.RunAsync("graph", file, "--format", format);
        Assert.Equal((0, ""), (drawn.ExitCode, drawn.Errors));
        Assert.StartsWith(first, drawn.Output, StringComparison.Ordinal);
        Assert.Contains(edge, drawn.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_valid_flow_is_said_to_be_valid_and_a_faulty_one_has_its_faults_as_data()
    {
        var ran = await CommandLine.RunAsync("validate", _command.File("f.yaml", Flow));
        Assert.Equal(0, ran.ExitCode);
        Assert.EndsWith("flow 'demo' is valid: 4 tasks, 3 edges.\n", ran.Output, StringComparison.Ordinal);
        var faulty = _command.File("g.yaml", "flow: g\ntasks:\n  a: { needs: [b], run: echo }\n");
        var json = await CommandLine.RunAsync("validate", faulty, "--json");
        Assert.Equal(2, json.ExitCode);
        Assert.False(json.Json.GetProperty("valid").GetBoolean());
        var fault = json.Json.GetProperty("faults").EnumerateArray().Single();
        Assert.Contains("'b'", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_description_of_a_giant_flow_is_cut_where_that_is_wanted()
    {
        var tasks = Enumerable.Range(0, 1_005).Select(i => (JsonNode)new JsonObject { ["name"] = $"t{i}" });
        var description = new JsonObject { ["flow"] = "giant", ["tasks"] = new JsonArray([.. tasks]) };
        using var text = new StringWriter();
        DescriptionText.Write(text, description, 1_000);
        Assert.EndsWith(
            "\n  t999  -      -      -      -         -\n  … and 5 more tasks; a pipe gets all of them.\n",
            text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journal_is_verified_and_dumped()
    {
        await RunDemoAsync();
        var verified = await _command.InDataAsync("journal", "verify");
        Assert.Equal(0, verified.ExitCode);
        Assert.Matches("^1 job \\(1 ended\\), 14 events, \\d+ bytes in 1 file: sound\\.\n$", verified.Output);
        var dumped = await _command.InDataAsync("journal", "dump");
        Assert.Equal(14, dumped.Output.TrimEnd().Split('\n').Length);
    }

    private async Task<string> RunDemoAsync()
    {
        var report = _command.PathOf("report.json");
        var ran = await _command.InDataAsync(
            "run", _command.File("f.yaml", Flow), "--job", "d1", "--quiet", "--report", report);
        Assert.Equal(1, ran.ExitCode);
        return report;
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(p => p.Name);

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6,7}Z$")]
    private static partial Regex Microseconds();

    public void Dispose() => _command.Dispose();
}
