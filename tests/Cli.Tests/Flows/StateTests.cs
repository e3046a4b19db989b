namespace ActorFlow.Cli.Tests.Flows;

/// <summary>Tasks that go from state to state.</summary>
public sealed class StateTests : IDisposable
{
    private static readonly string Assembly = typeof(StateTests).Assembly.Location;

    private readonly CommandLine _command = new();

    [Fact]
    public async Task Germinate_M4_design_is_repeated_until_it_satisfies_and_then_comes_coding()
    {
        var (exitCode, report) = await _command.ReportOfAsync("""
            flow: product
            input: { wanted: { type: integer, default: 3 } }
            tasks:
              extra: { run: echo 10, output: json }
              product:
                needs: extra
                initial: 0
                states:
                  design:
                    run: 'echo $((VALUE + 1))'
                    output: json
                    go-to:
                      - { if: value < input.wanted, to: Design }
                      - { if: needs.extra == 10, to: code }
                      - { to: never }
                  never: { run: exit 1 }
                  code: { run: 'echo "$VALUE designs, $EXTRA, $ROUND"' }
            """);

        Assert.Equal(0, exitCode);
        Assert.Equal("3 designs, 10, 3", report.OutputOf("product"));
        Assert.Equal("2", report.OutputOf("product.design[1]"));
        Assert.Equal("3 designs, 10, 3", report.OutputOf("product.code[3]"));
    }

    [Fact]
    public async Task A_state_runs_a_command_a_task_of_net_or_a_flow()
    {
        var (_, report) = await _command.ReportOfAsync("""
            flow: kinds
            flows:
              half:
                input: { value: integer }
                tasks:
                  halve: { run: 'echo $((V / 2))', env: { V: "${input.value}" }, output: json }
            tasks:
              all:
                initial: 3
                states:
                  scale: { uses: numbers.scale@1, with: { value: "${value}", factor: 10 }, go-to: half }
                  half: { flow: half, go-to: [{ if: value > 5, to: half }, { if: round < 4, to: scale }] }
            """, "--tasks", Assembly);

        Assert.Equal("3", report.OutputOf("all"));
        Assert.Equal("30", report.OutputOf("all.scale[0]"));
        Assert.Equal("15", report.OutputOf("all.half[1]"));
    }

    [Fact]
    public async Task States_that_never_come_to_an_end_fail_at_their_limit()
    {
        var (exitCode, report) = await _command.ReportOfAsync("""
            flow: endless
            tasks:
              a: { max: 3, states: { ping: { run: echo, go-to: pong }, pong: { run: echo, go-to: ping } } }
            """);

        Assert.Equal(1, exitCode);
        Assert.Equal(
            "Task 'a' has visited 3 states and would go on to 'pong'; allow more by 'max', or mend the conditions.",
            CommandLine.TaskOf(report, "a").GetProperty("error").GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_visit_is_retried_as_the_task_says_and_one_that_fails_fails_the_task()
    {
        var (exitCode, report) = await _command.ReportOfAsync("""
            flow: failing
            tasks:
              a:
                retry: { attempts: 2 }
                states:
                  first: { run: 'test "$ACTORFLOW_ATTEMPT" = 2 && echo once more', go-to: second }
                  second: { run: exit 3 }
              after: { needs: a, run: echo }
            """);

        Assert.Equal(1, exitCode);
        Assert.Equal("once more", report.OutputOf("a.first[0]"));
        Assert.Equal(2, CommandLine.TaskOf(report, "a.second[1]").GetProperty("attempts").GetInt32());
        Assert.Equal("skipped", CommandLine.TaskOf(report, "after").GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("states: 3", "f.yaml:3:16: 'states' is a mapping of names to states")]
    [InlineData("states: {}", "'states' is a mapping of names to states")]
    [InlineData("states: { x: { run: echo, go-to: [{ if: value == 'a', to: z }] } }", "There is no state 'z'.")]
    [InlineData("states: { design: { run: echo, go-to: desing } }", "f.yaml:3:46: There is no state 'desing'. "
        + "Did you mean 'design'?")]
    [InlineData("states: { x: { run: echo, go-to: [{ to: x }, { to: x }] } }", "Only the last way has no 'if'")]
    [InlineData("states: { x: { run: echo, go-to: [{ if: value }] } }", "has the name of a state under 'to'")]
    [InlineData("states: { x: { run: echo, go-to: [{ if: item, to: x }] } }", "'item' has no value here")]
    [InlineData("states: { x: { run: echo, go-to: { to: x } } }", "'go-to' is the name of a state, or a list")]
    [InlineData("states: { x: { go-to: x } }", "State 'x' has none of 'run', 'uses' and 'flow', and needs")]
    [InlineData("states: { x: { run: a }, X: { run: b } }", "There are two states 'X'")]
    [InlineData("states: { 'x y': { run: a } }", "'x y' is no name of a state")]
    [InlineData("states: { x: { run: a } }, run: b", "'run' belongs to the states.")]
    [InlineData("states: { x: { run: a } }, map: [1]", "Task 'a' has 'map' already")]
    [InlineData("states: { x: { run: a, go-to: y }, y: { run: b }, z: { run: c, go-to: y } }", "f.yaml:3:58: No way "
        + "leads to state 'z' from the first one, 'x'")]
    [InlineData("states: { x: { run: a } }, max: 0", "'max' is 0; it is from 1 to 10000.")]
    public async Task Each_fault_of_states_is_told_with_its_place(string task, string message)
    {
        var faults = await _command.FaultsOfAsync($"flow: f\ntasks:\n  a: {{ {task} }}\n");
        Assert.Contains(message, faults, StringComparison.Ordinal);
    }

    public void Dispose() => _command.Dispose();
}
