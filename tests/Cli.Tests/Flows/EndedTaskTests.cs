namespace ActorFlow.Cli.Tests.Flows;

/// <summary>Tasks that take how others ended.</summary>
public sealed class EndedTaskTests : IDisposable
{
    private static readonly string Assembly = typeof(EndedTaskTests).Assembly.Location;

    private readonly CommandLine _command = new();

    [Fact]
    public async Task How_a_task_ended_is_a_value_for_commands_conditions_and_tasks_of_net()
    {
        var (exitCode, report) = await _command.ReportOfAsync("""
            flow: outcomes
            tasks:
              good: { run: 'echo "{\"n\": 7}"', output: json }
              bad: { run: 'echo gone >&2; exit 3' }
              below: { needs: bad, run: echo }
              rescue:
                needs: { o: { outcome-of: bad } }
                if: needs.o.phase == 'failed' and 'gone' in needs.o.failure.message
                run: 'echo "$TYPE $VALUE"'
                env: { TYPE: "${needs.o.failure.type}", VALUE: "${needs.o.value}" }
              unneeded: { needs: { o: { outcome-of: good } }, if: needs.o.phase != 'succeeded', run: exit 1 }
              field: { needs: { o: { outcome-of: good.n } }, run: 'echo "$O"', output: json }
              skipped: { needs: [{ outcome-of: below }], run: 'echo "$BELOW"', output: json }
              net: { needs: { o: { outcome-of: bad } }, uses: numbers.ended }
              each: { needs: { o: { outcome-of: bad } }, map: [1], run: 'echo "$P"', env: { P: "${needs.o.phase}" } }
            """, "--tasks", Assembly);

        Assert.Equal(1, exitCode);
        Assert.Equal("exit 3 ", report.OutputOf("rescue"));
        Assert.Equal("skipped", CommandLine.TaskOf(report, "unneeded").GetProperty("status").GetString());
        Assert.Equal(
            """{"name":"good","phase":"succeeded","value":7,"failure":null,"cause":null}""", report.OutputOf("field"));
        var skipped = CommandLine.TaskOf(report, "skipped").GetProperty("output");
        Assert.Equal("skipped", skipped.GetProperty("phase").GetString());
        Assert.Equal("bad", skipped.GetProperty("cause").GetString());
        Assert.Equal("exit 3", skipped.GetProperty("failure").GetProperty("type").GetString());
        Assert.Equal("bad Failed exit 3", report.OutputOf("net"));
        Assert.Equal("""["failed"]""", report.OutputOf("each"));
    }

    [Fact]
    public async Task A_failure_that_there_was_not_has_fields_that_are_null()
    {
        var (exitCode, report) = await _command.ReportOfAsync("""
            flow: none
            tasks:
              good: { run: echo }
              text:
                needs: { o: { outcome-of: good }, all: [{ outcome-of: good }] }
                if: needs.o.failure.message == null and needs.all[0].failure.type == null
                run: 'echo "<$WHY>"'
                env: { WHY: "${needs.o.failure.message}" }
              value:
                needs: { o: { outcome-of: good } }
                flow: { input: { why: string? }, tasks: { a: { run: 'echo "$INPUT"' } } }
                with: { why: "${needs.o.failure.message}" }
              each:
                needs: { o: { outcome-of: good } }
                map: [1]
                run: 'echo "($T)"'
                env: { T: "${needs.o.failure.type}" }
            """);

        Assert.Equal(0, exitCode);
        Assert.Equal("<>", report.OutputOf("text"));
        Assert.Equal("""{"why":null}""", report.OutputOf("value"));
        Assert.Equal("""["()"]""", report.OutputOf("each"));
    }

    [Fact]
    public async Task Outcomes_are_collected_into_one_verdict()
    {
        var (_, report) = await _command.ReportOfAsync("""
            flow: verdict
            tasks:
              lint: { run: echo fine }
              test: { run: exit 1 }
              nested: { flow: { tasks: { a: { run: echo inner }, b: { needs: [a], run: exit 4 } } } }
              verdict:
                needs: { all: [{ outcome-of: lint }, { outcome-of: test }], named: { flow: { outcome-of: nested } } }
                run: 'echo "$A $B $C"'
                env: { A: "${needs.all}", B: "${needs.named.flow.phase}", C: "${needs.named.flow.failure.type}" }
            """);

        var verdict = report.OutputOf("verdict");
        Assert.Contains("\"phase\":\"succeeded\",\"value\":\"fine\"", verdict, StringComparison.Ordinal);
        Assert.Contains("\"phase\":\"failed\"", verdict, StringComparison.Ordinal);
        Assert.EndsWith(" failed ActorFlow.PartsFailedException", verdict, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("o: { outcome-of: b }", "f.yaml:4:31: Task 'a' needs 'b', and there is no task")]
    [InlineData("o: { outcome-of: c, optional: true }", "'optional' has no place beside 'outcome-of'")]
    [InlineData("o: { outcome-of: c, task: c }", "'task' has no place beside 'outcome-of'")]
    [InlineData("o: { outcomeof: c }", "f.yaml:4:33: A need has no key 'outcomeof'. Did you mean 'outcome-of'?")]
    [InlineData("o: [{ outcomof: c }]", "f.yaml:4:34: A need has no key 'outcomof'. Did you mean 'outcome-of'?")]
    [InlineData("o: { outcome-of: [c] }", "'outcome-of' is a text.")]
    [InlineData("o: { outcome-off: c, task: c }", "A need has no key 'outcome-off'. Did you mean 'outcome-of'?")]
    public async Task Each_fault_of_an_outcome_is_told(string need, string message)
    {
        var file = _command.File(
            "f.yaml", $"flow: f\ntasks:\n  c: {{ run: echo }}\n  a: {{ run: echo, needs: {{ {need} }} }}\n");

        var ran = await CommandLine.RunAsync("validate", file);

        Assert.Equal(2, ran.ExitCode);
        Assert.Contains(message, ran.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("reasons:", ran.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_graph_tells_outcomes_from_outputs()
    {
        var file = _command.File(
            "f.yaml", "flow: f\ntasks:\n  c: { run: echo }\n  a: { run: echo, needs: { o: { outcome-of: c } } }\n");

        Assert.Contains("o: outcome", (await CommandLine.RunAsync("graph", file)).Output, StringComparison.Ordinal);
    }

    public void Dispose() => _command.Dispose();
}
