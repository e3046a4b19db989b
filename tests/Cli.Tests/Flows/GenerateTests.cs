namespace ActorFlow.Cli.Tests.Flows;

/// <summary>Tasks that run the flow that their command prints.</summary>
public sealed class GenerateTests : IDisposable
{
    private static readonly string Assembly = typeof(GenerateTests).Assembly.Location;

    private readonly CommandLine _command = new();

    [Fact]
    public async Task The_flow_that_a_command_prints_runs_as_parts_of_the_task_and_gives_its_result()
    {
        var (exitCode, report) = await _command.ReportOfAsync("""
            flow: outer
            input: { count: integer }
            tasks:
              word: { run: echo w }
              made:
                needs: word
                with: { n: "${input.count}" }
                env: { COUNT: "${input.count}" }
                generate: |
                  echo 'flow: parts'
                  echo 'input: { n: integer, word: string }'
                  echo 'tasks:'
                  for i in $(seq "$COUNT"); do
                    echo "  part$i: { run: 'echo \"\${W}$i\"', env: { W: '\${input.word}' } }"
                  done
                  echo "  all:"
                  echo "    needs: { x: [$(seq -s, -f 'part%g' "$COUNT")] }"
                  echo "    run: 'echo \"\$X of \$N\"'"
                  echo "    env: { N: '\${input.n}' }"
              after: { needs: made, run: 'echo "$MADE"' }
            """, "--set", "count=3");

        Assert.Equal(0, exitCode);
        Assert.Equal("""["w1","w2","w3"] of 3""", report.OutputOf("after"));
        Assert.Equal("w2", report.OutputOf("made.parts.part2"));
    }

    [Fact]
    public async Task A_generated_flow_may_be_json_and_has_all_that_flows_have()
    {
        var (exitCode, report) = await _command.ReportOfAsync("""
            flow: outer
            services: { multiplier: { uses: Multiplier, as: IMultiplier, with: { factor: 3 } } }
            tasks:
              json:
                generate: |
                  cat <<'END'
                  {
                    "flow": "inner",
                    "flows": { "one": { "input": { "item": "integer" }, "tasks": { "a": { "run": "echo $((I * 2))",
                      "env": { "I": "${input.item}" }, "output": "json" } } } },
                    "tasks": {
                      "each": { "map": [1, 2, 3], "flow": "one" },
                      "times": { "uses": "numbers.multiply", "with": { "n": 5 } },
                      "loop": { "repeat": 2, "initial": 1, "run": "echo $((VALUE + 1))", "output": "json" },
                      "again": { "generate": "echo 'flow: deep'; echo 'tasks: { a: { run: echo deep } }'" },
                      "all": { "needs": ["each", "times", "loop", "again"], "run": "echo $EACH $TIMES $LOOP $AGAIN" }
                    }
                  }
                  END
            """, "--tasks", Assembly);

        Assert.Equal(0, exitCode);
        Assert.Equal("[2,4,6] 15 3 deep", report.OutputOf("json"));
        Assert.Equal("4", report.OutputOf("json.inner.each[1]"));
        Assert.Equal("deep", report.OutputOf("json.inner.again.deep"));
    }

    [Theory]
    [InlineData("flow: x\\ntasks:\\n  a: { rnu: echo }", "output:3:8: Task 'a' has no key 'rnu'.")]
    [InlineData("flow: x\\ntasks: [", "output:2:8: This is no valid YAML: The '[' that opens here")]
    [InlineData("flow: x\\nflows: { y: { tasks: { a: { run: b } } } }", "has no tasks")]
    [InlineData("", "output:1:1: The file is empty; a flow is expected.")]
    [InlineData("flow: x\\nimport: f.yaml\\ntasks: { a: { run: b } }", "output:2:9: 'f.yaml' cannot be read")]
    [InlineData("flow: x\\ntasks: { a: { run: b }, c: { run: d } }", "could be the output of 'a', 'c'")]
    [InlineData("flow: x\\ntimeout: 3s\\ntasks: { a: { run: b } }", "say it of the task that generates it")]
    [InlineData("flow: x\\nhooks: { on-end: b }\\ntasks: { a: { run: b } }", "belong to the flow of a job")]
    [InlineData("flow: x\\ntasks: { a: { uses: numbers.sam } }", "output:2:21: Task 'a': There is no .NET task 'sam'")]
    [InlineData("flow: x\\ninput: { n: integer }\\ntasks: { a: { run: b } }", "Input 'n' (integer) is missing")]
    public async Task What_is_no_flow_fails_the_task_with_the_place_in_what_was_printed(string printed, string message)
    {
        var text = printed.Replace("\\", @"\\", StringComparison.Ordinal);
        var (exitCode, report) = await _command.ReportOfAsync(
            $"flow: f\ntasks:\n  bad: {{ generate: \"printf '{text}'\" }}\n", "--tasks", Assembly);

        Assert.Equal(1, exitCode);
        var error = CommandLine.TaskOf(report, "bad").GetProperty("error").GetProperty("message").GetString();
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_retry_runs_again_what_failed_inside_and_generates_nothing_anew()
    {
        var (exitCode, report) = await _command.ReportOfAsync($$"""
            flow: again
            tasks:
              made:
                retry: { attempts: 2 }
                generate: |
                  echo made >> '{{_command.PathOf("made")}}'
                  echo 'flow: x'
                  echo 'tasks:'
                  echo '  a: { run: echo a >> {{_command.PathOf("a")}} }'
                  echo '  b: { needs: [a], run: test -e {{_command.PathOf("b")}} || ! touch {{_command.PathOf("b")}} }'
            """);

        Assert.Equal(0, exitCode);
        Assert.Equal(["made"], await File.ReadAllLinesAsync(_command.PathOf("made")));
        Assert.Equal(["a"], await File.ReadAllLinesAsync(_command.PathOf("a")));
        Assert.Equal(2, CommandLine.TaskOf(report, "made.x.b").GetProperty("attempts").GetInt32());
    }

    [Fact]
    public async Task Only_the_journal_is_needed_to_show_what_was_generated_and_to_go_on_with_it()
    {
        var file = _command.File("f.yaml", $$"""
            flow: kept
            tasks:
              made:
                generate: "cat '{{_command.PathOf("plan")}}'"
            """);
        var plan = _command.File(
            "plan",
            $"flow: p\ntasks: {{ a: {{ run: cat '{_command.PathOf("there")}', retry: {{ exhausted: hold }} }} }}\n");
        await _command.InDataAsync("run", file, "--job", "j", "--quiet");
        File.Delete(plan);
        File.Delete(file);
        _command.File("there", "done");

        var shown = await _command.InDataAsync("show", "j");
        var ran = await _command.InDataAsync("retry", "j");

        Assert.Contains("made.p", shown.Output, StringComparison.Ordinal);
        Assert.Equal(0, ran.ExitCode);
        var report = (await _command.InDataAsync("report", "j", "--json")).Json;
        Assert.Equal("done", report.OutputOf("made"));
    }

    [Fact]
    public async Task Tasks_of_a_generated_flow_take_resources_and_have_limits_that_nobody_knew_before()
    {
        var (exitCode, report) = await _command.ReportOfAsync("""
            flow: policies
            tasks:
              made:
                generate: |
                  echo 'flow: x'
                  echo 'tasks:'
                  echo '  none: { run: echo, resources: { no-such: 1 } }'
                  echo '  some: { run: echo, resources: { licence: 1 } }'
                  echo '  slow: { run: sleep 60, timeout: 100ms }'
                  echo 'result: some'
            """, "--resource", "licence=1");

        Assert.Equal(1, exitCode);
        Assert.Contains("no such resource", ErrorOf("made.x.none"), StringComparison.Ordinal);
        Assert.Equal("succeeded", CommandLine.TaskOf(report, "made.x.some").GetProperty("status").GetString());
        Assert.Equal("failed", CommandLine.TaskOf(report, "made.x.slow").GetProperty("status").GetString());

        string? ErrorOf(string task) =>
            CommandLine.TaskOf(report, task).GetProperty("error").GetProperty("message").GetString();
    }

    [Theory]
    [InlineData("generate: a, run: b", "'run' has no place beside 'generate'")]
    [InlineData("generate: a, output: json", "'output' has no place beside 'generate'")]
    [InlineData("generate: a, with: 3", "'with' is a mapping of fields of the flow's input to values.")]
    [InlineData("generate: a, map: [1]", "Task 'a' has 'map' already")]
    [InlineData("generate: a, with: { x: '${needs.b}' }", "'${needs.b}' names no need of task 'a'.")]
    [InlineData("generate: [a]", "'generate' is a text.")]
    public async Task Each_fault_of_a_task_that_generates_is_told(string task, string message)
    {
        var faults = await _command.FaultsOfAsync($"flow: f\ntasks:\n  a: {{ {task} }}\n");
        Assert.Contains(message, faults, StringComparison.Ordinal);
    }

    public void Dispose() => _command.Dispose();
}
