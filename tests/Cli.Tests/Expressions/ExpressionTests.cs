using System.Text.Json.Nodes;

namespace ActorFlow.Cli.Tests.Expressions;

public sealed class ExpressionTests
{
    private const string Values = """
        {
          "input": { "env": "live", "n": 3, "flag": true, "list": [1, 2, 3], "a-b": 1, "nothing": null, "big": 1e300 },
          "needs": { "count": { "words": 7, "Name": "x" }, "text": "42", "gone": null }
        }
        """;

    [Theory]
    [InlineData("1 + 2 * 3 == 7")]
    [InlineData("(1 + 2) * 3 == 9")]
    [InlineData("10 - 3 - 2 == 5")]
    [InlineData("7 % 4 == 3 and 1 / 4 == 0.25")]
    [InlineData("-input.n == -3")]
    [InlineData("0.1 + 0.2 == 0.3")]
    [InlineData("input.env == 'live' and input.n >= 3 and input.flag")]
    [InlineData("not input.env == 'test'")]
    [InlineData("!(input.n < 3) && (false || true)")]
    [InlineData("input.env in ['test', 'live']")]
    [InlineData("input.env not in ['test', 'staging']")]
    [InlineData("'iv' in input.env and 'env' in input")]
    [InlineData("input['a-b'] == 1 and input.list[2] == 3 and input.list[input.n - 1] == 3")]
    [InlineData("input.list == [1, 2, 3] and input.list != [1, 2]")]
    [InlineData("input.nothing == null and input.n != null")]
    [InlineData("needs.count.name == 'x' and needs.count == needs.count")]
    [InlineData("exists(needs.count.words) and not exists(needs.count.lines) and not exists(needs.gone.x)")]
    [InlineData("not exists(input.nothing) and not exists(input.list[3])")]
    [InlineData("default(needs.count.lines, 5) == 5 and default(needs.count.words, 5) == 7")]
    [InlineData("number(needs.text) > 40 and text(input.n) == '3'")]
    [InlineData("length(input.list) == 3 and length('abc') == 3 and length(needs) == 3")]
    [InlineData("contains(input.list, 2) and contains('abc', 'b')")]
    [InlineData("starts_with('abc', 'a') and ends_with('abc', 'c')")]
    [InlineData("lower('AbC') == 'abc' and upper('abc') == \"ABC\" and trim(' a ') == 'a'")]
    [InlineData("keys(needs.count) == ['words', 'Name'] and values(needs.count) == [7, 'x']")]
    [InlineData("first(input.list) == 1 and last(input.list) == 3")]
    [InlineData(@"'it\'s' == ""it's"" and '\u00e9\\n' == 'é\\n'")]
    [InlineData("false and needs.nowhere.at.all or true")]
    [InlineData("'a' < 'b' and 'B' < 'a'")]
    public void An_expression_holds(string text) => Assert.True(Expression.Parse(text).Holds(ValueOf));

    [Theory]
    [InlineData("needs.text > 40", "the text \"42\" and the number 40 are of two kinds; number(…) or text(…)")]
    [InlineData("needs.text == 42", "are of two kinds")]
    [InlineData("'3' in input.list", "are of two kinds")]
    [InlineData("input.flag == 'true'", "are of two kinds")]
    [InlineData("needs.count.wrods == 1", "'needs.count' is the object {\"words\":7,\"Name\":\"x\"}, and has no "
        + "'wrods'. Did you mean 'words'?")]
    [InlineData("needs.gone.x == 1", "'needs.gone' is null, and has no 'x'.")]
    [InlineData("input.list[3] == 1", "'input.list' has 3 elements, from 0; there is none at 3.")]
    [InlineData("input.list[0.5] == 1", "there is none at 0.5.")]
    [InlineData("input.n", "'input.n' is the number 3; a condition is true or false.")]
    [InlineData("input.n and true", "'input.n' is the number 3; true or false is wanted.")]
    [InlineData("input.env + 1 == 1", "'input.env' is the text \"live\"; a number is wanted.")]
    [InlineData("1 / (input.n - 3) == 1", "divides by zero")]
    [InlineData("input.big > 1", "too large to reckon with")]
    [InlineData("79228162514264337593543950335 + 1 > 0", "too large a number")]
    [InlineData("input.list < 3", "have no order")]
    [InlineData("first([]) == 1", "a list that is not empty is wanted")]
    [InlineData("number('x') == 1", "'number' is given the text \"x\"")]
    [InlineData("1 in 2", "cannot be in")]
    public void What_has_no_value_says_which_part_has_none(string text, string message)
    {
        var expression = Expression.Parse(text);
        var thrown = Assert.Throws<ExpressionException>(() => expression.Holds(ValueOf));
        Assert.Contains(message, thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 0, "empty")]
    [InlineData("input.n = 3", 8, "write '=='")]
    [InlineData("${input.n} == 3", 0, "without '${' and '}'")]
    [InlineData("input.n ==", 10, "a value is missing")]
    [InlineData("input.n == 3 input.n", 13, "'and' or 'or' may be missing")]
    [InlineData("(input.n == 3", 13, "a ')' is missing")]
    [InlineData("1 < 2 < 3", 6, "use 'and' for more")]
    [InlineData("lenght(input) > 1", 0, "There is no function 'lenght'. Did you mean 'length'?")]
    [InlineData("length(input, 1) > 1", 0, "'length' takes 1 value, and is given 2.")]
    [InlineData("exists(1 + 1)", 0, "is about a path")]
    [InlineData("'abc", 0, "The text is not closed")]
    [InlineData(@"'\q'", 1, "A '\\' stands before")]
    [InlineData("input.", 6, "stands the name of a field")]
    [InlineData("1 not 2", 6, "Behind 'not' stands 'in'")]
    [InlineData("a; b", 1, "';' has no meaning")]
    [InlineData("99999999999999999999999999999999 > 1", 0, "too large")]
    public void What_is_no_expression_is_refused_with_its_place(string text, int at, string message)
    {
        var thrown = Assert.Throws<ExpressionException>(() => Expression.Parse(text));
        Assert.Contains(message, thrown.Message, StringComparison.Ordinal);
        Assert.Equal(at, thrown.At);
    }

    [Fact]
    public void Length_and_depth_are_bounded()
    {
        string[] tooMuch =
        [
            new('1', Expression.MaxLength + 1),
            string.Concat(Enumerable.Repeat("(", 2_000)),
            string.Concat(Enumerable.Repeat("not ", 900)) + "true",
            string.Concat(Enumerable.Repeat("-", 3_000)) + "1",
            string.Concat(Enumerable.Repeat("1+", 1_900)) + "1",
            "a" + string.Concat(Enumerable.Repeat(".b", 1_900)),
            string.Concat(Enumerable.Repeat("[", 2_000)),
            string.Concat(Enumerable.Repeat("text(", 700)),
        ];

        foreach (var text in tooMuch)
            Assert.Matches(
                "is the most|deep in each other",
                Assert.Throws<ExpressionException>(() => Expression.Parse(text)).Message);
    }

    private static JsonNode? ValueOf(string name) => JsonNode.Parse(Values)![name];
}
