using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ActorFlow.Engine;

namespace ActorFlow.Actors;

/// <summary>Payloads as JSON: what every durable journal needs.</summary>
/// <remarks>
/// Every reader gets a copy of its own, exactly as after a crash: tasks never share an object. Fields are always
/// written, whatever the options say, since tuples have nothing else; enumerations are written by name, so they may be
/// renumbered, unless options are given.
/// </remarks>
public sealed class JsonPayloadCodec(JsonSerializerOptions? options = null) : IPayloadCodec
{
    private static readonly JsonSerializerOptions Default = new()
    {
        IncludeFields = true,
        Converters = { new JsonStringEnumConverter() },
    };

    private readonly JsonSerializerOptions _options = Complete(options ?? Default);

    /// <summary>How values are written.</summary>
    public JsonSerializerOptions Options => _options;

    /// <inheritdoc />
    public Payload Encode<T>(T value)
    {
        if (value is null) return Payload.None;
        if (value is Payload payload) return PayloadException.RequireSize(payload, typeof(T));
        try
        {
            // Found out now, and not by those that need it: they would fail at every attempt.
            if (!typeof(T).IsValueType && Readable<T>.By != _options) RequireReadable<T>();
            return PayloadException.RequireSize(
                Payload.FromJson(JsonSerializer.SerializeToUtf8Bytes(value, _options)), typeof(T));
        }
        catch (Exception e) when (e is not (PayloadException or OutOfMemoryException))
        {
            // The value's own code may throw whatever it likes.
            throw new PayloadException($"A value of type {typeof(T)} cannot be written as JSON: {e.Message}", e);
        }
    }

    /// <inheritdoc />
    public T? Decode<T>(Payload payload)
    {
        if (typeof(T) == typeof(Payload)) return (T)(object)payload;
        if (!payload.IsEncoded) return LivePayloadCodec.Cast<T>(payload);
        try
        {
            return JsonSerializer.Deserialize<T>(payload.Json.Span, _options);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Nothing is no value: a task without an output hands on the default of what is wanted.
            if (ReferenceEquals(payload, Payload.None)) return default;
            throw new PayloadException(
                $"{CutText.Shown(payload.ToString())} cannot be read as {typeof(T)}: {e.Message}", e);
        }
    }

    private static JsonSerializerOptions Complete(JsonSerializerOptions options)
    {
        if (!options.IncludeFields) options = new JsonSerializerOptions(options) { IncludeFields = true };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private void RequireReadable<T>()
    {
        if (Obstacle(typeof(T), _options) is { } obstacle)
            throw new PayloadException($"A value of type {typeof(T)} could not be read back from JSON: {obstacle}");
        Readable<T>.By = _options;
    }

    /// <summary>Why values that are declared so can be written, and never be read; null if they can.</summary>
    private static string? Obstacle(Type type, JsonSerializerOptions options)
    {
        if (type == typeof(object) || options.GetTypeInfo(type) is not
            { Kind: JsonTypeInfoKind.Object, PolymorphismOptions: null, CreateObject: null }) return null;
        if (type.IsInterface || type.IsAbstract)
            return $"it is {(type.IsInterface ? "an interface" : "an abstract class")}. Declare a record or a class, "
                + "or say by [JsonDerivedType] which ones there are.";
        var constructors = type.GetConstructors(
            BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
        if (constructors.Any(one => one.IsDefined(typeof(JsonConstructorAttribute)))) return null;
        return constructors.Count(one => one.IsPublic) switch
        {
            0 => "it has no public constructor. Mark one with [JsonConstructor].",
            1 => null,
            _ => "it has several public constructors. Mark one with [JsonConstructor].",
        };
    }

    /// <summary>The options of which it is known last that values of a type can be read by them.</summary>
    private static class Readable<T>
    {
        public static JsonSerializerOptions? By { get; set; }
    }
}
