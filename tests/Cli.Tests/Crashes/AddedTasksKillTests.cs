using System.Text.Json;

namespace ActorFlow.Cli.Tests.Crashes;

/// <summary>Jobs whose tasks add others, killed in the middle: what had ended does not run again.</summary>
public sealed class AddedTasksKillTests : IDisposable
{
    private readonly CommandLine _command = new();

    [Fact]
    public async Task A_map_goes_on_where_it_was_killed()
    {
        var report = await KillAsync("""
            flow: map
            flows:
              one:
                input: { item: integer }
                tasks:
                  first: { run: 'echo "$ACTORFLOW_TASK" >> MARKS', env: { I: "${input.item}" } }
                  second:
                    needs: first
                    run: 'echo "$ACTORFLOW_TASK" >> MARKS; echo "$I"'
                    env: { I: "${input.item}" }
            tasks:
              items: { run: 'seq 12', output: lines }
              each: { needs: items, map: "${needs.items}", parallel: 2, flow: one }
              all: { needs: each, run: 'echo "$EACH"' }
            """, marks: 25);

        Assert.Equal(
            "[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"10\",\"11\",\"12\"]",
            CommandLine.TaskOf(report, "all").GetProperty("output").GetString());
    }

    [Fact]
    public async Task A_loop_goes_on_where_it_was_killed()
    {
        var report = await KillAsync("""
            flow: loop
            tasks:
              count:
                until: value == 15
                initial: 0
                run: 'echo "$ACTORFLOW_TASK" >> MARKS; echo $((VALUE + 1))'
                output: json
              all: { needs: count, run: 'echo "$COUNT"' }
            """, marks: 15);

        Assert.Equal("15", CommandLine.TaskOf(report, "all").GetProperty("output").GetString());
    }

    [Fact]
    public async Task States_go_on_where_they_were_killed()
    {
        var report = await KillAsync("""
            flow: states
            tasks:
              count:
                initial: 0
                states:
                  up:
                    run: 'echo "$ACTORFLOW_TASK" >> MARKS; echo $((VALUE + 1))'
                    output: json
                    go-to: [{ if: value % 3 == 0 and value < 15, to: report }, { if: value < 15, to: up }]
                  report: { run: 'echo "$ACTORFLOW_TASK" >> MARKS; echo $VALUE', output: json, go-to: up }
              all: { needs: count, run: 'echo "$COUNT"' }
            """, marks: 19);

        Assert.Equal("15", CommandLine.TaskOf(report, "all").GetProperty("output").GetString());
    }

    [Fact]
    public async Task A_generated_flow_goes_on_where_it_was_killed()
    {
        var report = await KillAsync("""
            flow: generated
            tasks:
              made:
                generate: |
                  echo 'flow: steps'
                  echo 'tasks:'
                  echo '  step0: { run: echo 0 }'
                  for i in $(seq 15); do
                    echo "  step$i:"
                    echo "    needs: { v: step$((i - 1)) }"
                    echo "    run: 'echo "\$ACTORFLOW_TASK" >> MARKS; echo \$((V + 1))'"
                  done
              all: { needs: made, run: 'echo "$MADE"' }
            """, marks: 15);

        Assert.Equal("15", CommandLine.TaskOf(report, "all").GetProperty("output").GetString());
    }

    [Fact]
    public async Task A_stream_goes_on_where_it_was_killed()
    {
        var report = await KillAsync("""
            flow: stream
            tasks:
              count:
                run: 'seq 15'
                stream: lines
                buffer: 3
                each: { run: 'echo "$ACTORFLOW_TASK" >> MARKS; echo "$ITEM"' }
              all: { needs: count, run: 'echo "$COUNT"' }
            """, marks: 15);

        Assert.Equal(
            "[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"10\",\"11\",\"12\",\"13\",\"14\",\"15\"]",
            CommandLine.TaskOf(report, "all").GetProperty("output").GetString());
    }

    /// <summary>Kills a job a few times, goes on with it, and checks what ran how often.</summary>
    private async Task<JsonElement> KillAsync(string flow, int marks)
    {
        var file = _command.PathOf("marks");
        var path = _command.File("f.yaml", flow.Replace("MARKS", file, StringComparison.Ordinal));
        string[] arguments = ["run", path, "--job", "j", "--parallel", "2", "--quiet"];
        foreach (var share in (double[])[0.2, 0.5, 0.8])
        {
            using var life = ToolProcess.Start(_command.Directory, arguments);
            await Waiting.UntilAsync(() => Count(file) >= marks * share || life.HasEnded);
            life.Kill();
            await life.EndAsync();
            arguments = ["resume", "j", "--parallel", "2", "--quiet"];
        }

        // No file of the flow is needed any more.
        File.Delete(path);
        var last = await ToolProcess.RunAsync(_command.Directory, [.. arguments, "--report", "r.json"]);
        Assert.Equal((0, ""), (last.ExitCode, last.Errors));
        var report = JsonDocument.Parse(await File.ReadAllTextAsync(_command.PathOf("r.json"))).RootElement;
        foreach (var run in (await File.ReadAllLinesAsync(file)).CountBy(name => name))
            Assert.InRange(run.Value, 1, CommandLine.TaskOf(report, run.Key).GetProperty("attempts").GetInt32());
        return report;
    }

    private static int Count(string file) => File.Exists(file) ? File.ReadAllText(file).Count(c => c == '\n') : 0;

    public void Dispose() => _command.Dispose();
}
