using System.Text.Json;

namespace ActorFlow.Cli;

/// <summary>Finds kinds of values in an expression that can never fit, before any job runs.</summary>
/// <param name="kindOf">The kind of a name or a field; null if it is not known. True stands for false too.</param>
internal sealed class ExpressionKinds(Func<Expression, JsonValueKind?> kindOf)
{
    private const JsonValueKind Flag = JsonValueKind.True;

    private readonly List<(int At, string Message)> _problems = [];

    // Parts are asked more than once, and so would be theirs, at each level.
    private readonly Dictionary<Expression, JsonValueKind?> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>What is wrong with a condition, each with its place in the text, from 0.</summary>
    public IReadOnlyList<(int At, string Message)> ProblemsOf(Expression condition)
    {
        if (Of(condition) is { } kind && kind != Flag)
            Report(condition, $"'{condition}' is {Describe(condition, kind)}; a condition is true or false.");
        return _problems;
    }

    private JsonValueKind? Of(Expression expression)
    {
        if (!_known.TryGetValue(expression, out var kind)) _known[expression] = kind = Look(expression);
        return kind;
    }

    private JsonValueKind? Look(Expression expression)
    {
        switch (expression)
        {
            case Expression.Literal literal: return KindOf(literal);
            case Expression.Sequence list:
                foreach (var item in list.Items) Of(item);
                return JsonValueKind.Array;
            case Expression.Prefixed prefixed:
                var wanted = prefixed.Sign == "not" ? Flag : JsonValueKind.Number;
                Require(prefixed.Of, wanted);
                return wanted;
            case Expression.Joined joined: return Of(joined);
            case Expression.Call call: return Of(call);
            default: return OfPath(expression, isAsked: false);
        }
    }

    private JsonValueKind? OfPath(Expression path, bool isAsked)
    {
        switch (path)
        {
            case Expression.Field field:
                var owner = field.Owner is Expression.Field or Expression.Element or Expression.Root
                    ? OfPath(field.Owner, isAsked)
                    : Of(field.Owner);
                // What is asked by 'exists' and 'default' may lead nowhere.
                if (!isAsked && owner is { } known and not JsonValueKind.Object)
                    Report(field, $"'{field.Owner}' is {Describe(field.Owner, known)}, and has no '{field.Name}'.");
                break;
            case Expression.Element element:
                OfPath(element.Owner, isAsked);
                Of(element.Index);
                break;
            case Expression.Root: break;
            default: return Of(path);
        }

        return kindOf(path);
    }

    private JsonValueKind? Of(Expression.Joined joined)
    {
        switch (joined.Sign)
        {
            case "and" or "or":
                Require(joined.Left, Flag);
                Require(joined.Right, Flag);
                return Flag;
            case "==" or "!=":
                RequireComparable(joined.Left, joined.Right);
                return Flag;
            case "<" or "<=" or ">" or ">=":
                RequireOrder(joined);
                return Flag;
            case "in" or "not in":
                RequireWhole(joined.Right, joined.Left);
                return Flag;
            default:
                Require(joined.Left, JsonValueKind.Number);
                Require(joined.Right, JsonValueKind.Number);
                if (joined is { Sign: "/" or "%", Right: Expression.Literal { Value: 0m } })
                    Report(joined, $"'{joined}' divides by zero.");
                return JsonValueKind.Number;
        }
    }

    private JsonValueKind? Of(Expression.Call call)
    {
        var first = call.Arguments[0];
        switch (call.Function)
        {
            case ExpressionFunctions.Exists:
                OfPath(first, isAsked: true);
                return Flag;
            case ExpressionFunctions.Default:
                return OfPath(first, isAsked: true) is var kind && kind == Of(call.Arguments[1]) ? kind : null;
            case "contains":
                RequireWhole(first, call.Arguments[1]);
                return Flag;
        }

        var (takes, gives) = ExpressionFunctions.KindsOf(call.Function);
        foreach (var argument in call.Arguments)
            if (Of(argument) is { } given && takes.Length > 0 && !takes.Contains(given))
                Report(argument, $"'{call.Function}' is given {Describe(argument, given)}; "
                    + $"{string.Join(" or ", takes.Select(ExpressionValues.AKind))} is wanted.");
        return gives;
    }

    private void Require(Expression part, JsonValueKind wanted)
    {
        if (Of(part) is { } kind && kind != wanted)
            Report(part, $"'{part}' is {Describe(part, kind)}; {ExpressionValues.AKind(wanted)} is wanted.");
    }

    private (JsonValueKind? Left, JsonValueKind? Right) RequireComparable(Expression left, Expression right)
    {
        var (a, b) = (Of(left), Of(right));
        if (a is { } x && b is { } y && CanNeverBeSame(x, y))
            Report(left, $"{Shown(left, x)} and {Shown(right, y)} are of two kinds; number(…) or text(…) makes them "
                + "alike.");
        return (a, b);
    }

    private void RequireOrder(Expression.Joined joined)
    {
        var before = _problems.Count;
        var (left, right) = RequireComparable(joined.Left, joined.Right);
        if (_problems.Count > before) return;
        foreach (var (part, kind) in ((Expression, JsonValueKind?)[])[(joined.Left, left), (joined.Right, right)])
        {
            if (kind is null or JsonValueKind.Number or JsonValueKind.String) continue;
            Report(part, $"{Shown(part, kind.Value)} has no order; two numbers or two texts have.");
            return;
        }
    }

    private void RequireWhole(Expression whole, Expression part)
    {
        var (kind, content) = (Of(whole), Of(part));
        if (whole is Expression.Sequence list)
            foreach (var item in list.Items) RequireComparable(part, item);
        else if (kind is JsonValueKind.String or JsonValueKind.Object
            && content is { } given and not JsonValueKind.String)
            Report(part, $"{Shown(part, given)} cannot be in {Shown(whole, kind.Value)}: only texts can.");
        else if (kind is { } other and not (JsonValueKind.Array or JsonValueKind.String or JsonValueKind.Object))
            Report(whole, $"{Shown(whole, other)} has nothing in it; a list, a text or an object has.");
    }

    /// <summary>Whether values of two kinds are never the same, so that to compare them is a slip.</summary>
    public static bool CanNeverBeSame(JsonValueKind one, JsonValueKind other) =>
        IsSimple(one) && IsSimple(other) && ClassOf(one) != ClassOf(other);

    private static JsonValueKind ClassOf(JsonValueKind kind) => kind == JsonValueKind.False ? Flag : kind;

    // Lists, objects and null are the same as nothing else, which is no slip.
    private static bool IsSimple(JsonValueKind kind) =>
        kind is Flag or JsonValueKind.False or JsonValueKind.Number or JsonValueKind.String;

    private static JsonValueKind KindOf(Expression.Literal literal) => literal.Value switch
    {
        null => JsonValueKind.Null,
        bool => Flag,
        decimal => JsonValueKind.Number,
        _ => JsonValueKind.String,
    };

    private static string Shown(Expression part, JsonValueKind kind) => part is Expression.Literal
        ? Describe(part, kind)
        : $"'{part}' ({Describe(part, kind)})";

    private static string Describe(Expression part, JsonValueKind kind) => part is Expression.Literal
        ? ExpressionValues.Describe(new ExpressionEvaluator(_ => null).Evaluate(part))
        : ExpressionValues.AKind(kind);

    private void Report(Expression part, string message)
    {
        if (!_problems.Exists(each => each.Message == message)) _problems.Add((PlaceOf(part), message));
    }

    /// <summary>Where an expression stands: names know it, and of other things the first name is the nearest.</summary>
    public static int PlaceOf(Expression part) => part is Expression.Root root
        ? root.At
        : part.Parts.Select(PlaceOf).FirstOrDefault();
}
