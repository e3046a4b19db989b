using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>Puts values that a file binds by name together to what a task class takes.</summary>
internal static class NamedInputs
{
    // A shell task prints text: where a number is wanted, "42" is one.
    private static readonly JsonSerializerOptions Lenient = new()
    {
        PropertyNameCaseInsensitive = true,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>
    /// The parameters of the constructor of a record, or the settable properties; null for a single value.
    /// </summary>
    public static IReadOnlyList<TaskParameter>? ParametersOf(Type type)
    {
        if (IsSingleValue(type)) return null;
        if (type == typeof(Nothing)) return [];
        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).FirstOrDefault();
        if (constructor?.GetParameters() is { Length: > 0 } parameters)
            return [.. parameters.Select(p => new TaskParameter(p.Name!, p.ParameterType, !p.HasDefaultValue))];
        return [.. type.GetProperties().Where(p => p.CanWrite)
            .Select(p => new TaskParameter(p.Name, p.PropertyType, p.GetCustomAttribute<
                System.Runtime.CompilerServices.RequiredMemberAttribute>() is not null))];
    }

    /// <summary>The value for a call.</summary>
    /// <exception cref="PayloadException">The values do not fit.</exception>
    public static TIn Read<TIn>(TaskCall call)
    {
        if (typeof(TIn) == typeof(Nothing)) return default!;
        var values = ValuesOf(call);
        var whole = values.Count == 1 && !IsPart(typeof(TIn), values[0].Name) ? values[0].Value : Object(values);
        try
        {
            return whole.Deserialize<TIn>(Lenient)!;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException)
        {
            throw new PayloadException($"The input {Shortened(whole)} cannot be read as {typeof(TIn)}: {e.Message}", e);
        }
    }

    private static List<(string Name, JsonNode? Value)> ValuesOf(TaskCall call)
    {
        var values = new List<(string, JsonNode?)>();
        for (var i = 0; i < call.Inputs.Count; i++)
        {
            var input = call.Inputs[i];
            if (input.Parameter.Length == 0 || call.Source(i) is not { } payload) continue;
            var field = input switch
            {
                TaskInput.FromTask edge => edge.Field,
                TaskInput.FromJob job => job.Field,
                _ => null,
            };
            values.Add((input.Parameter, JsonField.Select(JsonNode.Parse(PayloadJson.Of(payload).Span), field)));
        }

        return values;
    }

    // One value that is no part of what is wanted is what is wanted.
    private static bool IsPart(Type type, string name) =>
        ParametersOf(type)?.Any(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? false;

    private static bool IsSingleValue(Type type) =>
        type.IsPrimitive || type.IsEnum || type.IsArray || type == typeof(string) || type == typeof(decimal)
        || type == typeof(object) || type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true;

    private static JsonObject Object(List<(string Name, JsonNode? Value)> values) =>
        new(values.Select(v => KeyValuePair.Create(v.Name, v.Value?.DeepClone())));

    private static string Shortened(JsonNode? node)
    {
        var text = node?.ToJsonString() ?? "null";
        return text.Length <= 80 ? text : $"{text[..80]}… ({text.Length} characters)";
    }
}
