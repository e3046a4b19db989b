using System.Text;

namespace ActorFlow;

/// <summary>Lays a report out as plain text: what went wrong comes first.</summary>
internal static class ReportText
{
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
        line += report.Phase switch
        {
            JobPhase.Running => "is running",
            JobPhase.Paused => "is paused",
            JobPhase.Stopping => "is stopping",
            JobPhase.TimedOut => "timed out",
            JobPhase.Cancelled => "was cancelled",
            _ => report.Status,
        };
        if (report.Elapsed is { } elapsed) line += $" after {ReportWords.Of(elapsed)}";
        if (report.NothingToDo) line += ": nothing to do";
        if (report.StopReason == Reason.None) return line + ".";
        var why = report.StopDetail ?? ReasonSentences.Of(report.StopReason);
        return $"{line}: {Plain(why)}.";
    }

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
            var width = Math.Clamp(rows.Max(r => r.Name.Length), "TASK".Length, MaxNameWidth);
            AppendRow(text, width, "STATUS", "TASK", "ATTEMPTS", "ELAPSED", "WHY");
            foreach (var row in rows) AppendTask(text, width, row, report.Job);
        }

        if (rows.Count < report.Tasks.Count) text.AppendLine($"… and {report.Tasks.Count - rows.Count} more tasks.");
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

    private static void AppendTask(StringBuilder text, int width, TaskReport task, JobId job)
    {
        var elapsed = task.StartedAt is null || task.Elapsed is null ? "-" : ReportWords.Of(task.Elapsed.Value);
        var attempts = task.Lost > 0 ? $"{task.Attempts} ({task.Lost} lost)" : $"{task.Attempts}";
        AppendRow(text, width, task.Status, Plain(task.Name), attempts, elapsed, Noted(task, job));
        if (task.Error?.DownstreamImpact is { Count: > 0 } impact)
            AppendRow(text, width, "", "", "", "", $"skipped because of it: {List(impact)}");
        foreach (var trace in task.Error?.Traces.Take(MaxListed) ?? [])
            AppendRow(text, width, "", "", "", "", Plain($"{trace.Name} = {trace.Value}"));
    }

    private static string Noted(TaskReport task, JobId job)
    {
        var why = Why(task);
        if (task.TakenFrom is not { } from) return why;
        var taken = from == job ? "kept" : $"shared from {from}";
        return why.Length == 0 ? taken : $"{taken}; {why}";
    }

    private static string Why(TaskReport task)
    {
        if (task.Error is { } error)
        {
            var why = Plain($"{error.Type}: {error.Message}");
            return task.Phase == TaskPhase.Succeeded ? $"went on with a default output after {why}" : why;
        }

        if (task.SkippedBecause is { } cause)
            return task.Reason == Reason.UpstreamNotSucceeded ? $"because of {cause}" : $"because {cause}";
        if (task.Reused is { } reused) return NoteSentences.Of(reused);
        return task.Reason == Reason.None ? "" : ReasonSentences.Of(task.Reason);
    }

    private static void AppendRow(
        StringBuilder text, int width, string status, string name, string attempts, string elapsed, string why)
    {
        var row = $"{status,-10} {name.PadRight(width)}  {attempts,-8}  {elapsed,-10}  {why}";
        text.AppendLine(row.TrimEnd());
    }

    private static string Counts(JobReport report)
    {
        var counts = report.Counts;
        var open = report.Tasks.Count - counts.Succeeded - counts.Failed - counts.Skipped - counts.Cancelled;
        var tasks = report.Tasks.Count == 1 ? "task" : "tasks";
        var line = $"{report.Tasks.Count} {tasks}: {counts.Succeeded} succeeded, {counts.Failed} failed, "
            + $"{counts.Skipped} skipped, {counts.Cancelled} cancelled";
        return open > 0 ? $"{line}, {open} not ended" : line;
    }

    private static string Chain(IReadOnlyList<string> path) => path.Count <= 2 * MaxListed
        ? string.Join(" -> ", path)
        : $"{string.Join(" -> ", path.Take(MaxListed))} -> … ({path.Count - (2 * MaxListed)} more) -> "
            + string.Join(" -> ", path.Skip(path.Count - MaxListed));

    internal static string List(IReadOnlyList<string> names) => names.Count <= MaxListed
        ? string.Join(", ", names)
        : $"{string.Join(", ", names.Take(MaxListed))} and {names.Count - MaxListed} more";

    /// <summary>Text from user code on one line, cut if too long, without what a terminal would obey.</summary>
    internal static string Plain(string text)
    {
        var cut = text.Length > MaxMessage ? text[..MaxMessage] + "…" : text;
        if (!cut.Any(char.IsControl)) return cut;
        var words = string.Concat(cut.Select(c => char.IsControl(c) ? ' ' : c));
        return string.Join(' ', words.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
