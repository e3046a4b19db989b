using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using ActorFlow.Engine;

namespace ActorFlow;

/// <summary>Lays a report out as one HTML page that needs nothing else: failures first, then every task.</summary>
internal sealed class HtmlReport(JobReport report, HtmlStyle style)
{
    private const int MaxText = 20_000;
    private const int MaxOutput = 500;
    private const int MaxListed = 50;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly ReportTerms _terms = ReportTerms.Of(style.Language);
    private readonly StringBuilder _page = new();

    public string Write()
    {
        var language = style.Language.ToString().ToLowerInvariant();
        Line("<!DOCTYPE html>").Line($"<html lang=\"{language}\">").Line("<head>").Line("<meta charset=\"utf-8\">")
            .Line("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
            .Line($"<title>{Safe(report.Flow)}: {Safe(report.Job.Value)}</title>")
            .Line($"<style>\n{HtmlColours.Of(style.Palette).Sheet()}\n</style>").Line("</head>").Line("<body><main>");
        WriteHead();
        var failed = report.Tasks.Where(task => task.Error is not null).Take(style.MostTasks).ToList();
        if (failed.Count > 0) Line($"<h2>{Safe(_terms.Errors)}</h2>");
        foreach (var task in failed) WriteError(task, task.Error!);
        WriteTasks();
        WriteNotes();
        if (report.CriticalPath.Count > 0) Field(_terms.CriticalPath, Names(report.CriticalPath, " → "));
        return Line("</main></body>").Line("</html>")._page.ToString();
    }

    private void WriteHead()
    {
        Line($"<h1>{Safe(report.Flow)} {Badge(_terms.StatusOf(report), ClassOf(report.Phase))}</h1>");
        Field(_terms.Job, Safe(report.Job.Value));
        if (report.ForkedFrom is { } origin)
            Field(_terms.ForkOf, Safe($"{origin.Job} ({_terms.Task}: {origin.Task})"));
        if (report.FlowReplacedAt is { } at) Field(_terms.FlowReplaced, Safe(ReportWords.Of(at)));
        Field(_terms.Started, Safe(ReportWords.Of(report.StartedAt)));
        if (report.EndedAt is { } ended) Field(_terms.Ended, Safe(ReportWords.Of(ended)));
        if (report.Elapsed is { } elapsed) Field(_terms.Elapsed, Safe(ReportWords.Of(elapsed)));
        if (report.StopReason != Reason.None) Field(_terms.Why, Safe(_terms.Of(report.StopReason)));
        if (report.StopReason != Reason.None && report.StopDetail is { } detail) Line($"<p>{Safe(detail)}</p>");
        var counts = report.Counts;
        Field(_terms.Tasks, Safe(
            $"{report.Tasks.Count} ({Count(counts.Succeeded, TaskPhase.Succeeded)}, "
            + $"{Count(counts.Failed, TaskPhase.Failed)}, {Count(counts.Skipped, TaskPhase.Skipped)}, "
            + $"{Count(counts.Cancelled, TaskPhase.Cancelled)})"));
    }

    private string Count(int count, TaskPhase phase) => $"{count} {_terms.Of(phase)}";

    private void WriteError(TaskReport task, TaskError error)
    {
        Line("<section>").Line($"<h3>{Safe(task.Name)} {Badge(_terms.Of(task.Phase), ClassOf(task.Phase))}</h3>");
        if (IsStop(task)) Line($"<p>{Safe(_terms.Of(task.Reason))}</p>");
        else Line($"<p><code>{Safe(error.Type)}</code></p>").Line($"<pre>{Safe(error.Message)}</pre>");
        if (error.DownstreamImpact.Count > 0) Field(_terms.Impact, Names(error.DownstreamImpact, ", "));
        if (style.Content.ShowInputs)
            WriteValues(_terms.Inputs, error.Input.Select(input => (input.Parameter, input.Value)));
        if (style.Content.ShowTraces)
            WriteValues(_terms.Traces, error.Traces.Select(trace => (trace.Name, trace.Value)));
        if (style.Content.ShowStackTraces && error.StackTrace is { } stack)
            Line($"<p class=\"quiet\">{Safe(_terms.StackTrace)}</p>").Line($"<pre>{Safe(stack)}</pre>");
        Line("</section>");
    }

    private void WriteValues(string title, IEnumerable<(string Name, string Value)> values)
    {
        var rows = values.ToList();
        if (rows.Count == 0) return;
        Line($"<p class=\"quiet\">{Safe(title)}</p>").Line("<table>");
        foreach (var (name, value) in rows)
            Line($"<tr><th>{Safe(name)}</th><td><code>{Safe(value)}</code></td></tr>");
        Line("</table>");
    }

    private void WriteTasks()
    {
        Line($"<h2>{Safe(_terms.Tasks)}</h2>");
        var rows = ReportText.Rows(report, Math.Max(style.MostTasks, 0));
        if (rows.Count > 0)
        {
            string[] titles = [_terms.Status, _terms.Task, _terms.Attempts, _terms.Elapsed, _terms.Why];
            if (style.Content.ShowOutputs) titles = [.. titles, _terms.Output];
            Line("<table>").Line($"<tr>{string.Concat(titles.Select(title => $"<th>{Safe(title)}</th>"))}</tr>");
            foreach (var task in rows) WriteTask(task);
            Line("</table>");
        }

        var left = report.Tasks.Count - rows.Count;
        if (left > 0 || rows.Count == 0) Line($"<p class=\"quiet\">{Safe(_terms.More)}: {left}</p>");
    }

    private void WriteNotes()
    {
        var markers = ReportNotes.MarkersOf(report);
        WriteValues($"{_terms.Markers}: {markers.Count}", markers.Take(MaxListed).Select(marker =>
            (AttemptOf(marker.Task, marker.Noted.Attempt), ReportText.Plain(marker.Noted.Marker.ToString()))));
        var kept = ReportNotes.KeptIn(report);
        WriteValues($"{_terms.KeptFiles}: {kept.Sum(each => each.Kept.Files.Count + each.Kept.More)}",
            kept.Take(MaxListed).Select(each => (AttemptOf(each.Task, each.Kept.Attempt), each.Kept.Directory)));
    }

    private string AttemptOf(string task, int attempt) => $"{task} ({_terms.Attempt} {attempt})";

    private void WriteTask(TaskReport task)
    {
        var elapsed = task.StartedAt is null || task.Elapsed is null ? "–" : ReportWords.Of(task.Elapsed.Value);
        string[] parts =
        [
            .. task.Steps > 0 ? [$"{_terms.Steps}: {task.Steps}"] : (string[])[],
            .. task.Lost > 0 ? [$"{task.Lost} {_terms.Lost}"] : (string[])[],
        ];
        var attempts = parts.Length == 0 ? $"{task.Attempts}" : $"{task.Attempts} ({string.Join(", ", parts)})";
        Line($"<tr><td>{Badge(_terms.Of(task.Phase), ClassOf(task.Phase))}</td><td>{Safe(task.Name)}</td>"
            + $"<td>{Safe(attempts)}</td><td>{Safe(elapsed)}</td><td>{Safe(Noted(task))}</td>"
            + (style.Content.ShowOutputs ? $"<td><code>{Safe(Output(task))}</code></td>" : "") + "</tr>");
    }

    private string Noted(TaskReport task)
    {
        var why = Why(task);
        if (task.TakenFrom is not { } from) return why;
        var taken = from == report.Job ? _terms.KeptResult : $"{_terms.SharedFrom} {from}";
        return why.Length == 0 ? taken : $"{taken}; {why}";
    }

    /// <summary>Whether its failure only says that it was to stop: its reason says so in the language.</summary>
    private static bool IsStop(TaskReport task) =>
        task is { Phase: TaskPhase.Cancelled, Error.Type: Failure.CancelledType };

    private string Why(TaskReport task)
    {
        if (ReportText.IsPaused(task, report)) return _terms.IsPaused;
        if (task.Error is { } error && !IsStop(task))
            return ReportText.Plain(ReportText.Said(error.Type, error.Message));
        if (task.Reason == Reason.UpstreamNotSucceeded && task.SkippedBecause is { } cause)
            return $"{_terms.Because} {cause}";
        if (task.Reused is { } reused)
            return reused.Source == ReuseSource.Cache ? _terms.FromCache : _terms.UpToDate;
        return task.Reason == Reason.None ? "" : _terms.Of(task.Reason);
    }

    private static string Output(TaskReport task) =>
        task.Output is { } output ? PayloadJson.Excerpt(output, MaxOutput) : "";

    private static string ClassOf(TaskPhase phase) => phase switch
    {
        TaskPhase.Succeeded => "succeeded",
        TaskPhase.Failed => "failed",
        TaskPhase.Skipped or TaskPhase.Cancelled => "odd",
        _ => "open",
    };

    private static string ClassOf(JobPhase phase) => phase switch
    {
        JobPhase.Succeeded => "succeeded",
        JobPhase.Failed or JobPhase.TimedOut => "failed",
        JobPhase.Cancelled => "odd",
        _ => "open",
    };

    private static string Badge(string text, string kind) => $"<span class=\"badge {kind}\">{Safe(text)}</span>";

    private static string Names(IReadOnlyList<string> names, string separator)
    {
        var left = names.Count - MaxListed;
        var text = string.Join(separator, names.Take(MaxListed));
        return Safe(left > 0 ? $"{text}{separator}… (+{left})" : text);
    }

    private void Field(string name, string safe) => Line($"<p><span class=\"quiet\">{Safe(name)}:</span> {safe}</p>");

    private static string Safe(string text) => Encoder.Encode(CutText.To(MaxText, text));

    private HtmlReport Line(string html)
    {
        _page.Append(html).Append('\n');
        return this;
    }
}
