namespace ActorFlow.Cli.Tests.Expressions;

/// <summary>Kinds that can never fit are told before a job runs; what may fit is not.</summary>
public sealed class ExpressionKindTests : IDisposable
{
    private const string Flow = """
        flow: f
        input: { n: integer, s: string?, b: boolean, l: list, o: object, x: any }
        tasks:
          text: { run: echo 3 }
          lines: { run: ls, output: lines }
          json: { run: echo 3, output: json }
          odd: { run: echo 3, on-failure: [{ do: ignore, default: 0 }] }
          again: { run: echo 3, retry: { attempts: 2, exhausted: { default: 0 } } }
          each: { map: [1], run: echo }
          t:
            needs: { text: text, lines: lines, json: json, odd: odd, again: again, each: each, both: [text, json] }
            run: echo

        """;

    private readonly CommandLine _command = new();

    [Theory]
    [InlineData("5", "9: '5' is the number 5; a condition is true or false.")]
    [InlineData("\"'yes'\"", "10: ''yes'' is the text \"yes\"; a condition is true or false.")]
    [InlineData("input.n", "9: 'input.n' is a number; a condition is true or false.")]
    [InlineData("needs.text", "9: 'needs.text' is a text; a condition is true or false.")]
    [InlineData("input.n == '5'", "9: 'input.n' (a number) and the text \"5\" are of two kinds; number(…) or text(…) "
        + "makes them alike.")]
    [InlineData("5 == \"5\"", "9: the number 5 and the text \"5\" are of two kinds; number(…) or text(…) makes them "
        + "alike.")]
    [InlineData("input.b and needs.text > 3", "21: 'needs.text' (a text) and the number 3 are of two kinds; number(…) "
        + "or text(…) makes them alike.")]
    [InlineData("needs.text.count > 3", "9: 'needs.text' is a text, and has no 'count'.")]
    [InlineData("input.b > true", "9: 'input.b' (true or false) has no order; two numbers or two texts have.")]
    [InlineData("input.s < null", "9: null has no order; two numbers or two texts have.")]
    [InlineData("not input.n", "13: 'input.n' is a number; true or false is wanted.")]
    [InlineData("input.b or 1", "9: '1' is the number 1; true or false is wanted.")]
    [InlineData("input.n + 'a' > 1", "9: ''a'' is the text \"a\"; a number is wanted.")]
    [InlineData("1 / 0 > 1", "9: '1 / 0' divides by zero.")]
    [InlineData("input.n in ['a']", "9: 'input.n' (a number) and the text \"a\" are of two kinds; number(…) or text(…) "
        + "makes them alike.")]
    [InlineData("input.n in input.s", "9: 'input.n' (a number) cannot be in 'input.s' (a text): only texts can.")]
    [InlineData("input.n in 5", "9: the number 5 has nothing in it; a list, a text or an object has.")]
    [InlineData("length(input.n) > 1", "16: 'length' is given a number; a text or a list or an object is wanted.")]
    [InlineData("lower(needs.lines) == 'a'", "15: 'lower' is given a list; a text is wanted.")]
    [InlineData("round(input.n) > 1", "9: There is no function 'round'. There are exists, default, length, contains, "
        + "starts_with, ends_with, lower, upper, trim, number, text, keys, values, first, last.")]
    public async Task What_can_never_fit_is_told_with_its_place(string condition, string message)
    {
        var file = _command.File("f.yaml", $"{Flow}    if: {condition}\n");

        var ran = await CommandLine.RunAsync("validate", file);

        var end = message.StartsWith("9: There is no", StringComparison.Ordinal) ? "'if' of task 't': " : "";
        var expected = message.Replace("9: There", $"9: {end}There", StringComparison.Ordinal);
        Assert.Equal((2, $"actorflow: Flow 'f' is not valid: {file}:13:{expected}\n"), (ran.ExitCode, ran.Errors));
    }

    [Theory]
    [InlineData("input.n > 5 and input.b and input.s == 'a' and 'a' in input.s")]
    [InlineData("input.s == null or input.l == null or input.x == 5")]
    [InlineData("number(needs.text) > 3 and needs.json > 3 and needs.odd > 3 and needs.again > 3")]
    [InlineData("needs.json.count > 3 and length(needs.lines) > 1 and first(needs.each) == 1")]
    [InlineData("needs.both[0] == 'a' and length(needs.both) == 2 and input.o.a.b > 1")]
    [InlineData("exists(needs.text.count) or default(input.n, 'none') == 'none'")]
    [InlineData("input.x in [1, 2] and 'a' in input.o and job == 'j' and task == 't'")]
    [InlineData("input.o == input.l")]
    public async Task What_may_fit_is_taken(string condition)
    {
        var file = _command.File("f.yaml", $"{Flow}    if: {condition}\n");

        var ran = await CommandLine.RunAsync("validate", file);

        Assert.Equal((0, ""), (ran.ExitCode, ran.Errors));
    }

    [Fact]
    public void An_expression_of_many_levels_is_looked_at_in_a_moment()
    {
        var text = "input.a";
        while (text.Length < 3_900 && text.Count(c => c == '(') < 40) text = $"({text} in [1, {text.Length}])";

        Assert.NotEmpty(new ExpressionKinds(_ => null).ProblemsOf(Expression.Parse(text)));
    }

    [Theory]
    [InlineData("while: §value + 1", "'value + 1' is a number; a condition is true or false.")]
    [InlineData("until: §round == 'two'", "'round' (a number) and the text \"two\" are of two kinds; number(…) or "
        + "text(…) makes them alike.")]
    public async Task Conditions_of_loops_are_looked_at_too(string condition, string message)
    {
        var (file, place) = _command.Marked($"flow: f\ntasks:\n  t: {{ run: echo, output: json, {condition} }}\n");

        var ran = await CommandLine.RunAsync("validate", file);

        Assert.Equal((2, $"actorflow: Flow 'f' is not valid: {place}: {message}\n"), (ran.ExitCode, ran.Errors));
    }

    public void Dispose() => _command.Dispose();
}
