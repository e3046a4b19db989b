using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace ActorFlow.Cli;

/// <summary>
/// Waits for jobs; in a terminal with a live line for each: done, running, failed, skipped, rate, what runs now.
/// </summary>
internal static class ProgressView
{
    private const int MinId = 8;
    private const int MaxNow = 61;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether the display changes as jobs go on; details go line by line, and would tear it.</summary>
    public static bool IsLive(Terminal terminal, SessionSettings settings) =>
        terminal.IsInteractive && settings is { Quiet: false, Verbose: false };

    /// <summary>Waits until every job has ended, or waits for an operator.</summary>
    public static async Task WatchAsync(
        Terminal terminal, SessionSettings settings, IReadOnlyList<JobHandle> jobs, CancellationToken cancellationToken)
    {
        if (jobs.Count == 0) return;
        var over = Task.WhenAll(jobs.Select(job => WaitAsync(job, cancellationToken)));
        if (IsLive(terminal, settings)) await ShowAsync(jobs, over).ConfigureAwait(false);
        await over.ConfigureAwait(false);
    }

    private static async Task WaitAsync(JobHandle job, CancellationToken cancellationToken)
    {
        var ended = job.WaitAsync(cancellationToken);
        while (!ended.IsCompleted && !await job.WaitsForOperatorAsync(cancellationToken).ConfigureAwait(false))
            await Task.WhenAny(ended, Task.Delay(Interval, CancellationToken.None)).ConfigureAwait(false);
        if (ended.IsCompleted) await ended.ConfigureAwait(false);
    }

    private static Task ShowAsync(IReadOnlyList<JobHandle> jobs, Task over)
    {
        var since = Stopwatch.GetTimestamp();
        return AnsiConsole.Live(Below([])).AutoClear(true).StartAsync(async display =>
        {
            while (!over.IsCompleted)
            {
                display.UpdateTarget(Below(await Task.WhenAll(jobs.Select(job =>
                    LineAsync(job, since))).ConfigureAwait(false)));
                await Task.WhenAny(over, Task.Delay(Interval, CancellationToken.None)).ConfigureAwait(false);
            }
        });
    }

    // A display of one line goes 0 lines up to be drawn anew, which terminals take for 1: there are always two.
    private static Rows Below(IReadOnlyList<Markup> lines) =>
        new([.. lines.DefaultIfEmpty(new Markup(" ")), new Markup(" ")]);

    private static async Task<Markup> LineAsync(JobHandle job, long since) => new(LineOf(
        job.Id, await job.GetProgressAsync().ConfigureAwait(false), Stopwatch.GetElapsedTime(since),
        AnsiConsole.Profile.Width));

    /// <summary>How far a job is, as markup of one line.</summary>
    /// <param name="job">The job.</param>
    /// <param name="progress">How far it is.</param>
    /// <param name="took">How long it has taken.</param>
    /// <param name="width">How many characters there is room for: names are cut first, then the job's id.</param>
    internal static string LineOf(JobId job, JobProgress progress, TimeSpan took, int width)
    {
        var counts = progress.Counts;
        var done = counts.Succeeded + counts.Failed + counts.Skipped + counts.Cancelled;
        var rate = done / Math.Max(0.001, took.TotalSeconds);
        var (before, failed, after) = (
            $" {done}/{progress.Tasks} done, {progress.Running} running, ",
            $"{counts.Failed} failed",
            string.Create(CultureInfo.InvariantCulture, $", {counts.Skipped} skipped, {rate:N0}/s"));
        var room = width - before.Length - failed.Length - after.Length;
        if (room < MinId) return Markup.Escape(Cut($"{Cut(job.Value, MinId)}{before}{failed}{after}", width));
        var id = Cut(job.Value, room);
        var names = PlainText.OneLine(string.Join(", ", progress.RunningNow));
        var now = Cut(names, Math.Min(MaxNow, room - id.Length - 2));
        return $"[bold]{Markup.Escape(id)}[/]{before}{(counts.Failed > 0 ? $"[red]{failed}[/]" : failed)}{after}"
            + (now.Length > 0 ? $"  [grey]{Markup.Escape(now)}[/]" : "");
    }

    private static string Cut(string text, int most) =>
        text.Length <= most ? text : most > 0 ? text[..(most - 1)] + "…" : "";
}
