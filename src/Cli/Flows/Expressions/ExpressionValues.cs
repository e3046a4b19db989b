using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ActorFlow.Cli;

/// <summary>What expressions can do with JSON values: tell their kinds, and compare them.</summary>
internal static class ExpressionValues
{
    public static bool? Flag(JsonNode? value) => Kind(value) switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    public static string? Text(JsonNode? value) =>
        Kind(value) == JsonValueKind.String ? value!.GetValue<string>() : null;

    /// <summary>A number; null if it is none.</summary>
    /// <exception cref="ExpressionException">It is too large to reckon with.</exception>
    public static decimal? Number(JsonNode? value)
    {
        if (Kind(value) != JsonValueKind.Number) return null;
        var text = value!.ToJsonString();
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ExpressionException($"The number {text} is too large to reckon with.");
    }

    /// <summary>Whether two values are the same: of one kind and with the same content.</summary>
    /// <exception cref="ExpressionException">
    /// A text is compared with a number or with true or false: they would never be the same, so it is a slip.
    /// </exception>
    public static bool AreSame(JsonNode? left, JsonNode? right)
    {
        RequireComparable(left, right);
        return HaveSameContent(left, right);
    }

    /// <summary>How two numbers or two texts are ordered.</summary>
    /// <exception cref="ExpressionException">They are of other kinds.</exception>
    public static int Compare(JsonNode? left, JsonNode? right)
    {
        RequireComparable(left, right);
        if (Number(left) is { } a && Number(right) is { } b) return a.CompareTo(b);
        if (Text(left) is { } x && Text(right) is { } y) return string.CompareOrdinal(x, y);
        throw new ExpressionException(
            $"{Describe(left)} and {Describe(right)} have no order; two numbers or two texts have.");
    }

    /// <summary>A value as a reader would say it.</summary>
    public static string Describe(JsonNode? value)
    {
        var text = value?.ToJsonString() ?? "null";
        if (text.Length > 40) text = text[..40] + "…";
        return Kind(value) switch
        {
            JsonValueKind.Null or JsonValueKind.True or JsonValueKind.False => text,
            JsonValueKind.Number => $"the number {text}",
            JsonValueKind.String => $"the text {text}",
            JsonValueKind.Array => $"the list {text}",
            _ => $"the object {text}",
        };
    }

    /// <summary>A kind as a reader would say it.</summary>
    public static string AKind(JsonValueKind kind) => kind switch
    {
        JsonValueKind.True or JsonValueKind.False => "true or false",
        JsonValueKind.Number => "a number",
        JsonValueKind.String => "a text",
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        _ => "null",
    };

    public static JsonValueKind Kind(JsonNode? value) => value?.GetValueKind() ?? JsonValueKind.Null;

    private static void RequireComparable(JsonNode? left, JsonNode? right)
    {
        var (a, b) = (Class(Kind(left)), Class(Kind(right)));
        // Shell tasks print texts: "3" beside 3 is the slip that everybody makes once.
        if (a == b || a == JsonValueKind.Null || b == JsonValueKind.Null) return;
        if (a is JsonValueKind.Array or JsonValueKind.Object || b is JsonValueKind.Array or JsonValueKind.Object)
            return;
        throw new ExpressionException(
            $"{Describe(left)} and {Describe(right)} are of two kinds; number(…) or text(…) makes them alike.");
    }

    private static JsonValueKind Class(JsonValueKind kind) =>
        kind == JsonValueKind.False ? JsonValueKind.True : kind;

    private static bool HaveSameContent(JsonNode? left, JsonNode? right)
    {
        if (Kind(left) != Kind(right)) return false;
        return (left, right) switch
        {
            (JsonArray a, JsonArray b) => a.Count == b.Count && a.Zip(b).All(p => HaveSameContent(p.First, p.Second)),
            (JsonObject a, JsonObject b) => a.Count == b.Count
                && a.All(p => b.TryGetPropertyValue(p.Key, out var other) && HaveSameContent(p.Value, other)),
            _ when Kind(left) == JsonValueKind.Number => Number(left) == Number(right),
            _ when Kind(left) == JsonValueKind.String => Text(left) == Text(right),
            _ => true,
        };
    }
}
