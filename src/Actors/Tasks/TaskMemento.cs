using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>What a task remembers from its last run that succeeded: one value, kept as JSON.</summary>
public sealed class TaskMemento
{
    private readonly JsonPayloadCodec _codec;

    internal TaskMemento(ReadOnlyMemory<byte>? json, JsonPayloadCodec codec) => (Json, _codec) = (json, codec);

    /// <summary>The value as UTF-8 JSON; null if there is none.</summary>
    public ReadOnlyMemory<byte>? Json { get; private set; }

    /// <summary>Whether there is one.</summary>
    public bool Exists => Json is not null;

    /// <summary>The value; the default of its type if there is none.</summary>
    /// <exception cref="PayloadException">It cannot be read as that type.</exception>
    public T? Get<T>() => Json is { } json ? _codec.Decode<T>(Payload.FromJson(json)) : default;

    /// <summary>Leaves a value for the next run. It is kept when the task has succeeded, not before.</summary>
    /// <exception cref="PayloadException">It cannot be written as JSON.</exception>
    public void Set<T>(T value) => Json = _codec.Encode(value).Json;
}
