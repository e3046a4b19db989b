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

/// <summary>Sums of times that end where the calendar does: a limit of ten thousand years is none.</summary>
internal static class Calendar
{
    private static readonly long End = DateTimeOffset.MaxValue.UtcTicks;

    /// <summary>The time after a span, in UTC ticks; a negative span counts as none.</summary>
    public static long After(long at, TimeSpan span) =>
        span.Ticks <= 0 ? at : span.Ticks < End - at ? at + span.Ticks : End;

    /// <summary>The time after a span; a negative span counts as none.</summary>
    public static DateTimeOffset After(DateTimeOffset at, TimeSpan span) =>
        new(After(at.UtcTicks, span), TimeSpan.Zero);
}

/// <summary>The deadlines of one job by due time. Those that were overtaken are dropped when they come up.</summary>
/// <remarks>Those due at once go by task and kind, so that a fold meets them in the order of the life.</remarks>
internal sealed class Deadlines
{
    private readonly PriorityQueue<Deadline, (long DueAt, int Task, DeadlineKind Kind)> _queue = new();

    public bool IsEmpty => _queue.Count == 0;

    public void Add(Deadline deadline) => _queue.Enqueue(deadline, (deadline.DueAt, deadline.Task, deadline.Kind));

    public bool TryPeek(out Deadline deadline) => _queue.TryPeek(out deadline, out _);

    public void Drop() => _queue.Dequeue();
}
