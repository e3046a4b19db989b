namespace ActorFlow.Actors;

/// <summary>Port: turns values into payloads and back.</summary>
public interface IPayloadCodec
{
    /// <summary>Makes a payload of a value.</summary>
    /// <exception cref="PayloadException">
    /// It cannot be written, or is larger than <see cref="Limits.PayloadBytes"/>.
    /// </exception>
    Payload Encode<T>(T value);

    /// <summary>Reads a payload; null and None read as the default of the type.</summary>
    /// <exception cref="PayloadException">It cannot be read as that type.</exception>
    T? Decode<T>(Payload payload);
}

/// <summary>A value cannot be written to the journal, or not be read back as what is wanted.</summary>
public sealed class PayloadException(string message, Exception? inner = null) : ActorFlowException(message, inner)
{
    /// <summary>Gives back a payload that is not larger than a journal takes; live ones have no size.</summary>
    /// <exception cref="PayloadException">It is larger than <see cref="Limits.PayloadBytes"/>.</exception>
    internal static Payload RequireSize(Payload payload, Type type) =>
        payload.Json.Length <= Limits.PayloadBytes ? payload : throw TooLarge(payload, type);

    private static PayloadException TooLarge(Payload payload, Type type) =>
        new(
            $"A value of type {type} takes {payload.Json.Length} bytes; {Limits.PayloadBytes} is the most. "
            + "Keep it in a file and hand over its path.");
}
