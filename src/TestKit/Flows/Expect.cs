namespace ActorFlow.TestKit;

/// <summary>Something that is to happen to a job: an event, by what a reader of its history would look for.</summary>
public sealed class Expectation
{
    private readonly Func<JobEvent, string?, bool> _isMet;
    private readonly string _text;

    internal Expectation(string text, string? task, Func<JobEvent, string?, bool> isMet) =>
        (_text, Task, _isMet) = (text, task, isMet);

    /// <summary>The name of the task that it is about; null if it is about the job.</summary>
    internal string? Task { get; }

    /// <summary>Whether an event is what is expected.</summary>
    /// <param name="fact">The event.</param>
    /// <param name="task">The name of the task that it is about; null if it is about the job.</param>
    public bool IsMetBy(JobEvent fact, string? task) => _isMet(fact, task);

    /// <summary>As a reader would say it.</summary>
    public override string ToString() => _text;
}

/// <summary>
/// What may be expected of a job. Task names are matched without regard to case; those that are added as it runs have
/// names like <c>m[2]</c> or <c>nested.inner.a</c>.
/// </summary>
public static class Expect
{
    /// <summary>An attempt of a task begins.</summary>
    /// <param name="task">The task's name.</param>
    /// <param name="attempt">Which attempt, from 1; any if null.</param>
    public static Expectation Started(string task, int? attempt = null) =>
        Of<JobEvent.TaskStarted>(task, $"starts{Attempt(attempt)}", e => attempt is null || e.Attempt == attempt);

    /// <summary>A task has its output.</summary>
    public static Expectation Succeeded(string task) => Of<JobEvent.TaskSucceeded>(task, "succeeds");

    /// <summary>A task adds others to its job.</summary>
    public static Expectation Expanded(string task) => Of<JobEvent.TaskExpanded>(task, "adds to its job");

    /// <summary>A running attempt goes on: what it has added to its job, and waited for, has ended.</summary>
    public static Expectation Continued(string task) => Of<JobEvent.TaskContinued>(task, "goes on");

    /// <summary>A task takes its output from where it was already, and its code does not run.</summary>
    /// <param name="task">The task's name.</param>
    /// <param name="source">From where; from anywhere if null.</param>
    public static Expectation Reused(string task, ReuseSource? source = null) => Of<JobEvent.AttemptNoted>(
        task, "has its output already",
        e => e.Notes.Reused is { } reused && (source is null || reused.Source == source));

    /// <summary>An attempt of a task ends without success; whether the task does, its policy decides.</summary>
    /// <param name="task">The task's name.</param>
    /// <param name="attempt">Which attempt, from 1; any if null.</param>
    public static Expectation AttemptFailed(string task, int? attempt = null) => Of<JobEvent.AttemptFailed>(
        task, $"fails an attempt{Attempt(attempt)}", e => attempt is null || e.Attempt == attempt);

    /// <summary>A task is to be tried again.</summary>
    public static Expectation Retried(string task) => Of<JobEvent.RetryScheduled>(task, "is to be tried again");

    /// <summary>A task has failed for good.</summary>
    public static Expectation Failed(string task) => Of<JobEvent.TaskFailed>(task, "fails");

    /// <summary>A task cannot run any more.</summary>
    public static Expectation Skipped(string task) => Of<JobEvent.TaskSkipped>(task, "is skipped");

    /// <summary>A task has failed, and the job goes on with a default output.</summary>
    public static Expectation Ignored(string task) => Of<JobEvent.TaskIgnored>(task, "is ignored");

    /// <summary>A task waits for an operator.</summary>
    public static Expectation Held(string task) => Of<JobEvent.TaskHeld>(task, "is held");

    /// <summary>A task is not to run any more because the job ends.</summary>
    public static Expectation Cancelled(string task) => Of<JobEvent.TaskCancelled>(task, "is cancelled");

    /// <summary>An attempt of a task notes a marker.</summary>
    /// <param name="task">The task's name.</param>
    /// <param name="message">A part of what the marker says; any marker if null.</param>
    /// <param name="severity">How grave it is; any if null.</param>
    public static Expectation Marked(string task, string? message = null, Severity? severity = null) =>
        Of<JobEvent.TaskMarked>(task, $"notes {severity?.ToString() ?? "a marker"}{Saying(message)}", e =>
            e.Markers.Any(marker => (severity is null || marker.Severity == severity)
                && (message is null || marker.Message.Contains(message, StringComparison.Ordinal))));

    /// <summary>An attempt is asked to stop.</summary>
    public static Expectation Stopping(string task) => Of<JobEvent.AttemptStopping>(task, "is asked to stop");

    /// <summary>An attempt did not heed the request to stop, and nobody waits for it any more.</summary>
    public static Expectation Abandoned(string task) => Of<JobEvent.AttemptAbandoned>(task, "is abandoned");

    /// <summary>The job has ended.</summary>
    /// <param name="outcome">How; however if null.</param>
    public static Expectation Ended(JobPhase? outcome = null) => new(
        outcome is null ? "the job ends" : $"the job ends as {outcome}", null,
        (fact, _) => fact is JobEvent.JobEnded e && (outcome is null || e.Outcome == outcome));

    private static Expectation Of<T>(string task, string verb, Func<T, bool>? isMet = null) where T : JobEvent
    {
        ArgumentException.ThrowIfNullOrEmpty(task);
        return new Expectation($"'{task}' {verb}", task, (fact, name) =>
            fact is T e && string.Equals(name, task, StringComparison.OrdinalIgnoreCase) && isMet?.Invoke(e) != false);
    }

    private static string Saying(string? message) => message is null ? "" : $" '{message}'";

    private static string Attempt(int? attempt)
    {
        if (attempt is not { } number) return "";
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1, nameof(attempt));
        return $" {number}";
    }
}
