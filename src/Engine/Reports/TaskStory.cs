using System.Diagnostics;
using ActorFlow.Engine;

namespace ActorFlow;

/// <summary>Tells events as plain sentences, each with its time.</summary>
internal sealed class TaskStory(JobGraph graph)
{
    /// <summary>The story of one task, with the retries of its job that concern it.</summary>
    public List<string> Of(int task, IReadOnlyList<JobEvent> events)
    {
        var lines = new List<string>();
        var isRetriable = false;
        foreach (var fact in events)
        {
            if (JobEvents.TaskOf(fact) == task) lines.Add(Tell(fact));
            else if (fact is JobEvent.JobReopened && isRetriable) lines.Add(Tell(fact));
            isRetriable = fact switch
            {
                JobEvent.TaskFailed e when e.Task == task => true,
                JobEvent.TaskSkipped e when e.Task == task => true,
                JobEvent.TaskCancelled e when e.Task == task => true,
                JobEvent.JobReopened => false,
                _ => isRetriable,
            };
        }

        return lines;
    }

    /// <summary>One event as a sentence.</summary>
    public string Tell(JobEvent fact) => $"{ReportWords.Of(fact.At)}  {Sentence(fact)}";

    private string Sentence(JobEvent fact) => fact switch
    {
        JobEvent.JobSubmitted e => $"The job was submitted with {e.Job.TaskNames.Count} tasks.",
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
        JobEvent.AttemptFailed e =>
            $"Attempt {e.Attempt} ended without success because {Why(e.Reason)}: {Explain.Said(e.Failure)}",
        JobEvent.RetryScheduled e when e.DueAt <= e.At => $"It was to be tried again at once because {Why(e.Reason)}.",
        JobEvent.RetryScheduled e => $"It was to be tried again at {ReportWords.Of(e.DueAt)} because {Why(e.Reason)}.",
        JobEvent.RetryDue => "The delay before the next attempt was over.",
        JobEvent.TaskHeld e => $"It was held for an operator because {Why(e.Reason)}.",
        JobEvent.TaskIgnored e => $"It was given a default output because {Why(e.Reason)}.",
        JobEvent.TaskFailed e => $"It failed for good because {Why(e.Reason)}.",
        JobEvent.TaskSkipped { Cause: >= 0 } e => $"It was skipped because of '{graph[e.Cause].Name}'.",
        JobEvent.TaskSkipped e => $"It was skipped because {Why(e.Reason)}.",
        JobEvent.TaskCancelled e => $"It was cancelled because {Why(e.Reason)}.",
        _ => throw Unknown(fact),
    };

    private static string Count(int tasks) => tasks == 1 ? "1 task" : $"{tasks} tasks";

    private static string Why(Reason reason) => ReasonSentences.Of(reason);

    private static string Detail(string? detail) => detail is null ? "" : $" ({ReportText.Plain(detail)})";

    private static UnreachableException Unknown(JobEvent fact) =>
        new($"The event {fact.GetType().Name} has no arm [this is a bug in ActorFlow].");
}
