using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorFlow;

/// <summary>Sends the report of each job that ends over channels.</summary>
/// <remarks>
/// Each end is told once at most. A process that dies after a job has ended and before it was told tells nobody, and
/// neither does the next one: the end is in the journal, and whoever must not miss one asks for the jobs that ended.
/// A closing engine waits for what is being sent, as long as the channels' time-outs allow. A job that goes on at once
/// after its end may be told as it is by then.
/// </remarks>
/// <param name="options">What is sent, and where to.</param>
/// <param name="log">Where it is logged that a channel failed; null for nowhere.</param>
public sealed class NotifyingObserver(NotificationOptions options, ILogger<NotifyingObserver>? log = null) : JobObserver
{
    /// <inheritdoc />
    public override async ValueTask OnJobEndedAsync(
        JobHandle job, JobPhase outcome, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        if (options.Flows is { } flows && !flows.Contains(job.Flow.Name, StringComparer.OrdinalIgnoreCase)) return;
        // Not the engine's token: a program that ends with its last job is not to take the news of it along.
        var report = await job.GetReportAsync(CancellationToken.None).ConfigureAwait(false);
        await report.NotifyAsync(
            options.Channels, options.OnlyErrors, options.Tasks, log ?? NullLogger<NotifyingObserver>.Instance,
            CancellationToken.None).ConfigureAwait(false);
    }
}
