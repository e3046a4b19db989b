namespace ActorFlow.Engine;

/// <summary>All that a job keeps of a task that has had no trouble: one array element, no object.</summary>
internal struct TaskCell
{
    /// <summary>When its needs were met, in UTC ticks; 0 if not yet.</summary>
    public long ReadyAt;

    /// <summary>When its first attempt began, in UTC ticks; 0 if not yet.</summary>
    public long StartedAt;

    /// <summary>When it ended, in UTC ticks; 0 if not yet.</summary>
    public long EndedAt;

    public Payload? Output;

    /// <summary>The number of its last attempt; 0 before the first. Never goes back.</summary>
    public int Attempt;

    /// <summary>How many upstream tasks have not ended.</summary>
    public int Pending;

    /// <summary>The task to blame when it was skipped, or -1.</summary>
    public int Cause;

    public TaskPhase Phase;

    public Reason Reason;

    /// <summary>The number of its pool among those of the flow.</summary>
    public byte Pool;

    private Marks _marks;

    /// <summary>It has expanded, and its attempt is over.</summary>
    public bool IsParted
    {
        readonly get => Has(Marks.Parted);
        set => Set(Marks.Parted, value);
    }

    /// <summary>It cannot run any more, and is to be skipped within the step.</summary>
    public bool IsDoomed
    {
        readonly get => Has(Marks.Doomed);
        set => Set(Marks.Doomed, value);
    }

    /// <summary>As long as it does not fail, its policy asks for nothing: there is no need to look at it.</summary>
    public bool IsPlain
    {
        readonly get => Has(Marks.Plain);
        set => Set(Marks.Plain, value);
    }

    private readonly bool Has(Marks mark) => (_marks & mark) != Marks.None;

    private void Set(Marks mark, bool value) => _marks = value ? _marks | mark : _marks & ~mark;

    [Flags]
    private enum Marks : byte
    {
        None = 0,
        Parted = 1,
        Doomed = 2,
        Plain = 4,
    }
}

/// <summary>What a job keeps of a task that has failed, stopped or waited: made when trouble starts.</summary>
internal sealed class TaskTrouble
{
    /// <summary>Attempts that failed since the task was last given fresh attempts.</summary>
    public int Failures;

    /// <summary>Whether one of them had begun its work: its condition had held.</summary>
    public bool HasFailedAtWork;

    /// <summary>Attempts lost to crashes since then.</summary>
    public int Lost;

    /// <summary>When the next attempt is due, in UTC ticks.</summary>
    public long DueAt;

    /// <summary>When the attempt was asked to stop, in UTC ticks.</summary>
    public long StoppingSince;

    /// <summary>Why the attempt was asked to stop.</summary>
    public Reason StopReason;

    /// <summary>The last failure; while stopping, the one that the attempt will have failed of.</summary>
    public Failure? Failure;

    /// <summary>When the running attempt began, in UTC ticks; 0 where that is the task's start.</summary>
    public long AttemptStartedAt;

    /// <summary>The last sign of life, in UTC ticks. Not journaled: a crash loses the attempt with it.</summary>
    public long HeartbeatAt;
}
