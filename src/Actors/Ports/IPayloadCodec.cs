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
public sealed class PayloadException(string message, Exception? inner = null) : ActorFlowException(message, inner);
