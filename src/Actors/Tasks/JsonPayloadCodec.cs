using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorFlow.Actors;

/// <summary>Payloads as JSON: what every durable journal needs.</summary>
/// <remarks>
/// Every reader gets a copy of its own, exactly as after a crash: tasks never share an object. Unless options are
/// given, fields are written too, so tuples work, and enumerations by name, so they may be renumbered.
/// </remarks>
public sealed class JsonPayloadCodec(JsonSerializerOptions? options = null) : IPayloadCodec
{
    private static readonly JsonSerializerOptions Default = new()
    {
        IncludeFields = true,
        Converters = { new JsonStringEnumConverter() },
    };

    private readonly JsonSerializerOptions _options = options ?? Default;

    /// <summary>How values are written.</summary>
    public JsonSerializerOptions Options => _options;

    /// <inheritdoc />
    public Payload Encode<T>(T value)
    {
        if (value is null) return Payload.None;
        if (value is Payload payload) return PayloadException.RequireSize(payload, typeof(T));
        try
        {
            return PayloadException.RequireSize(
                Payload.FromJson(JsonSerializer.SerializeToUtf8Bytes(value, _options)), typeof(T));
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException)
        {
            // An ArgumentException is what numbers lead to that JSON does not have: NaN and the infinities.
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
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            // Nothing is no value: a task without an output hands on the default of what is wanted.
            if (ReferenceEquals(payload, Payload.None)) return default;
            throw new PayloadException($"{Shortened(payload)} cannot be read as {typeof(T)}: {e.Message}", e);
        }
    }

    private static string Shortened(Payload payload)
    {
        var text = payload.ToString();
        return text.Length <= 80 ? text : $"{text[..80]}… ({text.Length} characters)";
    }
}
