using System.Text;
using ActorFlow.Engine;

namespace ActorFlow;

/// <summary>Lays a report out as plain text: what went wrong comes first.</summary>
internal static class ReportText
{
    private const int MinStatusWidth = 10;
    private const int MaxNameWidth = 60;
    private const int MaxListed = 10;
    private const int MaxMessage = 500;

    // The order in which phases are listed: the worst first, then what goes on, then what is fine.
    private static readonly TaskPhase[] Ranking =
    [
        TaskPhase.Failed, TaskPhase.Held, TaskPhase.BackingOff, TaskPhase.Stopping, TaskPhase.Running,
        TaskPhase.Expanded, TaskPhase.Ready,
        TaskPhase.Cancelled, TaskPhase.Skipped, TaskPhase.Waiting, TaskPhase.Succeeded,
    ];

    public static string Headline(JobReport report)
    {
        var line = $"Job '{report.Job}' of flow '{report.Flow}' ";
        line += report.Standing switch
        {
            JobStanding.Held => "is held: tasks wait for an operator",
            JobStanding.Interrupted => "was interrupted: no process runs it",
            JobStanding.Unfinished => "is unfinished",
            _ => Phase(report),
        };
        if (report.Elapsed is { } elapsed) line += $" after {ReportWords.Of(elapsed)}";
        if (report.NothingToDo && !(report.Whole ?? report).Succeeded.Any(HasRun)) line += ": nothing to do";
        if (report.StopReason == Reason.None) return line + ".";
        var why = report.StopDetail ?? ReasonSentences.Of(report.StopReason);
        return $"{line}: {Plain(why)}.";
    }

    private static string Phase(JobReport report) => report.Phase switch
    {
        JobPhase.Running => "is running",
        JobPhase.Paused => "is paused",
        JobPhase.Stopping => "is stopping",
        JobPhase.TimedOut => "timed out",
        JobPhase.Cancelled => "was cancelled",
        _ => report.Status,
    };

    // A task that adds others takes its steps in any case; it is for those to say whether they had anything to do.
    private static bool HasRun(TaskReport task) => task is { Reused: null, StartedAt: not null, Steps: 0 };

    public static string Of(JobReport report, int mostTasks)
    {
        var text = new StringBuilder();
        text.AppendLine(Headline(report));
        if (report.ForkedFrom is { } origin)
            text.AppendLine($"It is a fork of job '{origin.Job}', from task '{Plain(origin.Task)}' on.");
        if (report.FlowReplacedAt is { } at) text.AppendLine($"Its flow was replaced at {ReportWords.Of(at)}.");
        text.AppendLine();
        AppendTable(text, report, mostTasks);
        text.AppendLine().AppendLine(Counts(report));
        if (report.CriticalPath.Count > 0) text.AppendLine($"Critical path: {Chain(report.CriticalPath)}");
        if (report.AbandonedAttempts > 0)
            text.AppendLine($"Abandoned attempts: {report.AbandonedAttempts} did not stop when they were asked to.");
        ReportNotes.Append(text, report);
        return text.Replace("\r\n", "\n").ToString();
    }

    private static void AppendTable(StringBuilder text, JobReport report, int mostTasks)
    {
        var rows = Rows(report, Math.Max(mostTasks, 0));
        if (rows.Count > 0)
        {
            var widths = (
                Math.Max(rows.Max(row => row.Status.Length), MinStatusWidth),
                Math.Clamp(rows.Max(row => row.Name.Length), "TASK".Length, MaxNameWidth),
                Math.Max(rows.Max(row => Attempts(row).Length), "ATTEMPTS".Length));
            AppendRow(text, widths, "STATUS", "TASK", "ATTEMPTS", "ELAPSED", "WHY");
            foreach (var row in rows) AppendTask(text, widths, row, report);
        }

        if (rows.Count < report.Tasks.Count) text.AppendLine($"… and {More(report.Tasks.Count - rows.Count)}.");
    }

    // One pass per phase over the phases alone: entries are made only for the rows that are shown.
    internal static List<TaskReport> Rows(JobReport report, int most)
    {
        var rows = new List<TaskReport>();
        foreach (var phase in Ranking)
        {
            if (rows.Count == most) break;
            rows.AddRange(report.In(phase).Take(most - rows.Count));
        }

        return rows;
    }

    private static void AppendTask(
        StringBuilder text, (int Status, int Name, int Attempts) widths, TaskReport task, JobReport report)
    {
        var elapsed = task.StartedAt is null || task.Elapsed is null ? "-" : ReportWords.Of(task.Elapsed.Value);
        AppendRow(text, widths, task.Status, Plain(task.Name), Attempts(task), elapsed, Noted(task, report));
        if (task.Error?.DownstreamImpact is { Count: > 0 } impact)
            AppendRow(text, widths, "", "", "", "", $"skipped because of it: {List(impact)}");
        foreach (var trace in task.Error?.Traces.Take(MaxListed) ?? [])
            AppendRow(text, widths, "", "", "", "", Plain($"{trace.Name} = {trace.Value}"));
    }

    // The number is that of the last attempt wherever attempts are told of: the rest says which were no retries.
    private static string Attempts(TaskReport task)
    {
        var (steps, lost) = (task.Steps == 1 ? "1 step" : $"{task.Steps} steps", $"{task.Lost} lost");
        return (task.Steps, task.Lost) switch
        {
            (0, 0) => $"{task.Attempts}",
            (0, _) => $"{task.Attempts} ({lost})",
            (_, 0) => $"{task.Attempts} ({steps})",
            _ => $"{task.Attempts} ({steps}, {lost})",
        };
    }

    private static string Noted(TaskReport task, JobReport report)
    {
        var isGone = report.Standing == JobStanding.Interrupted
            && task.Phase is TaskPhase.Running or TaskPhase.Stopping;
        var why = isGone ? "its process is gone" : IsPaused(task, report) ? "the job is paused" : Why(task);
        if (task.TakenFrom is not { } from) return why;
        var taken = from == report.Job ? "kept" : $"shared from {from}";
        return why.Length == 0 ? taken : $"{taken}; {why}";
    }

    /// <summary>Whether a task would start at once if the job were not paused.</summary>
    internal static bool IsPaused(TaskReport task, JobReport report) =>
        task.Phase == TaskPhase.Ready && report.Phase == JobPhase.Paused;

    private static string Why(TaskReport task)
    {
        if (task.Error is { } error)
        {
            var why = Plain(Said(error.Type, error.Message));
            return task.Phase == TaskPhase.Succeeded ? $"went on with a default output after {why}" : why;
        }

        if (task.SkippedBecause is { } cause)
            return task.Reason == Reason.UpstreamNotSucceeded ? $"because of {cause}" : $"because {cause}";
        if (task.Reused is { } reused) return NoteSentences.Of(reused);
        return task.Reason == Reason.None ? "" : ReasonSentences.Of(task.Reason);
    }

    private static void AppendRow(
        StringBuilder text, (int Status, int Name, int Attempts) widths, string status, string name, string attempts,
        string elapsed, string why)
    {
        var (padded, tries) = (name.PadRight(widths.Name), attempts.PadRight(widths.Attempts));
        var row = $"{status.PadRight(widths.Status)} {padded}  {tries}  {elapsed,-10}  {why}";
        text.AppendLine(row.TrimEnd());
    }

    private static string Counts(JobReport report)
    {
        var counts = report.Counts;
        var open = report.Tasks.Count - counts.Succeeded - counts.Failed - counts.Skipped - counts.Cancelled;
        var line = $"{Count(report.Tasks.Count)}: {counts.Succeeded} succeeded, {counts.Failed} failed, "
            + $"{counts.Skipped} skipped, {counts.Cancelled} cancelled";
        return open > 0 ? $"{line}, {open} not ended" : line;
    }

    private static string Chain(IReadOnlyList<string> path) => path.Count <= 2 * MaxListed
        ? string.Join(" -> ", path)
        : $"{string.Join(" -> ", path.Take(MaxListed))} -> … ({path.Count - (2 * MaxListed)} more) -> "
            + string.Join(" -> ", path.Skip(path.Count - MaxListed));

    /// <summary>"1 task", "2 tasks".</summary>
    internal static string Count(int tasks) => tasks == 1 ? "1 task" : $"{tasks} tasks";

    /// <summary>"1 more task", "2 more tasks".</summary>
    internal static string More(int tasks) => tasks == 1 ? "1 more task" : $"{tasks} more tasks";

    /// <summary>A failure in words: what ActorFlow itself finds is a sentence, whose type says nothing more.</summary>
    internal static string Said(string type, string message) =>
        type is Failure.TimeoutType or Failure.CancelledType || type.StartsWith("ActorFlow.", StringComparison.Ordinal)
            ? message.Length > 0 ? message : type
            : $"{type}: {message}";

    internal static string List(IReadOnlyList<string> names) => names.Count <= MaxListed
        ? string.Join(", ", names)
        : $"{string.Join(", ", names.Take(MaxListed))} and {names.Count - MaxListed} more";

    /// <summary>Text from user code on one line, cut if too long, without what a terminal would obey.</summary>
    internal static string Plain(string text)
    {
        var cut = CutText.To(MaxMessage, text);
        if (!cut.Any(char.IsControl)) return cut;
        var words = string.Concat(cut.Select(c => char.IsControl(c) ? ' ' : c));
        return string.Join(' ', words.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
