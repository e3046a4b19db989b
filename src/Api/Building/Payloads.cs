using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>Writes the values that a definition names, as JSON with default options: no engine is there yet.</summary>
internal static class Payloads
{
    private static readonly JsonPayloadCodec Json = new();

    public static Payload Of<T>(T value) => Json.Encode(value);
}
