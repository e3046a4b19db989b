using System.Diagnostics;

namespace ActorFlow;

/// <summary>What each reason means, as the part of a sentence that follows "because".</summary>
internal static class ReasonSentences
{
    public static string Of(Reason reason) => reason switch
    {
        Reason.None => "nothing out of the ordinary happened",
        Reason.NeedsUnmet => "upstream tasks have not ended",
        Reason.NoSlot => "its pool has no free slot",
        Reason.AttemptThrew => "the attempt threw",
        Reason.AttemptTimeout => "the attempt ran out of time",
        Reason.HeartbeatTimeout => "no heartbeat came in time",
        Reason.AttemptLost => "the process ended while the attempt ran",
        Reason.StartTimeout => "it waited too long to start",
        Reason.TaskTimeout => "all its attempts together took too long",
        Reason.NotRetryable => "its policy does not retry this failure",
        Reason.AttemptsExhausted => "its attempts are used up",
        Reason.RetryBudgetExhausted => "the next attempt would come after its retry budget",
        Reason.LostLimitReached => "too many attempts were lost to crashes",
        Reason.Supervised => "a supervision rule decided so",
        Reason.UpstreamNotSucceeded => "an upstream task that it requires did not succeed",
        Reason.NothingFailed => "it runs when an upstream task fails, and none did",
        Reason.JobCancelled => "the job was cancelled",
        Reason.JobTimeout => "the job ran out of time",
        Reason.FailedFast => "another task failed, and that stops the others",
        Reason.RetryRequested => "someone asked to retry what failed",
        Reason.Operator => "an operator decided so",
        Reason.Abandoned => "it did not heed the request to stop within the grace time",
        Reason.PartsFailed => "tasks that it had added failed",
        Reason.ConditionFalse => "its condition did not hold",
        Reason.OwnerEnded => "the task that had added it ended",
        Reason.NoTurn => "no more of the tasks that were added with it run at once",
        _ => throw new UnreachableException($"The reason {reason} has no arm [this is a bug in ActorFlow]."),
    };
}
