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

    /// <summary>It has expanded, and its attempt is over.</summary>
    public bool IsParted;

    /// <summary>It cannot run any more, and is to be skipped within the step.</summary>
    public bool IsDoomed;
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
