using System.Diagnostics;

namespace ActorFlow.Journal;

/// <summary>
/// What an event is stored as: a number for a kind and a version of it. Numbers are never used again.
/// </summary>
public enum EventTag : byte
{
    /// <summary>job.submitted/1</summary>
    JobSubmitted1 = 1,

    /// <summary>job.paused/1</summary>
    JobPaused1 = 2,

    /// <summary>job.continued/1</summary>
    JobContinued1 = 3,

    /// <summary>job.stopping/1</summary>
    JobStopping1 = 4,

    /// <summary>job.ended/1</summary>
    JobEnded1 = 5,

    /// <summary>job.reopened/1</summary>
    JobReopened1 = 6,

    /// <summary>task.started/1</summary>
    TaskStarted1 = 16,

    /// <summary>task.succeeded/1</summary>
    TaskSucceeded1 = 17,

    /// <summary>attempt.stopping/1</summary>
    AttemptStopping1 = 18,

    /// <summary>attempt.abandoned/1</summary>
    AttemptAbandoned1 = 19,

    /// <summary>attempt.failed/1</summary>
    AttemptFailed1 = 20,

    /// <summary>retry.scheduled/1</summary>
    RetryScheduled1 = 21,

    /// <summary>retry.due/1</summary>
    RetryDue1 = 22,

    /// <summary>task.held/1</summary>
    TaskHeld1 = 23,

    /// <summary>task.ignored/1</summary>
    TaskIgnored1 = 24,

    /// <summary>task.failed/1</summary>
    TaskFailed1 = 25,

    /// <summary>task.skipped/1</summary>
    TaskSkipped1 = 26,

    /// <summary>task.cancelled/1</summary>
    TaskCancelled1 = 27,

    /// <summary>task.expanded/1</summary>
    TaskExpanded1 = 28,

    /// <summary>task.awaits/1</summary>
    TaskAwaits1 = 29,

    /// <summary>task.continued/1</summary>
    TaskContinued1 = 30,

    /// <summary>attempt.stopping/2: with traced values</summary>
    AttemptStopping2 = 64,

    /// <summary>attempt.failed/2: with traced values</summary>
    AttemptFailed2 = 65,

    /// <summary>task.failed/2: with traced values</summary>
    TaskFailed2 = 66,

    /// <summary>attempt.noted/1</summary>
    AttemptNoted1 = 72,

    /// <summary>job.submitted/2</summary>
    JobSubmitted2 = 73,

    /// <summary>task.marked/1</summary>
    TaskMarked1 = 74,

    /// <summary>task.kept/1</summary>
    TaskKept1 = 75,

    /// <summary>job.submitted/3: a fork</summary>
    JobSubmitted3 = 80,

    /// <summary>flow.replaced/1</summary>
    FlowReplaced1 = 81,
}

/// <summary>The tags of events and their names.</summary>
public static class EventTags
{
    /// <summary>The tag that an event is stored under: the oldest that can hold all of it.</summary>
    public static EventTag Of(JobEvent fact) => fact switch
    {
        JobEvent.AttemptStopping { Failure.Traces.Count: > 0 } => EventTag.AttemptStopping2,
        JobEvent.AttemptFailed { Failure.Traces.Count: > 0 } => EventTag.AttemptFailed2,
        JobEvent.TaskFailed { Failure.Traces.Count: > 0 } => EventTag.TaskFailed2,
        JobEvent.TaskStarted => EventTag.TaskStarted1,
        JobEvent.TaskSucceeded => EventTag.TaskSucceeded1,
        JobEvent.AttemptNoted => EventTag.AttemptNoted1,
        JobEvent.AttemptStopping => EventTag.AttemptStopping1,
        JobEvent.AttemptAbandoned => EventTag.AttemptAbandoned1,
        JobEvent.AttemptFailed => EventTag.AttemptFailed1,
        JobEvent.RetryScheduled => EventTag.RetryScheduled1,
        JobEvent.RetryDue => EventTag.RetryDue1,
        JobEvent.TaskHeld => EventTag.TaskHeld1,
        JobEvent.TaskIgnored => EventTag.TaskIgnored1,
        JobEvent.TaskFailed => EventTag.TaskFailed1,
        JobEvent.TaskSkipped => EventTag.TaskSkipped1,
        JobEvent.TaskCancelled => EventTag.TaskCancelled1,
        JobEvent.TaskExpanded => EventTag.TaskExpanded1,
        JobEvent.TaskAwaits => EventTag.TaskAwaits1,
        JobEvent.TaskContinued => EventTag.TaskContinued1,
        JobEvent.JobSubmitted { Job: { ForkedFrom: not null } or { Taken: not null } } => EventTag.JobSubmitted3,
        JobEvent.FlowReplaced => EventTag.FlowReplaced1,
        JobEvent.JobSubmitted { Job.Force: true } => EventTag.JobSubmitted2,
        JobEvent.TaskMarked => EventTag.TaskMarked1,
        JobEvent.TaskKept => EventTag.TaskKept1,
        JobEvent.JobSubmitted => EventTag.JobSubmitted1,
        JobEvent.JobPaused => EventTag.JobPaused1,
        JobEvent.JobContinued => EventTag.JobContinued1,
        JobEvent.JobStopping => EventTag.JobStopping1,
        JobEvent.JobEnded => EventTag.JobEnded1,
        JobEvent.JobReopened => EventTag.JobReopened1,
        _ => throw new UnreachableException(
            $"The event {fact.GetType().Name} has no tag [this is a bug in ActorFlow]."),
    };

    /// <summary>The name of a tag, such as <c>task.succeeded/1</c>.</summary>
    public static string NameOf(EventTag tag) => tag switch
    {
        EventTag.TaskStarted1 => "task.started/1",
        EventTag.TaskSucceeded1 => "task.succeeded/1",
        EventTag.AttemptNoted1 => "attempt.noted/1",
        EventTag.AttemptStopping1 => "attempt.stopping/1",
        EventTag.AttemptAbandoned1 => "attempt.abandoned/1",
        EventTag.AttemptFailed1 => "attempt.failed/1",
        EventTag.RetryScheduled1 => "retry.scheduled/1",
        EventTag.RetryDue1 => "retry.due/1",
        EventTag.TaskHeld1 => "task.held/1",
        EventTag.TaskIgnored1 => "task.ignored/1",
        EventTag.TaskFailed1 => "task.failed/1",
        EventTag.TaskSkipped1 => "task.skipped/1",
        EventTag.TaskCancelled1 => "task.cancelled/1",
        EventTag.TaskExpanded1 => "task.expanded/1",
        EventTag.TaskAwaits1 => "task.awaits/1",
        EventTag.TaskContinued1 => "task.continued/1",
        EventTag.JobSubmitted3 => "job.submitted/3",
        EventTag.FlowReplaced1 => "flow.replaced/1",
        EventTag.JobSubmitted2 => "job.submitted/2",
        EventTag.TaskMarked1 => "task.marked/1",
        EventTag.TaskKept1 => "task.kept/1",
        EventTag.JobSubmitted1 => "job.submitted/1",
        EventTag.JobPaused1 => "job.paused/1",
        EventTag.JobContinued1 => "job.continued/1",
        EventTag.JobStopping1 => "job.stopping/1",
        EventTag.JobEnded1 => "job.ended/1",
        EventTag.JobReopened1 => "job.reopened/1",
        EventTag.AttemptStopping2 => "attempt.stopping/2",
        EventTag.AttemptFailed2 => "attempt.failed/2",
        EventTag.TaskFailed2 => "task.failed/2",
        _ => $"unknown tag {(byte)tag}",
    };
}
