namespace ActorFlow.Cli.Tests.Flows;

/// <summary>Tasks that run in rounds, one of several cases, or only if a condition holds.</summary>
public sealed class LoopAndChoiceTests : IDisposable
{
    private readonly CommandLine _command = new();

    [Fact]
    public async Task Rounds_go_on_with_what_the_last_one_gave()
    {
        var (_, report) = await _command.ReportOfAsync("""
            flow: rounds
            input: { limit: { type: integer, default: 3 } }
            flows:
              double:
                input: { value: integer, round: integer }
                tasks:
                  twice:
                    run: 'echo $((V * 2 + R))'
                    env: { V: "${input.value}", R: "${input.round}" }
                    output: json
            tasks:
              start: { run: echo 5, output: json }
              three: { repeat: 3, initial: "-", run: 'echo "$VALUE$ROUND"' }
              never: { repeat: 0, initial: { a: [1] }, run: exit 1 }
              until: { until: value == 'ready', max: 9, run: 'test $ROUND -ge 2 && echo ready || echo waiting' }
              most: { until: "false", max: 3, run: 'echo $ROUND', output: json }
              while:
                needs: start
                while: value < needs.start + input.limit
                initial: 0
                run: 'echo $((VALUE + 3))'
                output: json
              flow: { repeat: 3, initial: 1, flow: double }
            """);

        Assert.Equal("-012", report.OutputOf("three"));
        Assert.Equal("""{"a":[1]}""", report.OutputOf("never"));
        Assert.Equal("ready", report.OutputOf("until"));
        Assert.Equal("waiting", report.OutputOf("until[1]"));
        Assert.Equal("2", report.OutputOf("most"));
        Assert.Equal("9", report.OutputOf("while"));
        Assert.Equal("12", report.OutputOf("flow"));
        Assert.Equal("5", report.OutputOf("flow[1]"));
    }

    [Fact]
    public async Task The_first_case_that_is_meant_runs()
    {
        const string Flow = """
            flow: choice
            input: { env: string, size: integer }
            flows:
              big: { input: { n: integer }, tasks: { a: { run: 'echo "big $N"', env: { N: "${input.n}" } } } }
            tasks:
              word: { run: echo w }
              pick:
                needs: word
                match: ${input.env}
                choose:
                  - { is: live, if: input.size > 10, flow: big, with: { n: "${input.size}" } }
                  - { is: [live, test], run: 'echo "$WORD $E"', env: { E: "${input.env}" } }
              after: { needs: pick, run: 'echo "$PICK"' }
            """;

        Assert.Equal("big 11", await AfterAsync("live", "11"));
        Assert.Equal("w live", await AfterAsync("live", "1"));
        Assert.Equal("w test", await AfterAsync("test", "11"));
        Assert.Equal("skipped", await AfterAsync("other", "11"));

        async Task<string?> AfterAsync(string env, string size)
        {
            var (_, report) = await _command.ReportOfAsync(Flow, "--set", $"env={env}", "--set", $"size={size}");
            var after = CommandLine.TaskOf(report, "after");
            return after.TryGetProperty("output", out var output) && output.ToString().Length > 0
                ? output.ToString()
                : after.GetProperty("status").GetString();
        }
    }

    [Fact]
    public async Task A_condition_that_does_not_hold_skips_the_task_and_what_needs_it()
    {
        var (exitCode, report) = await _command.ReportOfAsync("""
            flow: conditions
            input: { env: string }
            tasks:
              count: { run: echo 7, output: json }
              runs: { needs: count, if: "needs.count == 7 and input.env == 'test'", run: echo ran }
              skipped: { needs: count, if: needs.count > 7, run: exit 1 }
              map: { if: input.env == 'live', map: [1], run: exit 1 }
              flow: { if: input.env == 'live', flow: { tasks: { x: { run: exit 1 } } } }
              after: { needs: [skipped], run: exit 1 }
              anyway: { needs: { s: skipped?, r: runs }, run: 'echo "$R$S"' }
            """, "--set", "env=test");

        Assert.Equal(0, exitCode);
        Assert.Equal("ran", report.OutputOf("anyway"));
        foreach (var name in (string[])["skipped", "map", "flow", "after"])
            Assert.Equal("skipped", CommandLine.TaskOf(report, name).GetProperty("status").GetString());
        Assert.Equal(8 - 1, report.GetProperty("tasks").GetArrayLength());
    }

    [Theory]
    [InlineData("if: input.x = 1, run: echo", "f.yaml:4:20: 'if' of task 'a': '=' compares nothing; write '=='.")]
    [InlineData("if: inptu.x == 1, run: echo", "f.yaml:4:12: 'inptu' has no value here")]
    [InlineData("if: \"1 == input.y\", run: echo", "f.yaml:4:18: The flow has no input 'y'.")]
    [InlineData("if: needs.b == 1, run: echo", "f.yaml:4:12: 'needs.b' names no need of task 'a'.")]
    [InlineData("if: value == 1, run: echo", "f.yaml:4:12: 'value' has no value here: only tasks with 'repeat'")]
    [InlineData("if: test, run: echo", "a text stands in quotes")]
    [InlineData("if: [1], run: echo", "'if' is a text.")]
    [InlineData("until: value == 'a', while: value != 'b', repeat: 2, run: echo", "Task 'a' has 'repeat' already")]
    [InlineData("repeat: -1, run: echo", "'repeat' is -1; it is from 0 to 10000.")]
    [InlineData("max: 3, run: echo", "'max' is for tasks with 'while', 'until' or 'states'.")]
    [InlineData("initial: 3, run: echo", "'initial' is for tasks with 'repeat', 'while', 'until' or 'states'.")]
    [InlineData("match: 3, run: echo", "'match' is for tasks that 'choose'.")]
    [InlineData("choose: 3", "'choose' is a list of cases")]
    [InlineData("choose: [{ run: a }, { run: b }]", "Only the last case has neither 'if' nor 'is'")]
    [InlineData("choose: [{ is: 1, run: a }]", "'is' compares with the value of 'match', and the task has none.")]
    [InlineData("choose: [{ if: input.x > 1 }]", "A case of 'choose' has none of 'run', 'uses' and 'flow', and")]
    [InlineData("choose: [{ unr: a }]", "A case of 'choose' has no key 'unr'. Did you mean 'run'?")]
    [InlineData("choose: [{ run: a }], run: b", "f.yaml:4:35: 'run' belongs to the cases of 'choose'.")]
    public async Task Each_fault_of_a_condition_is_told_with_its_place(string task, string message)
    {
        var faults = await _command.FaultsOfAsync($"flow: f\ninput: {{ x: integer }}\ntasks:\n  a: {{ {task} }}\n");
        Assert.Contains(message, faults, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_condition_on_the_wrong_kind_fails_the_task_and_says_why()
    {
        var (_, report) = await _command.ReportOfAsync("""
            flow: kinds
            tasks:
              text: { run: echo '"7"', output: json }
              a: { needs: text, if: needs.text > 3, run: echo }
            """);

        var failure = CommandLine.TaskOf(report, "a").GetProperty("error");
        Assert.Contains("number(…)", failure.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    public void Dispose() => _command.Dispose();
}
