using System.Text.Json.Nodes;
using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>Walks into a JSON value by the path of a field.</summary>
public static class JsonField
{
    /// <summary>The field of a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="path">Names separated by dots, without regard to case; null for the whole value.</param>
    /// <exception cref="PayloadException">It has no such field.</exception>
    public static JsonNode? Select(JsonNode? value, string? path)
    {
        if (path is null) return value;
        try
        {
            foreach (var name in path.Split('.'))
                value = value is JsonObject owner && Find(owner, name, out var found)
                    ? found
                    : throw new PayloadException($"The value has no field '{path}'.{Known(value, name)}");
            return value;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // The names of an object are read when they are first asked for.
            throw new PayloadException(
                $"The field '{path}' cannot be found: names of fields are there twice, or are no text. {e.Message}", e);
        }
    }

    private static bool Find(JsonObject owner, string name, out JsonNode? value)
    {
        if (owner.TryGetPropertyValue(name, out value)) return true;
        foreach (var (key, other) in owner)
        {
            if (!key.Equals(name, StringComparison.OrdinalIgnoreCase)) continue;
            value = other;
            return true;
        }

        return false;
    }

    private static string Known(JsonNode? value, string name) => value is JsonObject owner
        ? Suggestions.For(name, owner.Select(p => p.Key))
        : " It is no object.";
}
