using System.Diagnostics;

namespace ActorFlow;

/// <summary>Questions asked of events.</summary>
public static class JobEvents
{
    /// <summary>
    /// The names of the tasks that an event brings into the job, numbered on from those before; none for most.
    /// </summary>
    public static IReadOnlyList<string> TaskNamesIn(JobEvent fact) => fact switch
    {
        JobEvent.JobSubmitted e => e.Job.TaskNames,
        JobEvent.TaskExpanded e => e.TaskNames,
        _ => [],
    };

    /// <summary>The names of a job's tasks, by number, as its events tell them.</summary>
    /// <param name="events">The events, from the first on.</param>
    public static IReadOnlyList<string> TaskNamesOf(IEnumerable<JobEvent> events) =>
        [.. events.SelectMany(TaskNamesIn)];

    /// <summary>The task that an event is about; -1 if it is about the job.</summary>
    public static int TaskOf(JobEvent fact) => fact switch
    {
        JobEvent.TaskStarted e => e.Task,
        JobEvent.TaskSucceeded e => e.Task,
        JobEvent.AttemptNoted e => e.Task,
        JobEvent.TaskExpanded e => e.Task,
        JobEvent.TaskAwaits e => e.Task,
        JobEvent.TaskContinued e => e.Task,
        JobEvent.TaskMarked e => e.Task,
        JobEvent.TaskKept e => e.Task,
        JobEvent.AttemptStopping e => e.Task,
        JobEvent.AttemptAbandoned e => e.Task,
        JobEvent.AttemptFailed e => e.Task,
        JobEvent.RetryScheduled e => e.Task,
        JobEvent.RetryDue e => e.Task,
        JobEvent.TaskHeld e => e.Task,
        JobEvent.TaskIgnored e => e.Task,
        JobEvent.TaskFailed e => e.Task,
        JobEvent.TaskSkipped e => e.Task,
        JobEvent.TaskCancelled e => e.Task,
        JobEvent.JobSubmitted or JobEvent.JobPaused or JobEvent.JobContinued or JobEvent.JobStopping
            or JobEvent.JobEnded or JobEvent.JobReopened => -1,
        _ => throw new UnreachableException(
            $"The event {fact.GetType().Name} has no arm [this is a bug in ActorFlow]."),
    };
}
