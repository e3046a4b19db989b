using System.Globalization;

namespace ActorFlow.Cli;

/// <summary>Reads expressions: what binds closer is read deeper.</summary>
internal sealed class ExpressionParser
{
    /// <summary>The signs between two things, from those that bind least.</summary>
    public static readonly string[][] Levels =
    [
        ["or"], ["and"], ["==", "!=", "<", "<=", ">", ">=", "in", "not in"], ["+", "-"], ["*", "/", "%"],
    ];

    private const int Comparisons = 2;

    // A sign and a parenthesis may stand before each part.
    private const int MostOpen = 3 * Expression.MaxDepth;

    private static readonly string[] Words = ["and", "or", "not", "in", "true", "false", "null"];

    private readonly ExpressionTokens _tokens;
    private Token _token;
    private int _depth;

    public ExpressionParser(string text)
    {
        if (text.Length > Expression.MaxLength)
            throw new ExpressionException(
                $"The expression has {text.Length} characters; {Expression.MaxLength} is the most.");
        _tokens = new ExpressionTokens(text);
        _token = _tokens.Next();
    }

    public Expression Parse()
    {
        if (_token.Kind == TokenKind.End) throw Fault("The expression is empty.");
        var whole = Level(0);
        if (_token.Kind != TokenKind.End)
            throw Fault($"'{_token.Text}' is too much here; 'and' or 'or' may be missing.");
        return DepthOf(whole) > Expression.MaxDepth ? throw TooDeep() : whole;
    }

    private static int DepthOf(Expression whole)
    {
        var (deepest, open) = (0, new Stack<(Expression, int)>([(whole, 1)]));
        while (open.TryPop(out var next))
        {
            var (part, depth) = next;
            deepest = Math.Max(deepest, depth);
            foreach (var inner in part.Parts) open.Push((inner, depth + 1));
        }

        return deepest;
    }

    private Expression Level(int level)
    {
        if (level == Levels.Length) return Prefixed();
        if (level == Comparisons && IsWord("not")) return Negated();
        var left = Level(level + 1);
        var chain = 0;
        while (Sign(level) is { } sign)
        {
            // A comparison of three things is a slip; a long chain of others is as deep as it is long.
            if (level == Comparisons && chain > 0) throw Fault("A comparison is of two things; use 'and' for more.");
            if (++chain > Expression.MaxDepth) throw TooDeep();
            Take();
            if (sign == "not in") RequireIn();
            left = new Expression.Joined(sign, left, Level(level + 1));
        }

        return left;
    }

    /// <summary>The sign of a level that comes next; null if there is none.</summary>
    private string? Sign(int level)
    {
        var text = _token switch
        {
            { Kind: TokenKind.Sign, Text: "&&" } => "and",
            { Kind: TokenKind.Sign, Text: "||" } => "or",
            { Kind: TokenKind.Name, Text: "not" } => "not in",
            { Kind: TokenKind.Sign or TokenKind.Name } => _token.Text,
            _ => null,
        };
        return Array.Find(Levels[level], sign => sign == text);
    }

    private Expression.Prefixed Negated()
    {
        Take();
        return Deeper(() => new Expression.Prefixed("not", Level(Comparisons)));
    }

    private Expression Prefixed()
    {
        if (_token is { Kind: TokenKind.Sign, Text: "!" or "-" })
        {
            var sign = Take().Text == "!" ? "not" : "-";
            return Deeper(() => new Expression.Prefixed(sign, Prefixed()));
        }

        var at = Primary();
        for (var steps = 0; _token is { Kind: TokenKind.Sign, Text: "." or "[" }; steps++)
        {
            if (steps > Expression.MaxDepth) throw TooDeep();
            at = Take().Text == "." ? new Expression.Field(at, FieldName()) : Element(at);
        }

        return at;
    }

    private string FieldName() => _token.Kind == TokenKind.Name
        ? Take().Text
        : throw Fault("Behind a '.' stands the name of a field; others are written as ['name'].");

    private Expression Element(Expression owner)
    {
        var index = Deeper(() => Level(0));
        Require("]");
        // What is known can be checked before a job runs.
        return index is Expression.Literal { Value: string name }
            ? new Expression.Field(owner, name)
            : new Expression.Element(owner, index);
    }

    private Expression Primary()
    {
        var token = Take();
        switch (token)
        {
            case { Kind: TokenKind.Text }:
                return new Expression.Literal(token.Text);
            case { Kind: TokenKind.Number }:
                return decimal.TryParse(
                    token.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                    ? new Expression.Literal(number)
                    : throw new ExpressionException($"The number {token.Text} is too large.", token.At);
            case { Kind: TokenKind.Sign, Text: "(" }:
                var inner = Deeper(() => Level(0));
                Require(")");
                return inner;
            case { Kind: TokenKind.Sign, Text: "[" }:
                return new Expression.Sequence(Arguments("]"));
            case { Kind: TokenKind.Name, Text: "true" }: return new Expression.Literal(true);
            case { Kind: TokenKind.Name, Text: "false" }: return new Expression.Literal(false);
            case { Kind: TokenKind.Name, Text: "null" }: return new Expression.Literal(null);
            case { Kind: TokenKind.Name } when !Words.Contains(token.Text, StringComparer.Ordinal):
                return _token is { Kind: TokenKind.Sign, Text: "(" }
                    ? Call(token)
                    : new Expression.Root(token.Text, token.At);
            default:
                throw new ExpressionException(token.Kind == TokenKind.End
                    ? "The expression ends too early; a value is missing."
                    : $"A value is missing before '{token.Text}'.", token.At);
        }
    }

    private Expression.Call Call(Token name)
    {
        Take();
        var arguments = Arguments(")");
        var problem = ExpressionFunctions.Problem(name.Text, arguments);
        return problem is null
            ? new Expression.Call(name.Text, arguments)
            : throw new ExpressionException(problem, name.At);
    }

    private List<Expression> Arguments(string end)
    {
        var arguments = new List<Expression>();
        while (_token is not { Kind: TokenKind.Sign } || _token.Text != end)
        {
            if (arguments.Count > 0) Require(",");
            arguments.Add(Deeper(() => Level(0)));
        }

        Take();
        return arguments;
    }

    private T Deeper<T>(Func<T> read)
    {
        if (++_depth > MostOpen) throw TooDeep();
        var result = read();
        _depth--;
        return result;
    }

    private Token Take()
    {
        var token = _token;
        _token = _tokens.Next();
        return token;
    }

    private void Require(string sign)
    {
        if (_token.Kind != TokenKind.Sign || _token.Text != sign)
            throw Fault(_token.Kind == TokenKind.End
                ? $"The expression ends too early; a '{sign}' is missing."
                : $"A '{sign}' is missing before '{_token.Text}'.");
        Take();
    }

    private void RequireIn()
    {
        if (!IsWord("in")) throw Fault("Behind 'not' stands 'in' here, as in: x not in [1, 2].");
        Take();
    }

    private bool IsWord(string word) => _token.Kind == TokenKind.Name && _token.Text == word;

    private ExpressionException TooDeep() =>
        Fault($"Parts of the expression lie more than {Expression.MaxDepth} deep in each other.");

    private ExpressionException Fault(string problem) => new(problem, _token.At);
}
