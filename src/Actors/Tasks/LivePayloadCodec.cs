using System.Text.Json;

namespace ActorFlow.Actors;

/// <summary>Payloads as the objects themselves: for journals in memory, where nothing has to be written.</summary>
/// <remarks>Tasks share the objects that they hand on: treat outputs as immutable.</remarks>
public sealed class LivePayloadCodec(JsonSerializerOptions? options = null) : IPayloadCodec
{
    private readonly JsonPayloadCodec _json = new(options);

    /// <inheritdoc />
    public Payload Encode<T>(T value) => value switch
    {
        null => Payload.None,
        Payload payload => payload,
        _ => Payload.Live(value),
    };

    /// <inheritdoc />
    public T? Decode<T>(Payload payload) => payload.IsEncoded ? _json.Decode<T>(payload) : Cast<T>(payload);

    internal static T? Cast<T>(Payload payload)
    {
        if (typeof(T) == typeof(Payload)) return (T)(object)payload;
        return payload.Value switch
        {
            T value => value,
            Payload[] list => PayloadLists.Cast<T>(list),
            null => default,
            var other => throw new PayloadException($"A value of type {other.GetType()} is not a {typeof(T)}."),
        };
    }
}
