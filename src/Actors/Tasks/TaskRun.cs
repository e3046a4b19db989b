using System.Collections.Concurrent;

namespace ActorFlow.Actors;

/// <summary>A run of a task that keeps its state for the next: what it reads, writes and remembers.</summary>
/// <param name="directory">The directory that stays from run to run.</param>
/// <param name="memento">What the last run left behind as JSON; null if it left nothing.</param>
/// <param name="codec">How values are written.</param>
public sealed class TaskRun(string directory, ReadOnlyMemory<byte>? memento, JsonPayloadCodec codec)
{
    /// <summary>The directory that stays from run to run; it is there.</summary>
    public string Directory { get; } = directory;

    /// <summary>Whether something that the task needs has changed since its last run.</summary>
    public bool InputsChanged { get; init; }

    /// <summary>What this run leaves behind: what the last one did, until it says otherwise.</summary>
    public TaskMemento Memento { get; } = new(memento, codec);

    /// <summary>Files that the code says to have read.</summary>
    public ConcurrentQueue<string> Read { get; } = new();

    /// <summary>Files that the code says to have written.</summary>
    public ConcurrentQueue<string> Written { get; } = new();

    /// <summary>Whether the code says that all is as it was before it ran.</summary>
    public bool IsUnchanged { get; set; }
}
