namespace ActorFlow;

/// <summary>Why a task or a job is in its phase: with the state, the answer to every "why?".</summary>
/// <remarks>The numbers are stored: never change one.</remarks>
public enum Reason : byte
{
    /// <summary>Nothing out of the ordinary.</summary>
    None = 0,

    /// <summary>Waits: upstream tasks have not ended.</summary>
    NeedsUnmet = 1,

    /// <summary>Waits: its pool has no free slot, or the job is paused.</summary>
    NoSlot = 2,

    /// <summary>Tried again: the attempt threw.</summary>
    AttemptThrew = 3,

    /// <summary>Tried again or failed: the attempt ran out of time.</summary>
    AttemptTimeout = 4,

    /// <summary>Tried again or failed: no heartbeat came in time.</summary>
    HeartbeatTimeout = 5,

    /// <summary>Tried again or failed: the process died while it ran.</summary>
    AttemptLost = 6,

    /// <summary>Failed: it waited too long to start.</summary>
    StartTimeout = 7,

    /// <summary>Failed: all its attempts together took too long.</summary>
    TaskTimeout = 8,

    /// <summary>Failed: the policy does not retry this failure.</summary>
    NotRetryable = 9,

    /// <summary>Failed, skipped, held or defaulted: its attempts are used up.</summary>
    AttemptsExhausted = 10,

    /// <summary>Failed: the next attempt would come after the retry budget.</summary>
    RetryBudgetExhausted = 11,

    /// <summary>Failed: too many attempts were lost to crashes.</summary>
    LostLimitReached = 12,

    /// <summary>Decided by a supervision rule.</summary>
    Supervised = 13,

    /// <summary>Skipped: an upstream task that it requires did not succeed.</summary>
    UpstreamNotSucceeded = 14,

    /// <summary>Skipped: it runs when an upstream fails, and none did.</summary>
    NothingFailed = 15,

    /// <summary>Cancelled: someone cancelled the job.</summary>
    JobCancelled = 16,

    /// <summary>Cancelled: the job ran out of time.</summary>
    JobTimeout = 17,

    /// <summary>Cancelled: another task failed, and the job fails fast or was escalated.</summary>
    FailedFast = 18,

    /// <summary>Runs again: someone asked to retry what failed.</summary>
    RetryRequested = 19,

    /// <summary>Decided by an operator.</summary>
    Operator = 20,

    /// <summary>Stopped: it did not heed the request to stop within the grace time.</summary>
    Abandoned = 21,

    /// <summary>Tried again or failed: parts that it had added failed.</summary>
    PartsFailed = 22,

    /// <summary>Skipped: its condition did not hold.</summary>
    ConditionFalse = 23,

    /// <summary>Cancelled: the task that had added it ended.</summary>
    OwnerEnded = 24,

    /// <summary>Waiting: no more of the tasks that were added with it run at once.</summary>
    NoTurn = 25,
}

/// <summary>What reasons have in common.</summary>
internal static class Reasons
{
    /// <summary>Whether a task was skipped by a rule of its own: nothing failed for that.</summary>
    public static bool IsRule(this Reason reason) => reason is Reason.NothingFailed or Reason.ConditionFalse;

    /// <summary>Whether an attempt that is stopped for it is the task's last one: it is cancelled then.</summary>
    public static bool EndsTask(this Reason reason) =>
        reason is Reason.JobCancelled or Reason.JobTimeout or Reason.FailedFast or Reason.OwnerEnded;
}
