using System.Text.Json.Nodes;

namespace ActorFlow.Cli;

/// <summary>Works out the value of an expression.</summary>
/// <param name="valueOf">The value of a name such as <c>input</c>.</param>
internal sealed class ExpressionEvaluator(Func<string, JsonNode?> valueOf)
{
    /// <summary>The value.</summary>
    /// <exception cref="ExpressionException">There is none.</exception>
    public JsonNode? Evaluate(Expression expression)
    {
        try
        {
            return Value(expression);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // The names of an object are read when they are first asked for.
            throw new ExpressionException(
                $"'{expression}': names of fields are there twice, or are no text. {e.Message}");
        }
        catch (OverflowException)
        {
            throw new ExpressionException($"'{expression}' is too large a number.");
        }
    }

    private JsonNode? Value(Expression expression) => expression switch
    {
        Expression.Literal { Value: bool flag } => JsonValue.Create(flag),
        Expression.Literal { Value: decimal number } => JsonValue.Create(number),
        Expression.Literal { Value: var text } => JsonValue.Create((string?)text),
        Expression.Sequence list => new JsonArray([.. list.Items.Select(item => Value(item)?.DeepClone())]),
        Expression.Prefixed { Sign: "not" } not => JsonValue.Create(!Flag(not.Of)),
        Expression.Prefixed minus => JsonValue.Create(-Number(minus.Of)),
        Expression.Joined joined => Joined(joined),
        Expression.Call { Function: ExpressionFunctions.Exists } exists =>
            JsonValue.Create(TryFind(exists.Arguments[0], out var found, out _) && found is not null),
        Expression.Call { Function: ExpressionFunctions.Default } or =>
            TryFind(or.Arguments[0], out var found, out _) && found is not null ? found : Value(or.Arguments[1]),
        Expression.Call call => ExpressionFunctions.Apply(call.Function, [.. call.Arguments.Select(Value)]),
        _ => TryFind(expression, out var found, out var problem) ? found : throw new ExpressionException(problem),
    };

    private JsonValue Joined(Expression.Joined joined) => joined.Sign switch
    {
        // The right side is asked only where it matters, so that it may rely on the left one.
        "or" => JsonValue.Create(Flag(joined.Left) || Flag(joined.Right)),
        "and" => JsonValue.Create(Flag(joined.Left) && Flag(joined.Right)),
        "==" => JsonValue.Create(ExpressionValues.AreSame(Value(joined.Left), Value(joined.Right))),
        "!=" => JsonValue.Create(!ExpressionValues.AreSame(Value(joined.Left), Value(joined.Right))),
        "<" => JsonValue.Create(Compare(joined) < 0),
        "<=" => JsonValue.Create(Compare(joined) <= 0),
        ">" => JsonValue.Create(Compare(joined) > 0),
        ">=" => JsonValue.Create(Compare(joined) >= 0),
        "in" => JsonValue.Create(ExpressionFunctions.Contains(Value(joined.Right), Value(joined.Left))),
        "not in" => JsonValue.Create(!ExpressionFunctions.Contains(Value(joined.Right), Value(joined.Left))),
        "+" => JsonValue.Create(Number(joined.Left) + Number(joined.Right)),
        "-" => JsonValue.Create(Number(joined.Left) - Number(joined.Right)),
        "*" => JsonValue.Create(Number(joined.Left) * Number(joined.Right)),
        "/" => JsonValue.Create(Number(joined.Left) / Divisor(joined)),
        "%" => JsonValue.Create(Number(joined.Left) % Divisor(joined)),
        _ => throw new System.Diagnostics.UnreachableException(
            $"The sign {joined.Sign} has no arm [this is a bug in ActorFlow]."),
    };

    private int Compare(Expression.Joined joined) =>
        ExpressionValues.Compare(Value(joined.Left), Value(joined.Right));

    private decimal Divisor(Expression.Joined joined) => Number(joined.Right) is var number and not 0
        ? number
        : throw new ExpressionException($"'{joined}' divides by zero.");

    private bool Flag(Expression part)
    {
        var value = Value(part);
        return ExpressionValues.Flag(value) ?? throw Misfit(part, value, "true or false");
    }

    private decimal Number(Expression part)
    {
        var value = Value(part);
        return ExpressionValues.Number(value) ?? throw Misfit(part, value, "a number");
    }

    /// <summary>Walks a path.</summary>
    /// <returns>False if it leads nowhere.</returns>
    private bool TryFind(Expression path, out JsonNode? found, out string problem)
    {
        (found, problem) = (null, "");
        switch (path)
        {
            case Expression.Root root:
                found = valueOf(root.Name);
                return true;
            case Expression.Field { Owner: Expression.Field { Name: var ofFailure } failure, Name: var asked }
                when EndedFields.IsOfFailure(ofFailure, asked) && TryFind(failure.Owner, out var ended, out _)
                    && EndedFields.HasNoFailure(ended):
                return true;
            case Expression.Field field:
                return TryFind(field.Owner, out found, out problem)
                    && TryEnter(field.Owner, found, field.Name, out found, out problem);
            case Expression.Element element:
                if (!TryFind(element.Owner, out var owner, out problem)) return false;
                var index = Value(element.Index);
                return ExpressionValues.Text(index) is { } name
                    ? TryEnter(element.Owner, owner, name, out found, out problem)
                    : TryPick(element, owner, index, out found, out problem);
            default:
                found = Value(path);
                return true;
        }
    }

    private static bool TryEnter(
        Expression path, JsonNode? owner, string name, out JsonNode? found, out string problem)
    {
        (found, problem) = (null, "");
        if (owner is JsonObject fields)
        {
            if (fields.TryGetPropertyValue(name, out found)) return true;
            foreach (var (key, value) in fields)
            {
                if (!key.Equals(name, StringComparison.OrdinalIgnoreCase)) continue;
                found = value;
                return true;
            }
        }

        problem = $"'{path}' is {ExpressionValues.Describe(owner)}, and has no '{name}'."
            + Suggestions.For(name, (owner as JsonObject)?.Select(field => field.Key) ?? []);
        return false;
    }

    private static bool TryPick(
        Expression.Element element, JsonNode? owner, JsonNode? index, out JsonNode? found, out string problem)
    {
        (found, problem) = (null, "");
        if (owner is JsonArray list && ExpressionValues.Number(index) is { } number)
        {
            if (decimal.IsInteger(number) && number >= 0 && number < list.Count)
            {
                found = list[(int)number];
                return true;
            }

            problem = $"'{element.Owner}' has {list.Count} elements, from 0; there is none at {number}.";
            return false;
        }

        problem = $"'{element}' cannot be: {ExpressionValues.Describe(owner)} has nothing at "
            + $"{ExpressionValues.Describe(index)}.";
        return false;
    }

    private static ExpressionException Misfit(Expression part, JsonNode? value, string wanted) =>
        new($"'{part}' is {ExpressionValues.Describe(value)}; {wanted} is wanted.");
}
