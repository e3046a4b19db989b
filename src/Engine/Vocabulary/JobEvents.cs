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
        JobEvent.JobSubmitted e => TaskNamesIn(e.Job),
        JobEvent.FlowReplaced e => TaskNamesIn(e.Job),
        JobEvent.TaskExpanded e => e.TaskNames,
        _ => [],
    };

    /// <summary>
    /// What the job runs from here on, if the event says so: that it was submitted, or that its flow was replaced.
    /// Tasks are numbered anew then. Null for all others.
    /// </summary>
    public static SubmittedJob? BeginningIn(JobEvent fact) => fact switch
    {
        JobEvent.JobSubmitted e => e.Job,
        JobEvent.FlowReplaced e => e.Job,
        _ => null,
    };

    /// <summary>What the job runs now: what it was submitted with, or the flow that has replaced it.</summary>
    /// <param name="events">The job's events, from the first on.</param>
    /// <param name="place">Where the event is that says so.</param>
    /// <returns>Null if the first event does not say that the job was submitted.</returns>
    public static SubmittedJob? BeginningOf(IReadOnlyList<JobEvent> events, out int place)
    {
        ArgumentNullException.ThrowIfNull(events);
        for (place = events.Count - 1; place > 0; place--)
            if (EventList.KeptAt(events, place) is JobEvent.FlowReplaced replaced) return replaced.Job;
        place = 0;
        return events is [JobEvent.JobSubmitted submitted, ..] ? submitted.Job : null;
    }

    /// <summary>Brings the names of a job's tasks, by number, up to an event.</summary>
    /// <param name="fact">The event.</param>
    /// <param name="names">The names before it, and then those from it on.</param>
    public static void Follow(JobEvent fact, List<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (BeginningIn(fact) is not null) names.Clear();
        names.AddRange(TaskNamesIn(fact));
    }

    /// <summary>The names of a job's tasks, by number, as they are after its events.</summary>
    /// <param name="events">The events, from the first on.</param>
    public static IReadOnlyList<string> TaskNamesOf(IEnumerable<JobEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        var names = new List<string>();
        foreach (var fact in events) Follow(fact, names);
        return names;
    }

    private static IReadOnlyList<string> TaskNamesIn(SubmittedJob job) => job.Taken is { Scopes.Count: > 0 } taken
        ? [.. job.TaskNames, .. taken.Scopes.SelectMany(scope => scope.TaskNames)]
        : job.TaskNames;

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
        JobEvent.JobSubmitted or JobEvent.FlowReplaced or JobEvent.JobPaused or JobEvent.JobContinued
            or JobEvent.JobStopping or JobEvent.JobEnded or JobEvent.JobReopened => -1,
        _ => throw new UnreachableException(
            $"The event {fact.GetType().Name} has no arm [this is a bug in ActorFlow]."),
    };
}
