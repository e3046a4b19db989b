using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ActorFlow.Cli;

/// <summary>The functions of expressions.</summary>
internal static class ExpressionFunctions
{
    public const string Exists = "exists";
    public const string Default = "default";

    private static readonly Dictionary<string, (int Arguments, Func<JsonNode?[], JsonNode?>? Apply)> All =
        new(StringComparer.Ordinal)
        {
            [Exists] = (1, null),
            [Default] = (2, null),
            ["length"] = (1, a => JsonValue.Create((decimal)Length(a[0]))),
            ["contains"] = (2, a => JsonValue.Create(Contains(a[0], a[1]))),
            ["starts_with"] = (2, a => JsonValue.Create(
                Text("starts_with", a[0]).StartsWith(Text("starts_with", a[1]), StringComparison.Ordinal))),
            ["ends_with"] = (2, a => JsonValue.Create(
                Text("ends_with", a[0]).EndsWith(Text("ends_with", a[1]), StringComparison.Ordinal))),
            ["lower"] = (1, a => JsonValue.Create(Text("lower", a[0]).ToLowerInvariant())),
            ["upper"] = (1, a => JsonValue.Create(Text("upper", a[0]).ToUpperInvariant())),
            ["trim"] = (1, a => JsonValue.Create(Text("trim", a[0]).Trim())),
            ["number"] = (1, a => JsonValue.Create(ToNumber(a[0]))),
            ["text"] = (1, a => JsonValue.Create(ExpressionValues.Text(a[0]) ?? a[0]?.ToJsonString() ?? "")),
            ["keys"] = (1, a => List(Fields("keys", a[0]).Select(field => (JsonNode?)JsonValue.Create(field.Key)))),
            ["values"] = (1, a => List(Fields("values", a[0]).Select(field => field.Value?.DeepClone()))),
            ["first"] = (1, a => Pick("first", a[0], list => list[0])),
            ["last"] = (1, a => Pick("last", a[0], list => list[^1])),
        };

    public static IEnumerable<string> Names => All.Keys;

    /// <summary>What is wrong with a call, before it is made; null if nothing is.</summary>
    public static string? Problem(string function, IReadOnlyList<Expression> arguments)
    {
        if (!All.TryGetValue(function, out var known))
        {
            var near = Suggestions.For(function, All.Keys);
            if (near.Length == 0) near = $" There are {string.Join(", ", All.Keys)}.";
            return $"There is no function '{function}'.{near}";
        }

        if (arguments.Count != known.Arguments)
            return $"'{function}' takes {known.Arguments} {(known.Arguments == 1 ? "value" : "values")}, and is given "
                + $"{arguments.Count}.";
        return known.Apply is null && arguments[0] is not (Expression.Root or Expression.Field or Expression.Element)
            ? $"'{function}' is about a path, such as input.name; '{arguments[0]}' is none."
            : null;
    }

    /// <summary>The kinds that a function takes, none for any, and the one that it gives.</summary>
    public static (JsonValueKind[] Takes, JsonValueKind? Gives) KindsOf(string function) => function switch
    {
        "starts_with" or "ends_with" => ([JsonValueKind.String], JsonValueKind.True),
        "lower" or "upper" or "trim" => ([JsonValueKind.String], JsonValueKind.String),
        "length" => ([JsonValueKind.String, JsonValueKind.Array, JsonValueKind.Object], JsonValueKind.Number),
        "number" => ([JsonValueKind.Number, JsonValueKind.String], JsonValueKind.Number),
        "text" => ([], JsonValueKind.String),
        "keys" or "values" => ([JsonValueKind.Object], JsonValueKind.Array),
        "first" or "last" => ([JsonValueKind.Array], null),
        _ => ([], null),
    };

    /// <summary>The value of a function of values.</summary>
    /// <exception cref="ExpressionException">It has none for these.</exception>
    public static JsonNode? Apply(string function, JsonNode?[] values) => All[function].Apply!(values);

    /// <summary>Whether a list has an element, a text a part, or an object a field.</summary>
    /// <exception cref="ExpressionException">It is none of these.</exception>
    public static bool Contains(JsonNode? whole, JsonNode? part) => whole switch
    {
        JsonArray list => list.Any(item => ExpressionValues.AreSame(item, part)),
        JsonObject fields when ExpressionValues.Text(part) is { } name => fields.ContainsKey(name),
        _ when ExpressionValues.Text(whole) is { } text && ExpressionValues.Text(part) is { } some =>
            text.Contains(some, StringComparison.Ordinal),
        _ => throw new ExpressionException(
            $"{ExpressionValues.Describe(part)} cannot be in {ExpressionValues.Describe(whole)}: a list has elements, "
            + "a text has texts, and an object has names."),
    };

    private static int Length(JsonNode? value) => value switch
    {
        JsonArray list => list.Count,
        JsonObject fields => fields.Count,
        _ when ExpressionValues.Text(value) is { } text => text.Length,
        _ => throw Misfit("length", value, "a text, a list or an object"),
    };

    private static decimal ToNumber(JsonNode? value)
    {
        if (ExpressionValues.Number(value) is { } number) return number;
        return ExpressionValues.Text(value) is { } text && decimal.TryParse(
            text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out number)
            ? number
            : throw Misfit("number", value, "a number, or a text that is one,");
    }

    private static string Text(string function, JsonNode? value) =>
        ExpressionValues.Text(value) ?? throw Misfit(function, value, "a text");

    private static JsonObject Fields(string function, JsonNode? value) =>
        value as JsonObject ?? throw Misfit(function, value, "an object");

    private static JsonArray List(IEnumerable<JsonNode?> items) => new([.. items]);

    private static JsonNode? Pick(string function, JsonNode? value, Func<JsonArray, JsonNode?> pick) =>
        value is JsonArray { Count: > 0 } list ? pick(list) : throw Misfit(function, value, "a list that is not empty");

    private static ExpressionException Misfit(string function, JsonNode? value, string wanted) =>
        new($"'{function}' is given {ExpressionValues.Describe(value)}; {wanted} is wanted.");
}
