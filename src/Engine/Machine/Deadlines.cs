using System.Runtime.InteropServices;

namespace ActorFlow.Engine;

/// <summary>What a deadline is for.</summary>
internal enum DeadlineKind : byte
{
    /// <summary>The job must have ended.</summary>
    Job,

    /// <summary>A ready task must have started.</summary>
    Start,

    /// <summary>An attempt must have ended.</summary>
    Attempt,

    /// <summary>A task must have ended, all attempts together.</summary>
    Total,

    /// <summary>An attempt must have given a sign of life.</summary>
    Heartbeat,

    /// <summary>The next attempt is due.</summary>
    Retry,

    /// <summary>An attempt that was asked to stop must have stopped.</summary>
    Grace,
}

/// <summary>Something to do at a time, unless it was overtaken by then.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Deadline(long DueAt, DeadlineKind Kind, int Task, int Attempt);

/// <summary>The deadlines of one job by due time. Those that were overtaken are dropped when they come up.</summary>
internal sealed class Deadlines
{
    private readonly PriorityQueue<Deadline, (long DueAt, long Order)> _queue = new();
    private long _order;

    public bool IsEmpty => _queue.Count == 0;

    public void Add(Deadline deadline) => _queue.Enqueue(deadline, (deadline.DueAt, _order++));

    public bool TryPeek(out Deadline deadline) => _queue.TryPeek(out deadline, out _);

    public void Drop() => _queue.Dequeue();
}
