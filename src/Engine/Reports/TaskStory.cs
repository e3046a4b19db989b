using System.Diagnostics;
using ActorFlow.Engine;

namespace ActorFlow;

/// <summary>Tells events as plain sentences, each with its time.</summary>
internal sealed class TaskStory(JobGraph graph)
{
    // As they are at the event that is told: they are others when the flow was replaced.
    private readonly List<string> _names = [.. graph.TaskNames];

    /// <summary>The story of one task, with what concerns it of what happened to its job.</summary>
    public List<string> Of(int task, IReadOnlyList<JobEvent> events)
    {
        var lines = new List<string>();
        var trail = new TaskTrail(graph[task].Name, task);
        var (hasRun, isRetriable) = (false, false);
        foreach (var fact in events)
        {
            See(fact);
            var isAbout = trail.IsAbout(fact);
            if (isAbout || (fact is JobEvent.JobReopened && isRetriable)) lines.Add(Line(fact));
            else if (JobEvents.BeginningIn(fact) is { } job && trail.TakenIn(fact) is { } taken)
                lines.Add($"{ReportWords.Of(fact.At)}  {Taken(taken, job)}");
            else if (fact is JobEvent.FlowReplaced && hasRun) lines.Add($"{Line(fact)} This task is to run again.");
            hasRun |= isAbout;
            isRetriable = fact switch
            {
                JobEvent.TaskFailed or JobEvent.TaskSkipped or JobEvent.TaskCancelled when isAbout => true,
                JobEvent.JobReopened or JobEvent.FlowReplaced => false,
                _ => isRetriable,
            };
        }

        return lines;
    }

    private static string Taken(TakenTask taken, SubmittedJob job) => taken.IsShared && job.ForkedFrom is { } origin
        ? $"It {ReportWords.Of(taken.Phase)} in job '{origin.Job}', and that was shared."
        : $"The job's flow was replaced; that this task {ReportWords.Of(taken.Phase)} was kept.";

    /// <summary>One event as a sentence.</summary>
    public string Tell(JobEvent fact)
    {
        See(fact);
        return Line(fact);
    }

    /// <summary>Takes note of an event that is not told: others may be about what it has added.</summary>
    public void See(JobEvent fact) => JobEvents.Follow(fact, _names);

    private string Line(JobEvent fact) => $"{ReportWords.Of(fact.At)}  {Sentence(fact)}";

    private string Sentence(JobEvent fact) => fact switch
    {
        JobEvent.JobSubmitted { Job: { ForkedFrom: { } origin } job } =>
            $"The job was submitted with {Count(job.TaskNames.Count)}, as a fork of job '{origin.Job}' from "
            + $"'{origin.Task}' on; {Count(Owned(job))} shared.",
        JobEvent.JobSubmitted e => $"The job was submitted with {Count(e.Job.TaskNames.Count)}.",
        JobEvent.FlowReplaced e => $"The job's flow was replaced by one of {Count(e.Job.TaskNames.Count)} "
            + $"(fingerprint {Short(e.Job.FlowFingerprint)}); the results of {Count(Owned(e.Job))} were kept.",
        JobEvent.JobPaused => "The job was paused.",
        JobEvent.JobContinued => "The job was continued.",
        JobEvent.JobStopping e => $"The job was to end because {Why(e.Reason)}{Detail(e.Detail)}.",
        JobEvent.JobEnded e => $"The job ended: {ReportWords.Of(e.Outcome)}.",
        JobEvent.JobReopened => "Someone asked to retry what failed, was skipped or cancelled.",
        JobEvent.TaskStarted e => $"Attempt {e.Attempt} began.",
        JobEvent.TaskSucceeded e => $"Attempt {e.Attempt} succeeded.",
        JobEvent.AttemptNoted e => $"Attempt {e.Attempt} {NoteSentences.Of(e.Notes)}.",
        JobEvent.TaskExpanded e => $"Attempt {e.Attempt} added {Count(e.TaskNames.Count)} to the job.",
        JobEvent.TaskAwaits e => $"Attempt {e.Attempt} waited for tasks that an earlier one had added.",
        JobEvent.TaskContinued e => $"What attempt {e.Attempt} waited for had ended, and it went on.",
        JobEvent.TaskMarked e => $"Attempt {e.Attempt} noted {MarkerLines.Short(e.Markers)}.",
        JobEvent.TaskKept e =>
            $"Attempt {e.Kept.Attempt} kept its scratch directory: {ReportText.Plain(e.Kept.Directory)}.",
        JobEvent.AttemptStopping e => $"Attempt {e.Attempt} was asked to stop because {Why(e.Reason)}.",
        JobEvent.AttemptAbandoned e => $"Attempt {e.Attempt} was abandoned: {Why(Reason.Abandoned)}.",
        JobEvent.AttemptFailed { Failure.Type: Failure.CancelledType } e
            when e.Failure.Message.StartsWith(Why(e.Reason), StringComparison.Ordinal) =>
            $"Attempt {e.Attempt} ended without success because {Explain.Said(e.Failure)}",
        JobEvent.AttemptFailed e =>
            $"Attempt {e.Attempt} ended without success because {Why(e.Reason)}: {Explain.Said(e.Failure)}",
        JobEvent.RetryScheduled e when e.DueAt <= e.At => $"It was to be tried again at once because {Why(e.Reason)}.",
        JobEvent.RetryScheduled e => $"It was to be tried again at {ReportWords.Of(e.DueAt)} because {Why(e.Reason)}.",
        JobEvent.RetryDue => "The delay before the next attempt was over.",
        JobEvent.TaskHeld e => $"It was held for an operator because {Why(e.Reason)}.",
        JobEvent.TaskIgnored e => $"It was given a default output because {Why(e.Reason)}.",
        JobEvent.TaskFailed e => $"It failed for good because {Why(e.Reason)}.",
        JobEvent.TaskSkipped { Cause: >= 0 } e => $"It was skipped because of '{NameOf(e.Cause)}'.",
        JobEvent.TaskSkipped e => $"It was skipped because {Why(e.Reason)}.",
        JobEvent.TaskCancelled e => $"It was cancelled because {Why(e.Reason)}.",
        _ => throw Unknown(fact),
    };

    /// <summary>How many of the flow's own tasks have a result that was taken over.</summary>
    private static int Owned(SubmittedJob job) =>
        job.Taken?.Tasks.Count(taken => taken.Task < job.TaskNames.Count) ?? 0;

    private static string Short(string fingerprint) => fingerprint.Length > 12 ? fingerprint[..12] : fingerprint;

    // Nothing checks what a flow that was replaced had: a journal that was changed by hand may not have the task.
    private string NameOf(int task) => task < _names.Count ? _names[task] : $"task {task}";

    private static string Count(int tasks) => ReportText.Count(tasks);

    private static string Why(Reason reason) => ReasonSentences.Of(reason);

    private static string Detail(string? detail) => detail is null ? "" : $" ({ReportText.Plain(detail)})";

    private static UnreachableException Unknown(JobEvent fact) =>
        new($"The event {fact.GetType().Name} has no arm [this is a bug in ActorFlow].");
}
