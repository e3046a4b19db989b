using System.ComponentModel;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ActorFlow.Actors;
using ActorFlow.Engine;

namespace ActorFlow;

/// <summary>Puts values that a file binds by name together to what a task class takes.</summary>
internal static class NamedInputs
{
    // A shell task prints text: where a number is wanted, "42" is one.
    private static readonly JsonSerializerOptions Lenient = new()
    {
        PropertyNameCaseInsensitive = true,
        // As the codec of payloads has it: tuples have nothing but fields.
        IncludeFields = true,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        Converters = { new JsonStringEnumConverter(), new PartResultConverter() },
    };

    /// <summary>
    /// The parameters of the constructor of a record, or the settable properties; null for a single value.
    /// </summary>
    public static IReadOnlyList<TaskParameter>? ParametersOf(Type type)
    {
        if (IsSingleValue(type)) return null;
        if (type == typeof(Nothing)) return [];
        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).FirstOrDefault();
        if (constructor?.GetParameters() is { Length: > 0 } parameters) return [.. parameters.Select(Of)];
        var empty = constructor is null && !type.IsValueType ? null : Activator.CreateInstance(type);
        return [.. type.GetProperties().Where(IsSettable).Select(p => Of(p, empty))];
    }

    /// <summary>The value for a call.</summary>
    /// <exception cref="PayloadException">The values do not fit.</exception>
    public static TIn Read<TIn>(TaskCall call)
    {
        if (typeof(TIn) == typeof(Nothing)) return default!;
        var values = NamedValues.Of(call).Where(value => value.IsThere).ToList();
        var parameters = ParametersOf(typeof(TIn));
        // One value that is no part of what is wanted is what is wanted; parts go over what it has of them.
        var others = values.Where(value => !IsPart(parameters, value.Name)).ToList();
        if (others.Count != 1 || (parameters is null && values.Count > 1)) return Read<TIn>(Object([], values));
        var whole = others[0].Value;
        if (values.Count == 1) return Read<TIn>(whole);
        return whole is JsonObject owner
            ? Read<TIn>(Object(owner, values.Where(value => value != others[0])))
            : throw new PayloadException(
                $"'{others[0].Name}' is {Shortened(whole)}, and no parameter of {typeof(TIn)}; fields are wanted that "
                + "the other values go over.");
    }

    /// <summary>The value that JSON holds.</summary>
    /// <exception cref="PayloadException">It does not fit.</exception>
    public static TIn Read<TIn>(JsonNode? value)
    {
        try
        {
            return value.Deserialize<TIn>(Lenient)!;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException)
        {
            throw new PayloadException(
                $"The input {Shortened(value)} cannot be read as {typeof(TIn)}: {e.Message}", e);
        }
    }

    /// <summary>A value as an object of fields, to be changed; null if it is null.</summary>
    /// <exception cref="PayloadException">It cannot be written as JSON.</exception>
    public static JsonObject? Fields<T>(T value)
    {
        try
        {
            return JsonSerializer.SerializeToNode(value, Lenient) as JsonObject;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new PayloadException($"A value of type {typeof(T)} cannot be written as JSON: {e.Message}", e);
        }
    }

    /// <summary>A value as JSON, by its own type.</summary>
    public static JsonNode? Node(object? value) =>
        value is null ? null : JsonSerializer.SerializeToNode(value, value.GetType(), Lenient);

    /// <inheritdoc cref="Node(object?)"/>
    public static string Text(object? value) => Node(value)?.ToJsonString() ?? "null";

    /// <summary>Converts what people write to a type: a text may hold a number, a list, an object.</summary>
    /// <exception cref="JsonException">It cannot be.</exception>
    public static object? Convert(JsonNode? value, Type type)
    {
        try
        {
            return value.Deserialize(type, Lenient);
        }
        catch (JsonException) when (value?.GetValueKind() == JsonValueKind.String)
        {
            var text = value.GetValue<string>();
            // Configurations write "True".
            if (bool.TryParse(text, out var flag)) text = flag ? "true" : "false";
            return JsonSerializer.Deserialize(text, type, Lenient);
        }
    }

    private static TaskParameter Of(ParameterInfo parameter) => new(
        parameter.Name!, parameter.ParameterType, !parameter.HasDefaultValue)
    {
        Default = parameter.HasDefaultValue ? parameter.DefaultValue : null,
        Description = (parameter.GetCustomAttribute<DescriptionAttribute>()
            ?? parameter.Member.DeclaringType!.GetProperty(parameter.Name!)?.GetCustomAttribute<DescriptionAttribute>())
            ?.Description,
    };

    private static TaskParameter Of(PropertyInfo property, object? owner)
    {
        var isRequired = property.GetCustomAttribute<RequiredMemberAttribute>() is not null;
        return new(property.Name, property.PropertyType, isRequired)
        {
            Default = isRequired || owner is null || !property.CanRead ? null : property.GetValue(owner),
            Description = property.GetCustomAttribute<DescriptionAttribute>()?.Description,
        };
    }

    private static bool IsPart(IReadOnlyList<TaskParameter>? parameters, string name) =>
        parameters?.Any(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? false;

    private static bool IsSingleValue(Type type) =>
        type.IsPrimitive || type.IsEnum || type.IsArray || type == typeof(string) || type == typeof(decimal)
        || type == typeof(object) || type.Namespace == "System"
        || type.Namespace?.StartsWith("System.", StringComparison.Ordinal) == true;

    private static bool IsSettable(PropertyInfo property) =>
        property.SetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0;

    private static JsonObject Object(JsonObject owner, IEnumerable<NamedValue> values)
    {
        foreach (var value in values) Set(owner, value.Name, value.Value);
        return owner;
    }

    /// <summary>Sets a field in place of one of that name, without regard to case.</summary>
    public static void Set(JsonObject owner, string name, JsonNode? value)
    {
        foreach (var other in owner.Select(field => field.Key).ToList())
            if (other.Equals(name, StringComparison.OrdinalIgnoreCase)) owner.Remove(other);
        owner[name] = value;
    }

    private static string Shortened(JsonNode? node) => CutText.Shown(node?.ToJsonString() ?? "null");
}
