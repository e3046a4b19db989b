using System.Globalization;
using System.Text.Json.Nodes;
using ActorFlow.Actors;
using Microsoft.Extensions.Configuration;

namespace ActorFlow;

/// <summary>What is configured for a task, as JSON: texts of a configuration, or the properties of an object.</summary>
internal static class ConfiguredValues
{
    /// <summary>The values under a section.</summary>
    public static JsonObject Of(IConfigurationSection section) =>
        new(section.GetChildren().Select(child => KeyValuePair.Create(child.Key, ValueOf(child))));

    /// <summary>The properties of an object, such as an anonymous one.</summary>
    /// <exception cref="PayloadException">It is none, or cannot be written as JSON.</exception>
    public static JsonObject Of(object values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return JsonNode.Parse(Payloads.Of(values).Json.Span) as JsonObject
            ?? throw new PayloadException(
                $"A {TypeNames.Short(values.GetType())} has no names: configure with an object, as in "
                + "new { Factor = 3 }.");
    }

    private static JsonNode? ValueOf(IConfigurationSection section)
    {
        var children = section.GetChildren().ToList();
        if (children.Count == 0) return section.Value;
        // A list is configured as values under 0, 1, 2.
        var isList = children.Select((child, i) => child.Key == i.ToString(CultureInfo.InvariantCulture)).All(x => x);
        return isList ? new JsonArray([.. children.Select(ValueOf)]) : Of(section);
    }
}
