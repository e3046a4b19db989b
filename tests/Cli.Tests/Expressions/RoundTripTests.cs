using FsCheck;
using FsCheck.Fluent;

namespace ActorFlow.Cli.Tests.Expressions;

/// <summary>What an expression says as text is that expression, whatever is in it.</summary>
public sealed class RoundTripTests
{
    private static readonly string[] Names = ["input", "needs", "a", "_b1", "Not"];
    private static readonly string[] FieldNames = ["x", "in", "a-b", "", "é", "'", "\\", "\n", "not", "1"];

    [Fact]
    public void The_text_of_an_expression_is_read_as_the_same_again() => Prop.ForAll(
        Arb.From(Gen.Sized(size => Any(Math.Min(size / 10, 6)))),
        expression => Expression.Parse(expression.ToString()).ToString() == expression.ToString())
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_is_read_or_refused() => Prop.ForAll<string>(text =>
    {
        try
        {
            return Expression.Parse(text ?? "").ToString().Length > 0;
        }
        catch (ExpressionException e)
        {
            return e.At >= 0 && e.At <= (text ?? "").Length;
        }
    }).QuickCheckThrowOnFailure();

    private static Gen<Expression> Any(int depth)
    {
        var leaves = new[]
        {
            Gen.Elements(Names).Select(Expression (name) => new Expression.Root(name, 0)),
            ArbMap.Default.GeneratorFor<NonNull<string>>().Select(Expression (t) => new Expression.Literal(t.Get)),
            ArbMap.Default.GeneratorFor<decimal>().Select(Expression (n) => new Expression.Literal(Math.Abs(n))),
            Gen.Elements<object?>(true, false, null).Select(Expression (value) => new Expression.Literal(value)),
        };
        if (depth == 0) return Gen.OneOf(leaves);
        var part = Any(depth - 1);
        var parts = part.ListOf(3).Select(list => (IReadOnlyList<Expression>)[.. list]);
        return Gen.OneOf(
        [
            .. leaves,
            parts.Select(Expression (items) => new Expression.Sequence(items)),
            Gen.Zip(part, Gen.Elements(FieldNames)).Select(Expression (f) => new Expression.Field(f.Item1, f.Item2)),
            Gen.Zip(part, part.Where(index => index is not Expression.Literal { Value: string }))
                .Select(Expression (e) => new Expression.Element(e.Item1, e.Item2)),
            Gen.Zip(Gen.Elements("not", "-"), part).Select(Expression (p) => new Expression.Prefixed(p.Item1, p.Item2)),
            Gen.Zip(Gen.Elements(ExpressionParser.Levels.SelectMany(level => level)), Gen.Zip(part, part))
                .Select(Expression (j) => new Expression.Joined(j.Item1, j.Item2.Item1, j.Item2.Item2)),
            part.Select(Expression (argument) => new Expression.Call("length", [argument])),
            Gen.Zip(part, part).Select(Expression (c) => new Expression.Call("contains", [c.Item1, c.Item2])),
        ]);
    }
}
