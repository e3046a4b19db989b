using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace ActorFlow.Cli;

/// <summary>
/// Waits for jobs; in a terminal with a live line for each: done, running, failed, skipped, rate, what runs now.
/// </summary>
internal static class ProgressView
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until every job has ended, or waits for an operator.</summary>
    public static async Task WatchAsync(
        Terminal terminal, SessionSettings settings, IReadOnlyList<JobHandle> jobs, CancellationToken cancellationToken)
    {
        if (jobs.Count == 0) return;
        var over = Task.WhenAll(jobs.Select(job => WaitAsync(job, cancellationToken)));
        if (terminal.IsInteractive && !settings.Quiet) await ShowAsync(jobs, over).ConfigureAwait(false);
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
        return AnsiConsole.Live(new Markup("")).AutoClear(true).StartAsync(async display =>
        {
            while (!over.IsCompleted)
            {
                var rows = new Rows(await Task.WhenAll(jobs.Select(job =>
                    LineAsync(job, since))).ConfigureAwait(false));
                display.UpdateTarget(rows);
                await Task.WhenAny(over, Task.Delay(Interval, CancellationToken.None)).ConfigureAwait(false);
            }
        });
    }

    private static async Task<Markup> LineAsync(JobHandle job, long since) => new(LineOf(
        job.Id, await job.GetProgressAsync().ConfigureAwait(false), Stopwatch.GetElapsedTime(since)));

    /// <summary>How far a job is, as markup.</summary>
    internal static string LineOf(JobId job, JobProgress progress, TimeSpan took)
    {
        var counts = progress.Counts;
        var done = counts.Succeeded + counts.Failed + counts.Skipped + counts.Cancelled;
        var rate = done / Math.Max(0.001, took.TotalSeconds);
        var failed = counts.Failed > 0 ? $"[red]{counts.Failed} failed[/]" : "0 failed";
        var now = string.Join(", ", progress.RunningNow);
        if (now.Length > 60) now = now[..60] + "…";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"[bold]{Markup.Escape(job.Value)}[/] {done}/{progress.Tasks} done, {progress.Running} running, "
            + $"{failed}, {counts.Skipped} skipped, {rate:N0}/s  [grey]{Markup.Escape(PlainText.OneLine(now))}[/]");
    }
}
