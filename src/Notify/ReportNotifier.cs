using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorFlow;

/// <summary>Sends reports over channels.</summary>
public static partial class ReportNotifier
{
    /// <summary>Sends a report over channels, one after the other; one that fails stops no other.</summary>
    /// <param name="report">The report.</param>
    /// <param name="channels">Where to, in order; with none, nothing happens.</param>
    /// <param name="onlyErrors">
    /// Whether only tasks that failed are told of, and nothing is sent if there are none. A job that timed out or
    /// failed without a failed task is an error too, unless only some tasks are asked for.
    /// </param>
    /// <param name="tasks">
    /// The names of the tasks that are told of, without regard to case; names that the job does not have are left out.
    /// Null, the default, for all, and none for a report without tasks. Both filters hold if both are given.
    /// </param>
    /// <param name="log">Where it is logged that a channel failed; null for nowhere.</param>
    /// <param name="cancellationToken">Ends it: channels that have not sent yet do not send.</param>
    /// <returns>What became of each channel; none if nothing was to be sent.</returns>
    public static async Task<NotificationResult> NotifyAsync(
        this JobReport report, IEnumerable<IReportChannel> channels, bool onlyErrors = false,
        IEnumerable<string>? tasks = null, ILogger? log = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(channels);
        var part = tasks?.ToHashSet(StringComparer.OrdinalIgnoreCase) is { } names
            ? report.Where(task => names.Contains(task.Name))
            : report;
        if (onlyErrors)
        {
            part = part.OnlyFailed();
            var isError = part.Tasks.Count > 0
                || (tasks is null && report.Phase is JobPhase.Failed or JobPhase.TimedOut);
            if (!isError) return new NotificationResult([]);
        }

        var notification = new ReportNotification(part, onlyErrors);
        var results = new List<ChannelResult>();
        foreach (var channel in channels)
            results.Add(await SendAsync(channel, notification, log ?? NullLogger.Instance, cancellationToken)
                .ConfigureAwait(false));
        return new NotificationResult(results);
    }

    private static async Task<ChannelResult> SendAsync(
        IReportChannel channel, ReportNotification notification, ILogger log, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await channel.SendAsync(notification, cancellationToken).ConfigureAwait(false);
            return new ChannelResult(channel, null);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            ChannelFailed(log, e, channel.Name, notification.Report.Job.Value);
            return new ChannelResult(channel, e);
        }
    }

    [LoggerMessage(181, LogLevel.Warning, "Channel {Channel} failed to send the report of job {JobId}")]
    private static partial void ChannelFailed(ILogger log, Exception error, string channel, string jobId);
}

/// <summary>What became of a notification.</summary>
/// <param name="Channels">Each channel in order; none if nothing was to be sent.</param>
public sealed record NotificationResult(IReadOnlyList<ChannelResult> Channels)
{
    /// <summary>Whether every channel that was asked has sent; true too if nothing was to be sent.</summary>
    public bool Succeeded => Channels.All(channel => channel.Error is null);
}

/// <summary>What became of a notification on one channel.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Error">What it threw; null if it has sent.</param>
public sealed record ChannelResult(IReportChannel Channel, Exception? Error);
