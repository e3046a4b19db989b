using System.Text.Json.Nodes;

namespace ActorFlow.Cli;

/// <summary>
/// A condition or a value in a flow file: literals, paths such as <c>needs.fetch.count</c>, comparisons, <c>and</c>,
/// <c>or</c>, <c>not</c>, arithmetic, and a few functions. It has no loops and no effects, and ends.
/// </summary>
internal abstract record Expression
{
    /// <summary>The longest text of one, in characters.</summary>
    public const int MaxLength = 4_000;

    /// <summary>How deep parts may lie in each other.</summary>
    public const int MaxDepth = 50;

    private Expression() { }

    /// <summary>Reads one.</summary>
    /// <exception cref="ExpressionException">It is none; the place is named.</exception>
    public static Expression Parse(string text) => new ExpressionParser(text).Parse();

    /// <summary>Its value.</summary>
    /// <param name="valueOf">The value of a name such as <c>input</c>.</param>
    /// <exception cref="ExpressionException">There is none: a name leads nowhere, or kinds do not fit.</exception>
    public JsonNode? Evaluate(Func<string, JsonNode?> valueOf) => new ExpressionEvaluator(valueOf).Evaluate(this);

    /// <summary>Whether it holds.</summary>
    /// <exception cref="ExpressionException">It has no value, or that is neither true nor false.</exception>
    public bool Holds(Func<string, JsonNode?> valueOf)
    {
        var value = Evaluate(valueOf);
        return ExpressionValues.Flag(value) ?? throw new ExpressionException(
            $"'{this}' is {ExpressionValues.Describe(value)}; a condition is true or false.");
    }

    /// <summary>The parts that it is made of.</summary>
    public virtual IReadOnlyList<Expression> Parts => [];

    /// <summary>Its text, with parentheses wherever parts are made of parts: reading it gives the same again.</summary>
    public sealed override string ToString() => ExpressionText.Of(this);

    /// <summary>A value that stands there: null, true, false, a number or a text.</summary>
    /// <param name="Value">A <see cref="bool"/>, a <see cref="decimal"/>, a <see cref="string"/>, or null.</param>
    public sealed record Literal(object? Value) : Expression;

    /// <summary>A list.</summary>
    /// <param name="Items">What is in it.</param>
    public sealed record Sequence(IReadOnlyList<Expression> Items) : Expression
    {
        public override IReadOnlyList<Expression> Parts => Items;
    }

    /// <summary>A name that has a value, such as <c>input</c>.</summary>
    /// <param name="Name">The name.</param>
    /// <param name="At">Where it stands in the text, from 0.</param>
    public sealed record Root(string Name, int At) : Expression;

    /// <summary>A field of an object.</summary>
    /// <param name="Owner">The object.</param>
    /// <param name="Name">The field.</param>
    public sealed record Field(Expression Owner, string Name) : Expression
    {
        public override IReadOnlyList<Expression> Parts => [Owner];
    }

    /// <summary>An element of a list by its number from 0, or a field of an object by its name.</summary>
    /// <param name="Owner">The list or object.</param>
    /// <param name="Index">The number or name.</param>
    public sealed record Element(Expression Owner, Expression Index) : Expression
    {
        public override IReadOnlyList<Expression> Parts => [Owner, Index];
    }

    /// <summary>Something with a sign before it: <c>not</c> or <c>-</c>.</summary>
    /// <param name="Sign">The sign.</param>
    /// <param name="Of">What is behind it.</param>
    public sealed record Prefixed(string Sign, Expression Of) : Expression
    {
        public override IReadOnlyList<Expression> Parts => [Of];
    }

    /// <summary>Two things with a sign between them.</summary>
    /// <param name="Sign">The sign, as <see cref="ExpressionParser.Levels"/> lists them.</param>
    /// <param name="Left">What is before it.</param>
    /// <param name="Right">What is behind it.</param>
    public sealed record Joined(string Sign, Expression Left, Expression Right) : Expression
    {
        public override IReadOnlyList<Expression> Parts => [Left, Right];
    }

    /// <summary>A function.</summary>
    /// <param name="Function">Its name, as <see cref="ExpressionFunctions"/> knows it.</param>
    /// <param name="Arguments">What it is given.</param>
    public sealed record Call(string Function, IReadOnlyList<Expression> Arguments) : Expression
    {
        public override IReadOnlyList<Expression> Parts => Arguments;
    }
}

/// <summary>An expression cannot be read, or has no value.</summary>
internal sealed class ExpressionException : ActorFlowException
{
    public ExpressionException(string message, int at = 0) : base(message) => At = at;

    /// <summary>Where in the text of an expression that cannot be read, from 0.</summary>
    public int At { get; }
}
