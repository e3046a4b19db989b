namespace ActorFlow;

/// <summary>Where a task of a job stands.</summary>
/// <remarks>Succeeded to Cancelled are outcomes: the task has ended. The numbers are stored: change none.</remarks>
public enum TaskPhase : byte
{
    /// <summary>Its needs are not met yet.</summary>
    Waiting = 0,

    /// <summary>Its needs are met; it waits for a slot in its pool.</summary>
    Ready = 1,

    /// <summary>An attempt runs.</summary>
    Running = 2,

    /// <summary>An attempt was asked to stop and has not stopped yet.</summary>
    Stopping = 3,

    /// <summary>It waits for the delay before its next attempt.</summary>
    BackingOff = 4,

    /// <summary>Its attempts are used up; it waits for an operator.</summary>
    Held = 5,

    /// <summary>It has an output.</summary>
    Succeeded = 6,

    /// <summary>It failed for good: an exception, a time-out, a lost worker.</summary>
    Failed = 7,

    /// <summary>It cannot run any more: an upstream did not succeed, or its trigger rule does not hold.</summary>
    Skipped = 8,

    /// <summary>It was not run, or was stopped, because the job, or what it was part of, was to end.</summary>
    Cancelled = 9,

    /// <summary>It has added parts to the job, and waits for them to end.</summary>
    Expanded = 10,
}

/// <summary>Where a job stands.</summary>
/// <remarks>The last four are outcomes: the job has ended. The numbers are stored: never change one.</remarks>
public enum JobPhase : byte
{
    /// <summary>Tasks run, or will.</summary>
    Running = 0,

    /// <summary>Nothing new starts until the job is continued.</summary>
    Paused = 1,

    /// <summary>It is to end: what runs was asked to stop.</summary>
    Stopping = 2,

    /// <summary>Every task succeeded, or was skipped by a rule that is no failure.</summary>
    Succeeded = 3,

    /// <summary>At least one task failed.</summary>
    Failed = 4,

    /// <summary>Someone cancelled it.</summary>
    Cancelled = 5,

    /// <summary>It did not end within its time.</summary>
    TimedOut = 6,
}

/// <summary>Questions asked of phases.</summary>
public static class PhaseExtensions
{
    /// <summary>Whether the task has ended.</summary>
    public static bool HasEnded(this TaskPhase phase) =>
        phase is >= TaskPhase.Succeeded and <= TaskPhase.Cancelled;

    /// <summary>Whether the job has ended.</summary>
    public static bool HasEnded(this JobPhase phase) => phase >= JobPhase.Succeeded;
}
