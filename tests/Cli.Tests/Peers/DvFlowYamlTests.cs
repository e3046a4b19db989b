namespace ActorFlow.Cli.Tests.Peers;

/// <summary>The cases of dv-flow about conditions, loops, and what scripts take and leave.</summary>
public sealed class DvFlowYamlTests : IDisposable
{
    private readonly CommandLine _command = new();

    [Fact]
    public async Task DvFlow_D1_a_matrix_has_every_combination()
    {
        var (_, report) = await _command.ReportOfAsync("""
            flow: d1
            tasks:
              a:
                matrix: { letter: [a, b], number: [1, 2] }
                run: 'echo "$N"'
                env: { N: "${matrix.letter}_${matrix.number}" }
              nine: { matrix: { x: [1, 2, 3], y: [1, 2, 3] }, run: echo }
            """);

        Assert.Equal("""["a_1","a_2","b_1","b_2"]""", report.OutputOf("a"));
        Assert.Equal(9, CommandLine.TaskOf(report, "nine").GetProperty("output").GetArrayLength());
    }

    [Fact]
    public async Task DvFlow_D10_a_task_whose_condition_does_not_hold_does_not_run()
    {
        var (exitCode, report) = await _command.ReportOfAsync("""
            flow: d10
            input: { debug: { type: boolean, default: false } }
            tasks:
              always: { run: echo yes }
              never: { if: input.debug, run: exit 1 }
            """);

        Assert.Equal(0, exitCode);
        Assert.Equal("skipped", CommandLine.TaskOf(report, "never").GetProperty("status").GetString());
        Assert.Equal("yes", report.OutputOf("always"));
    }

    [Fact]
    public async Task DvFlow_D11_loops_run_as_often_as_they_say()
    {
        var (exitCode, report) = await _command.ReportOfAsync("""
            flow: d11
            tasks:
              repeat: { repeat: 3, run: 'echo "$ROUND"' }
              until-success:
                until: value.ok
                max: 3
                run: 'test $ROUND = 1 && echo "{\"ok\": true}" || echo "{\"ok\": false}"'
                output: json
              until-tired: { until: value.ok, max: 3, run: 'echo "{\"ok\": false}"', output: json }
              while: { while: "value < 5", initial: 2, run: 'echo $((VALUE + 1))', output: json }
              break:
                while: round < 100 and not default(value.stop, false)
                run: 'echo "{\"stop\": $([ $ROUND = 4 ] && echo true || echo false)}"'
                output: json
              match: { match: two, choose: [{ is: one, run: echo 1 }, { is: two, run: echo 2 }, { run: echo other }] }
              else: { match: six, choose: [{ is: one, run: echo 1 }, { run: echo other }] }
            """);

        Assert.Equal(0, exitCode);
        Assert.Equal(3, RoundsOf(report, "repeat"));
        Assert.Equal(2, RoundsOf(report, "until-success"));
        Assert.Equal(3, RoundsOf(report, "until-tired"));
        Assert.Equal(3, RoundsOf(report, "while"));
        Assert.Equal(5, RoundsOf(report, "break"));
        Assert.Equal("2", report.OutputOf("match"));
        Assert.Equal("other", report.OutputOf("else"));
    }

    [Fact]
    public async Task DvFlow_D15_a_script_takes_values_and_leaves_outputs_markers_and_a_memento()
    {
        _command.File("input.txt", "x");
        var flow = $$"""
            flow: d15
            input: { name: string }
            tasks:
              before:
                run: 'chmod +x own-tool; echo "{\"a\": [1, 2]}"'
                output: json
                workdir: "{{_command.Directory}}"
                up-to-date: true
              script:
                needs: { items: before.a }
                env: { NAME: "${input.name}", PATH: "{{_command.Directory}}:/usr/bin:/bin" }
                workdir: {{_command.Directory}}
                markers: gcc
                output: json
                up-to-date: { inputs: [input.txt], outputs: [out.txt] }
                run: |
                  cat > out.txt <<EOF
                  $NAME $ITEMS
                  EOF
                  echo "input.txt:3:1: warning: odd" >&2
                  runs=$(cat "$MEMENTO"); echo "${runs}x" > "$MEMENTO"
                  own-tool
                  echo "{\"file\": \"out.txt\", \"runs\": \"$runs\"}"
              after: { needs: { f: script.file }, run: 'echo "$F"' }
            """;
        _command.File("own-tool", "#!/bin/sh\nexit 0\n");

        var (exitCode, first) = await _command.ReportOfAsync(flow, "--set", "name=n");
        var (_, again) = await _command.ReportOfAsync(flow, "--set", "name=n");
        _command.File("input.txt", "y");
        var (_, changed) = await _command.ReportOfAsync(flow, "--set", "name=n");

        Assert.Equal(0, exitCode);
        Assert.Equal("n [1,2]\n", await File.ReadAllTextAsync(_command.PathOf("out.txt")));
        Assert.Equal("out.txt", first.OutputOf("after"));
        Assert.Contains("odd", first.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(
            "lastRun", CommandLine.TaskOf(again, "script").GetProperty("reused").GetProperty("source").GetString());
        Assert.Equal("x", CommandLine.TaskOf(changed, "script").GetProperty("output").GetProperty("runs").GetString());
    }

    private static int RoundsOf(System.Text.Json.JsonElement report, string task) => report.GetProperty("tasks")
        .EnumerateArray()
        .Count(each => each.GetProperty("name").GetString()!.StartsWith(task + "[", StringComparison.Ordinal));

    public void Dispose() => _command.Dispose();
}
