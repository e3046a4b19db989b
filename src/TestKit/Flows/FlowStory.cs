using System.Globalization;
using System.Text;

namespace ActorFlow.TestKit;

/// <summary>The history of a job as lines for a person, and what is missing in it.</summary>
internal static class FlowStory
{
    public static string? TaskOf(IReadOnlyList<string> names, JobEvent fact) =>
        JobEvents.TaskOf(fact) is >= 0 and var task ? names[task] : null;

    /// <summary>One line an event, with the time since the first.</summary>
    public static string Of(IReadOnlyList<JobEvent> events, Func<int, string>? mark = null)
    {
        var names = JobEvents.TaskNamesOf(events);
        var text = new StringBuilder();
        for (var i = 0; i < events.Count; i++)
        {
            if (mark is not null) text.Append(mark(i)).Append(' ');
            text.Append((events[i].At - events[0].At).ToString("c", CultureInfo.InvariantCulture)).Append("  ")
                .AppendLine(Line(names, events[i]));
        }

        return text.ToString();
    }

    /// <summary>Requires that some things are there in their order.</summary>
    public static void Require(IReadOnlyList<JobEvent> events, IReadOnlyList<Expectation> expected)
    {
        var names = JobEvents.TaskNamesOf(events);
        var met = new Dictionary<int, Expectation>();
        var next = 0;
        for (var i = 0; i < events.Count && next < expected.Count; i++)
            if (expected[next].IsMetBy(events[i], TaskOf(names, events[i]))) met.Add(i, expected[next++]);
        if (next == expected.Count) return;
        var came = met.Count == 0 ? 0 : met.Keys.Max() + 1;
        var earlier = Enumerable.Range(0, came).Any(i => expected[next].IsMetBy(events[i], TaskOf(names, events[i])));
        throw new FlowTestException(
            $"It was expected that {expected[next]}{(next == 0 ? "" : $", after {expected[next - 1]}")}. "
            + (earlier ? "It happened before that only" : "It did not happen")
            + ".\nWhat happened, with what was expected and came marked by '->':\n"
            + Of(events, mark: i => met.ContainsKey(i) ? "->" : "  ")
            + string.Concat(expected.Skip(next).Select(missing => $"?? {missing}\n")));
    }

    /// <summary>One event.</summary>
    public static string Line(IReadOnlyList<string> names, JobEvent fact)
    {
        var task = TaskOf(names, fact) is { } name ? $"'{name}' " : "";
        return task + fact switch
        {
            JobEvent.TaskStarted e => $"attempt {e.Attempt} starts",
            JobEvent.TaskSucceeded e => $"succeeds with {Short(e.Output)}",
            JobEvent.TaskExpanded e => $"attempt {e.Attempt} {Added(e)}",
            JobEvent.TaskAwaits e => $"attempt {e.Attempt} waits for what was added before",
            JobEvent.TaskContinued e => $"attempt {e.Attempt} goes on",
            JobEvent.AttemptNoted { Notes.Reused: { } reused } =>
                reused.Source == ReuseSource.Cache ? "is taken from the cache" : "is up to date",
            JobEvent.AttemptNoted { Notes.Saved: { Count: > 0 } saved } => $"saves {string.Join(", ", saved)}",
            JobEvent.AttemptNoted => "notes its state",
            JobEvent.AttemptFailed e => $"attempt {e.Attempt} fails: {e.Failure.Type}: {e.Failure.Message}",
            JobEvent.TaskMarked e => $"attempt {e.Attempt} notes {string.Join("; ", e.Markers)}",
            JobEvent.TaskKept e => $"attempt {e.Kept.Attempt} keeps {e.Kept.Directory}",
            JobEvent.AttemptStopping e => $"attempt {e.Attempt} is asked to stop: {e.Reason}",
            JobEvent.AttemptAbandoned e => $"attempt {e.Attempt} is abandoned",
            JobEvent.RetryScheduled e => $"is to be tried again at {e.DueAt.UtcDateTime:u}",
            JobEvent.RetryDue => "is due again",
            JobEvent.TaskHeld => "is held for an operator",
            JobEvent.TaskIgnored e => $"is ignored: {Short(e.Output)} stands in",
            JobEvent.TaskFailed e => $"fails: {e.Reason}",
            JobEvent.TaskSkipped { Cause: >= 0 } e => $"is skipped because of '{names[e.Cause]}'",
            JobEvent.TaskSkipped e => $"is skipped: {e.Reason}",
            JobEvent.TaskCancelled e => $"is cancelled: {e.Reason}",
            JobEvent.JobSubmitted => "the job is submitted",
            JobEvent.FlowReplaced => "the job goes on with another flow",
            JobEvent.JobPaused => "the job is paused",
            JobEvent.JobContinued => "the job goes on",
            JobEvent.JobStopping e => $"the job is to end as {e.Outcome}: {e.Detail ?? $"{e.Reason}"}",
            JobEvent.JobEnded e => $"the job ends as {e.Outcome}",
            JobEvent.JobReopened => "the job is opened again",
            _ => fact.GetType().Name,
        };
    }

    private static string Added(JobEvent.TaskExpanded e)
    {
        const int Shown = 5;
        var named = string.Join(", ", e.TaskNames.Take(Shown).Select(name => $"'{name}'"));
        var more = e.TaskNames.Count > Shown ? $" and {e.TaskNames.Count - Shown} more" : "";
        var waits = e.Expansion.Key is { } key ? $", and waits for '{key}'" : "";
        return $"adds {(e.TaskNames.Count == 0 ? "nothing" : named)}{more}{waits}";
    }

    private static string Short(Payload payload)
    {
        var text = payload.ToString();
        return text.Length <= 60 ? text : text[..57] + "...";
    }
}
