using ActorFlow.Engine;

namespace ActorFlow;

/// <summary>Answers "why?" from a job's state and events alone.</summary>
public static partial class Explain
{
    private const int MaxListed = 10;

    /// <summary>Why the job stands where it does, and what has happened to it as a whole.</summary>
    /// <param name="state">The job.</param>
    /// <param name="events">Its events in order, as far as they are known.</param>
    /// <param name="standing">What is known of it besides: whether a process runs it, no state can tell.</param>
    public static WhyExplanation Job(
        JobState state, IReadOnlyList<JobEvent> events, JobStanding standing = JobStanding.AsItsPhase)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(events);
        var report = JobReport.Of(state, standing);
        List<string> lines = [ReportText.Headline(report)];
        if (!state.Phase.HasEnded()) AddOpen(lines, state, report.Standing);
        AddFailures(lines, report);
        lines.Add("");
        var story = new TaskStory(state.Graph);
        foreach (var fact in events)
            if (JobEvents.TaskOf(fact) < 0) lines.Add(story.Tell(fact));

        AddLosses(lines, state, events);
        return new WhyExplanation(report.Job.Value, report.Status, report.StopReason, lines);
    }

    /// <summary>Why a task stands where it does, and all that has happened to it.</summary>
    /// <param name="state">The job.</param>
    /// <param name="events">The job's events in order, as far as they are known; other tasks' are left out.</param>
    /// <param name="task">The task's number.</param>
    /// <param name="standing">What is known of the job besides: whether a process runs it, no state can tell.</param>
    public static WhyExplanation Task(
        JobState state, IReadOnlyList<JobEvent> events, int task, JobStanding standing = JobStanding.AsItsPhase)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(events);
        ArgumentOutOfRangeException.ThrowIfNegative(task);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(task, state.Graph.Count);
        List<string> lines = [$"Task '{state.Graph[task].Name}' {Standing(state, task, standing)}"];
        if (RunsAgain(state, events, task) is { } again) lines.Add(again);
        var story = new TaskStory(state.Graph).Of(task, events);
        if (story.Count > 0) lines.AddRange(["", .. story]);
        return new WhyExplanation(
            state.Graph[task].Name, ReportWords.Of(state.PhaseOf(task)), state.ReasonOf(task), lines);
    }

    private static void AddOpen(List<string> lines, JobState state, JobStanding standing)
    {
        if (state.Phase == JobPhase.Paused) lines.Add("Nothing new starts until it is continued.");
        Add(standing == JobStanding.Interrupted ? "Running when the process ended" : "Running", TaskPhase.Running);
        Add("Waiting for tasks that they added", TaskPhase.Expanded);
        Add("Asked to stop", TaskPhase.Stopping);
        Add("Ready, waiting for a slot", TaskPhase.Ready);
        Add("Backing off", TaskPhase.BackingOff);
        Add("Waiting for an operator", TaskPhase.Held);
        if (state.CountOf(TaskPhase.Waiting) > 0) AddWaiting(lines, state);

        void Add(string what, TaskPhase phase)
        {
            if (state.CountOf(phase) == 0) return;
            var names = Enumerable.Range(0, state.Graph.Count).Where(t => state.PhaseOf(t) == phase)
                .Take(MaxListed).Select(t => Described(state, t));
            var more = state.CountOf(phase) > MaxListed ? $" and {state.CountOf(phase) - MaxListed} more" : "";
            lines.Add($"{what}: {string.Join(", ", names)}{more}.");
        }
    }

    private static void AddWaiting(List<string> lines, JobState state)
    {
        var inTurn = Enumerable.Range(0, state.Graph.Count)
            .Count(task => state.PhaseOf(task) == TaskPhase.Waiting && state.ReasonOf(task) == Reason.NoTurn);
        var waiting = state.CountOf(TaskPhase.Waiting) - inTurn;
        if (waiting > 0) lines.Add($"Waiting for upstream tasks: {waiting}.");
        if (inTurn > 0) lines.Add($"Waiting their turn among those that were added with them: {inTurn}.");
    }

    private static string Described(JobState state, int task) => state.DueAtOf(task) is { } due
        ? $"{state.Graph[task].Name} until {ReportWords.Of(due)}"
        : state.Graph[task].Name;

    private static void AddFailures(List<string> lines, JobReport report)
    {
        foreach (var task in report.Failed.Take(MaxListed))
        {
            var impact = task.Error?.DownstreamImpact ?? [];
            lines.Add($"Task '{task.Name}' failed because {ReasonSentences.Of(task.Reason)}"
                + (task.Error is { } error ? $": {Said(error.Type, error.Message)}" : "")
                + (impact.Count > 0 ? $" Skipped because of it: {ReportText.List(impact)}." : ""));
        }

        var more = report.Counts.Failed - MaxListed;
        if (more > 0) lines.Add($"And {ReportText.More(more)} failed.");
    }

    private static void AddLosses(List<string> lines, JobState state, IReadOnlyList<JobEvent> events)
    {
        List<string> names = [.. state.Graph.TaskNames];
        var lost = new HashSet<string>(StringComparer.Ordinal);
        foreach (var fact in events)
        {
            JobEvents.Follow(fact, names);
            if (fact is JobEvent.AttemptFailed { Reason: Reason.AttemptLost } e && e.Task < names.Count)
                lost.Add(names[e.Task]);
        }

        if (lost.Count > 0) lines.Add($"Attempts were lost to crashes, and ran again: {ReportText.List([.. lost])}.");
    }

    /// <summary>A failure in a sentence.</summary>
    internal static string Said(Failure failure) => Said(failure.Type, failure.Message);

    private static string Said(string type, string message)
    {
        var text = ReportText.Plain(ReportText.Said(type, message));
        return text.Length > 0 && text[^1] is '.' or '!' or '?' or '…' ? text : text + ".";
    }
}
