using System.Text.Json;
using ActorFlow.Journal;

namespace ActorFlow.Cli;

/// <summary>Events, for people and for programs: a line or an object each.</summary>
internal static class EventLines
{
    public static void WriteText(TextWriter output, ArchivedJob job)
    {
        var (version, names) = (0L, new List<string>());
        foreach (var fact in job.Events)
        {
            JobEvents.Follow(fact, names);
            output.WriteLine(Line(++version, fact, names));
        }
    }

    public static string Line(long version, JobEvent fact, IReadOnlyList<string> names)
    {
        var task = JobEvents.TaskOf(fact);
        var subject = task >= 0 ? $"  {NameOf(task, names)}" : "";
        return $"{version,6}  {fact.At.UtcDateTime:O}  {EventTags.NameOf(EventTags.Of(fact)),-20}{subject}"
            + Details(fact, names);
    }

    public static void WriteJson(Utf8JsonWriter writer, ArchivedJob job)
    {
        writer.WriteStartArray();
        var (version, names) = (0L, new List<string>());
        foreach (var fact in job.Events)
        {
            JobEvents.Follow(fact, names);
            WriteJson(writer, ++version, fact, names);
        }
        writer.WriteEndArray();
    }

    public static void WriteJson(Utf8JsonWriter writer, long version, JobEvent fact, IReadOnlyList<string> names)
    {
        var task = JobEvents.TaskOf(fact);
        writer.WriteStartObject();
        writer.WriteNumber("version", version);
        writer.WriteString("at", fact.At.UtcDateTime.ToString("O"));
        writer.WriteString("event", EventTags.NameOf(EventTags.Of(fact)));
        if (task >= 0) writer.WriteString("task", NameOf(task, names));
        if (AttemptOf(fact) is { } attempt) writer.WriteNumber("attempt", attempt);
        if (Details(fact, names).Trim() is { Length: > 0 } details) writer.WriteString("details", details);
        writer.WriteEndObject();
    }

    // In a damaged journal the event that has the names may be missing.
    private static string NameOf(int task, IReadOnlyList<string> names) =>
        task < names.Count ? names[task] : $"(task number {task})";

    private static int? AttemptOf(JobEvent fact) => fact switch
    {
        JobEvent.TaskStarted e => e.Attempt,
        JobEvent.TaskSucceeded e => e.Attempt,
        JobEvent.TaskExpanded e => e.Attempt,
        JobEvent.TaskAwaits e => e.Attempt,
        JobEvent.TaskContinued e => e.Attempt,
        JobEvent.AttemptNoted e => e.Attempt,
        JobEvent.AttemptStopping e => e.Attempt,
        JobEvent.AttemptAbandoned e => e.Attempt,
        JobEvent.AttemptFailed e => e.Attempt,
        JobEvent.TaskMarked e => e.Attempt,
        JobEvent.TaskKept e => e.Kept.Attempt,
        _ => null,
    };

    private static string Details(JobEvent fact, IReadOnlyList<string> names) => fact switch
    {
        JobEvent.TaskStarted e => $"  attempt {e.Attempt}",
        JobEvent.TaskSucceeded e => $"  attempt {e.Attempt}  {PlainText.OneLine(e.Output.ToString())}",
        JobEvent.TaskExpanded e =>
            $"  attempt {e.Attempt}  {PlainText.Count(e.TaskNames.Count, "task")}{Shown(e.TaskNames)}",
        JobEvent.TaskAwaits e => $"  attempt {e.Attempt}",
        JobEvent.TaskContinued e => $"  attempt {e.Attempt}",
        JobEvent.AttemptNoted e => $"  attempt {e.Attempt}{Notes(e.Notes)}",
        JobEvent.AttemptStopping e => $"  attempt {e.Attempt}  {Words(e.Reason)}",
        JobEvent.AttemptAbandoned e => $"  attempt {e.Attempt}",
        JobEvent.AttemptFailed e =>
            $"  attempt {e.Attempt}  {Said(e.Reason, e.Failure)}",
        JobEvent.TaskMarked e =>
            $"  attempt {e.Attempt}  {string.Join("; ", e.Markers.Select(m => PlainText.OneLine(m.ToString())))}",
        JobEvent.TaskKept e => $"  attempt {e.Kept.Attempt}  {PlainText.OneLine(e.Kept.Directory)}",
        JobEvent.RetryScheduled e => $"  due {e.DueAt.UtcDateTime:O}  {Words(e.Reason)}",
        JobEvent.TaskHeld e => $"  {Words(e.Reason)}",
        JobEvent.TaskIgnored e => $"  {Words(e.Reason)}  {PlainText.OneLine(e.Output.ToString())}",
        JobEvent.TaskFailed e =>
            $"  {Said(e.Reason, e.Failure)}",
        JobEvent.TaskSkipped e =>
            $"  {Words(e.Reason)}{(e.Cause < 0 ? "" : $": {NameOf(e.Cause, names)}")}",
        JobEvent.TaskCancelled e => $"  {Words(e.Reason)}",
        JobEvent.JobSubmitted e => Begun(e.Job),
        JobEvent.FlowReplaced e => Begun(e.Job),
        JobEvent.JobStopping e =>
            $"  {Words(e.Reason)}{(e.Detail is null ? "" : $": {PlainText.OneLine(e.Detail)}")}",
        JobEvent.JobEnded e => $"  {PlainText.Hyphenated(e.Outcome.ToString())}",
        _ => "",
    };

    // The failure of an attempt that was only to stop begins with the reason.
    private static string Said(Reason reason, Failure failure)
    {
        var said = PlainText.OneLine(failure.Describe());
        return failure.Type == Failure.CancelledType && reason != Reason.AttemptThrew
            ? said
            : $"{Words(reason)}: {said}";
    }

    private static string Begun(SubmittedJob job)
    {
        var fork = job.ForkedFrom is { } origin ? $", fork of {origin.Job} from {origin.Task}" : "";
        var taken = job.Taken is { } results ? $", {PlainText.Count(results.Tasks.Count, "result")} taken over" : "";
        return $"  flow {job.FlowName}, {PlainText.Count(job.TaskNames.Count, "task")}{fork}{taken}";
    }

    private static string Shown(IReadOnlyList<string> names)
    {
        const int Most = 5;
        if (names.Count == 0) return "";
        return $": {string.Join(", ", names.Take(Most))}{(names.Count > Most ? ", …" : "")}";
    }

    private static string Notes(AttemptNotes notes)
    {
        var reused = notes.Reused is { } there ? $"  {PlainText.Words(there.Source.ToString())}: {there.Key}" : "";
        var saved = notes.Saved.Count > 0 ? $"  saved {PlainText.OneLine(string.Join(", ", notes.Saved))}" : "";
        return $"{reused}{(notes.IsUnchanged ? "  unchanged" : "")}{saved}";
    }

    private static string Words(Reason reason) => PlainText.Words(reason.ToString());
}
