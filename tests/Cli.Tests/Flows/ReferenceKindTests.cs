namespace ActorFlow.Cli.Tests.Flows;

/// <summary>References whose values are known to be of a kind that does not fit are told before a job runs.</summary>
public sealed class ReferenceKindTests : IDisposable
{
    private const string Flow = """
        flow: f
        input: { s: string, n: integer, b: boolean, l: list, o: object, x: any }
        flows:
          g: { input: { n: integer?, s: string?, l: list? }, tasks: { y: { run: echo } } }
        tasks:
          text: { run: echo }
          lines: { run: ls, output: lines }
          json: { run: echo 3, output: json }
          odd: { run: echo 3, on-failure: [{ do: ignore, default: [0] }] }
          retried: { run: echo 3, on-failure: [{ do: retry }] }

        """;

    private readonly CommandLine _command = new();

    [Theory]
    [InlineData("map: §\"${input.s}\", run: echo", "'map' is over a list or a mapping, and '${input.s}' is a text.")]
    [InlineData("map: §\"${input.n}\", run: echo", "'map' is over a list or a mapping, and '${input.n}' is a number.")]
    [InlineData("needs: text, map: §\"${needs.text}\", run: echo", "'map' is over a list or a mapping, and "
        + "'${needs.text}' is a text. A command gives the list of its lines with 'output: lines'.")]
    [InlineData("map: §\"${job}\", run: echo", "'map' is over a list or a mapping, and '${job}' is a text.")]
    [InlineData("matrix: { a: [1], b: §\"${input.o}\" }, run: echo", "What a 'matrix' combines are lists, and "
        + "'${input.o}' is an object.")]
    [InlineData("matrix: { a: §\"${needs.text}\" }, needs: text, run: echo", "What a 'matrix' combines are lists, and "
        + "'${needs.text}' is a text. A command gives the list of its lines with 'output: lines'.")]
    [InlineData("needs: text, run: echo, env: { X: §\"${needs.text.output.x}\" }", "'${needs.text.output.x}' leads "
        + "nowhere: 'needs.text' is a text, and has no 'output'. A command gives fields with 'output: json'.")]
    [InlineData("needs: lines, run: echo, env: { X: §\"a ${needs.lines.x}\" }", "'${needs.lines.x}' leads nowhere: "
        + "'needs.lines' is a list, and has no 'x'.")]
    [InlineData("needs: { x: §text.words }, run: echo", "Task 't' needs 'text.words', and 'text' gives a text, which "
        + "has no fields. A command gives fields with 'output: json'.")]
    [InlineData("needs: { x: §{ outcome-of: lines.words } }, run: echo", "Task 't' needs 'lines.words', and 'lines' "
        + "gives a list, which has no fields. A command gives fields with 'output: json'.")]
    [InlineData("run: echo, env: { X: §\"${input.s.x}\" }", "'${input.s.x}' leads nowhere: 'input.s' is a text, and "
        + "has no 'x'.")]
    [InlineData("run: echo, save: §\"${job.x}\"", "'${job.x}' leads nowhere: 'job' is a text, and has no 'x'.")]
    [InlineData("run: ls, stream: lines, each: { run: echo, env: { X: §\"${item.x}\" } }", "'${item.x}' leads nowhere: "
        + "'item' is a text, and has no 'x'.")]
    [InlineData("needs: lines, map: \"${needs.lines}\", run: echo, env: { X: §\"${item.x}\" }", "'${item.x}' leads "
        + "nowhere: 'item' is a text, and has no 'x'.")]
    [InlineData("run: echo, repeat: 2, env: { X: §\"${round.x}\" }", "'${round.x}' leads nowhere: 'round' is a number, "
        + "and has no 'x'.")]
    [InlineData("needs: { o: { outcome-of: text } }, run: echo, env: { X: §\"${needs.o.phse}\" }", "'${needs.o.phse}' "
        + "leads nowhere: 'needs.o' has name, phase, value, failure, cause, and no 'phse'. Did you mean 'phase'?")]
    [InlineData("needs: { o: { outcome-of: text } }, run: echo, env: { X: §\"${needs.o.failure.text}\" }",
        "'${needs.o.failure.text}' leads nowhere: 'needs.o.failure' has type, message, and no 'text'.")]
    [InlineData("needs: { o: { outcome-of: text } }, run: echo, if: §needs.o.state == 'failed'",
        "'needs.o.state' leads nowhere: 'needs.o' has name, phase, value, failure, cause, and no 'state'.")]
    [InlineData("needs: retried, run: echo, env: { X: §\"${needs.retried.x}\" }", "'${needs.retried.x}' leads nowhere: "
        + "'needs.retried' is a text, and has no 'x'. A command gives fields with 'output: json'.")]
    public async Task A_reference_that_leads_to_another_kind_is_told(string task, string message) =>
        await Refuses(task, message);

    [Theory]
    [InlineData("match: \"${input.n}\", choose: [{ is: §live, run: echo }]",
        "'is' is the text \"live\", and 'match' is a number: they are never the same; a number is wanted.")]
    [InlineData("match: \"${input.b}\", choose: [{ is: [true, §\"false\"], run: echo }]", "'is' is the text \"false\", "
        + "and 'match' is true or false: they are never the same; true or false is wanted.")]
    [InlineData("needs: text, match: \"${needs.text}\", choose: [{ is: §3, run: echo }]",
        "'is' is the number 3, and 'match' is a text: they are never the same; a text is wanted.")]
    [InlineData("match: \"${input.s}\", choose: [{ is: §\"${input.n}\", run: echo }]", "'is' is '${input.n}' (a "
        + "number), and 'match' is a text: they are never the same; a text is wanted.")]
    [InlineData("match: \"${input.s}\", choose: [{ is: §[], run: echo }]",
        "'is' has no values, and the case would never be chosen; name one, or a list of them.")]
    public async Task A_case_that_is_never_meant_is_told(string task, string message) => await Refuses(task, message);

    [Theory]
    [InlineData("until: §value > 3, run: echo", "'value' (a text) and the number 3 are of two kinds; number(…) or "
        + "text(…) makes them alike.")]
    [InlineData("while: §value < input.n, initial: 0, run: echo", "'value' (a text) and 'input.n' (a number) are of "
        + "two kinds; number(…) or text(…) makes them alike.")]
    [InlineData("until: §value.done, run: ls, output: lines", "'value' is a list, and has no 'done'.")]
    [InlineData("states: { a: { run: echo, go-to: [{ if: §value > 3, to: b }] }, b: { run: echo } }", "'value' (a "
        + "text) and the number 3 are of two kinds; number(…) or text(…) makes them alike.")]
    [InlineData("states: { a: { run: echo, go-to: [{ if: §round == 'x', to: b }] }, b: { run: echo } }", "'round' (a "
        + "number) and the text \"x\" are of two kinds; number(…) or text(…) makes them alike.")]
    public async Task Conditions_know_what_the_command_of_a_round_prints(string task, string message) =>
        await Refuses(task, message);

    [Theory]
    [InlineData("flow: g, with: { n: §\"1\" }", "Input 'n' of flow 'g' is an integer, and this is the text \"1\".")]
    [InlineData("flow: g, with: { s: §\"${input.n}\" }", "Input 's' of flow 'g' is a string, and '${input.n}' is a "
        + "number.")]
    [InlineData("flow: g, with: { l: §\"${input.o}\" }", "Input 'l' of flow 'g' is a list, and '${input.o}' is an "
        + "object.")]
    public async Task An_input_of_a_flow_that_does_not_fit_is_told(string task, string message) =>
        await Refuses(task, message);

    [Theory]
    [InlineData("map: \"${input.l}\", run: echo, env: { X: \"${item.x}${key}\" }")]
    [InlineData("map: \"${input.x}\", run: echo")]
    [InlineData("needs: odd, map: \"${needs.odd}\", run: echo")]
    [InlineData("needs: json, map: \"${needs.json}\", run: echo, env: { X: \"${needs.json.a.b}\" }")]
    [InlineData("run: echo, env: { X: \"${input.o.a.b}${input.x.a}\" }")]
    [InlineData("run: ls, stream: json, each: { run: echo, env: { X: \"${item.x}\" } }")]
    [InlineData("match: \"${input.n}\", choose: [{ is: [1, null, \"${input.x}\"], run: echo }]")]
    [InlineData("until: value > 3, run: echo, output: json")]
    [InlineData("until: value > 3, run: echo, retry: { attempts: 2, exhausted: { default: 0 } }")]
    [InlineData("while: value == null or number(value) < 3, run: echo")]
    [InlineData("needs: { a: json.words, b: odd.words }, run: echo")]
    [InlineData("needs: text, flow: g, with: { n: \"${needs.text}\", s: \"${job}\", l: [] }")]
    [InlineData("needs: { o: { outcome-of: text } }, run: echo, if: needs.o.Phase == needs.o.failure.Type, "
        + "env: { X: \"${needs.o.value.any.x}${needs.o.name}${needs.o.cause}\" }")]
    public async Task What_may_fit_is_taken(string task)
    {
        var ran = await CommandLine.RunAsync("validate", _command.File("f.yaml", $"{Flow}  t: {{ {task} }}\n"));

        Assert.Equal((0, ""), (ran.ExitCode, ran.Errors));
    }

    [Theory]
    [InlineData("ignore", "{ x: 1 }", true)]
    [InlineData("hold", null, true)]
    [InlineData("retry", null, false)]
    public async Task Rules_of_a_flow_around_may_replace_what_commands_inside_print(
        string directive, string? output, bool isTaken)
    {
        const string Inner = "tasks: { a: { run: ls }, b: { needs: a, run: echo, env: { X: \"${needs.a.x}\" } } }";
        _command.File("other.yaml", $"flow: other\n{Inner}\n");
        var rule = output is null ? $"{{ do: {directive} }}" : $"{{ do: {directive}, default: {output} }}";
        foreach (var flow in (string[])["g", "other.yaml", $"{{ {Inner} }}"])
        {
            var text = $"flow: f\non-failure: [{rule}]\nflows: {{ g: {{ {Inner} }} }}\n"
                + $"tasks: {{ t: {{ flow: {flow} }} }}\n";
            var ran = await CommandLine.RunAsync("validate", _command.File("f.yaml", text));
            Assert.Equal(isTaken ? 0 : 2, ran.ExitCode);
            var alone = await CommandLine.RunAsync("validate", _command.PathOf("other.yaml"));
            Assert.Equal(2, alone.ExitCode);
        }
    }

    [Fact]
    public async Task Rules_of_a_flow_inside_replace_nothing_in_the_flow_around()
    {
        const string Text = """
            flow: f
            flows:
              g: { on-failure: [{ do: ignore, default: { x: 1 } }], tasks: { y: { run: echo } } }
            tasks: { a: { run: ls }, b: { needs: a, run: echo, env: { X: "${needs.a.x}" } }, t: { flow: g } }
            """;
        Assert.Equal(2, (await CommandLine.RunAsync("validate", _command.File("f.yaml", Text))).ExitCode);
    }

    private async Task Refuses(string task, string message)
    {
        var (file, place) = _command.Marked($"{Flow}  t: {{ {task} }}\n");
        var ran = await CommandLine.RunAsync("validate", file);
        Assert.Equal((2, $"actorflow: Flow 'f' is not valid: {place}: {message}\n"), (ran.ExitCode, ran.Errors));
    }

    public void Dispose() => _command.Dispose();
}
