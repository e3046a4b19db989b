namespace ActorFlow.Cli.Tests.Flows;

/// <summary>A text that is no YAML is told in words that help whoever wrote it, with the place to look at.</summary>
public sealed class YamlSyntaxTests : IDisposable
{
    private readonly CommandLine _command = new();

    [Theory]
    [InlineData("tasks:\n§\ta: { run: echo }", "A tab stands in the indentation; indent by spaces.")]
    [InlineData("tasks:\n  a:\n  §\t  run: echo", "A tab stands in the indentation; indent by spaces.")]
    [InlineData("tasks\n  a§: { run: echo }", "A ':' is missing in line 2, or this line is indented too far: it would "
        + "go on with the text that stands there.")]
    [InlineData("tasks:\n  a:\n    run echo\n    env§: {}", "A ':' is missing in line 4, or this line is indented too "
        + "far: it would go on with the text that stands there.")]
    [InlineData("tasks: { a: { run: echo } }\ntags: x\n description§: y", "This line is indented further than the one "
        + "above it, line 3, whose value it would go on with; indent both alike.")]
    [InlineData("tasks:\n  a:\n    run: echo a§: b", "A value has a ': ' in it here; put the value in quotes.")]
    [InlineData("tasks:\n  a: { run: §'echo }", "The text that begins here is not closed; a ' is missing at its end, "
        + "or its further lines are indented too little.")]
    [InlineData("tasks:\n  a:\n    run: §\"echo\n    env: {}", "The text that begins here is not closed; a \" is "
        + "missing at its end, or its further lines are indented too little.")]
    [InlineData("tasks:\n  a: §{ run: echo\n  b: { run: echo }", "The '{' that opens here is not closed: a '}' is "
        + "missing, or lines in it are indented too little.")]
    [InlineData("tasks:\n  a: §{ run: echo", "The '{' that opens here is not closed: a '}' is missing, or lines in it "
        + "are indented too little.")]
    [InlineData("tasks:\n  a: { run: echo, needs: §[b, c\n", "The '[' that opens here is not closed: a ']' is missing, "
        + "or lines in it are indented too little.")]
    [InlineData("tasks:\n  a: { run: echo §] }", "A ',' or '}' is missing here: the '{' in column 6 is open.")]
    [InlineData("tasks:\n  a: { run: echo env§: { A: b } }",
        "A ',' or '}' is missing here: the '{' in column 6 is open.")]
    [InlineData("tasks:\n  a: { run: echo }§}", "This '}' closes nothing; leave it out, or open it before.")]
    [InlineData("tasks: { a: { run: echo } }\n§tasks: { b: { run: echo } }",
        "There are two keys 'tasks' in one mapping; names must differ.")]
    [InlineData("tasks:\n  a: { run: echo, §run: ls }", "There are two keys 'run' in one mapping; names must differ.")]
    [InlineData("tasks:\n  a:\n    run: echo\n   §needs: b", "This line is indented by 3, and stands in no line with "
        + "what it belongs to: indent it like the keys or items beside it.")]
    [InlineData("tasks:\n  a: { run: echo }\n  §- b: { run: echo }",
        "A '-' stands among keys: a mapping has no items, and a list no keys.")]
    [InlineData("tasks: §- a", "A list with '-' begins on a line of its own; on this one write [a, b].")]
    [InlineData("tasks:\n  a:\n    run: §@echo", "A value cannot begin with '@'; put it in quotes.")]
    [InlineData("tasks:\n  a:\n    run: §`echo`", "A value cannot begin with '`'; put it in quotes.")]
    [InlineData("tasks:\n  a:\n    run: §*", "A value cannot begin with '*'; put it in quotes.")]
    [InlineData("tasks:\n  a:\n    run: §& echo", "A value cannot begin with '&'; put it in quotes.")]
    [InlineData("tasks:\n  a:\n    run: \"echo §\\$X\"", @"'\$' means nothing in double quotes: write '\\' for the "
        + @"character '\', or put the text in single quotes.")]
    [InlineData("tasks:\n  a:\n    run: 'echo' §x", "Behind the closing quote a value ends; put the whole value in "
        + "quotes.")]
    [InlineData("tasks:\n  a:\n    run: §| echo\n      x",
        "Behind '|' the line ends: the text begins on the next one, indented further.")]
    [InlineData("tasks: { a: { run: §{#: 3} } }", "The '{' that opens here is not closed: a '}' is missing, or lines "
        + "in it are indented too little.")]
    public async Task What_is_no_yaml_is_told_in_words_that_help(string flow, string message)
    {
        var (file, place) = _command.Marked($"flow: f\n{flow}\n");

        var ran = await CommandLine.RunAsync("validate", file);

        Assert.Equal(2, ran.ExitCode);
        Assert.Equal(
            $"actorflow: Flow 'f.yaml' is not valid: {place}: This is no valid YAML: {message}\n", ran.Errors);
    }

    // So long, the parser itself looks for the end of the line behind the end of the text, for about half a minute.
    [Fact]
    public async Task A_directive_in_the_last_line_is_refused()
    {
        var file = _command.File("f.yaml", "%YAML 1.2\n%X ".PadRight(1024, 'a'));

        var ran = await CommandLine.RunAsync("validate", file);

        Assert.Equal(2, ran.ExitCode);
        Assert.EndsWith(
            "f.yaml:2:1: The last line begins with '%', as a directive does; a flow is expected behind it.\n",
            ran.Errors,
            StringComparison.Ordinal);
    }

    public void Dispose() => _command.Dispose();
}
