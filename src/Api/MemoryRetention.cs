using ActorFlow.Journal;

namespace ActorFlow;

/// <summary>
/// Forgets the ended jobs of a journal in memory whose time is over; journals in files do so themselves.
/// </summary>
/// <param name="journal">The journal.</param>
/// <param name="logs">The log files of its jobs; null if there are none, or they are kept.</param>
/// <param name="retention">How long ended jobs are kept.</param>
/// <param name="time">The clock.</param>
internal sealed class MemoryRetention(MemoryJournal journal, LogUpkeep? logs, TimeSpan retention, TimeProvider time)
{
    /// <summary>Forgets once.</summary>
    /// <param name="cancellationToken">Leaves the rest.</param>
    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var job in await journal.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (now - job.EndedAt > retention) await ForgetAsync(job.Id, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ForgetAsync(JobId job, CancellationToken cancellationToken)
    {
        try
        {
            if (await journal.ForgetAsync(job, cancellationToken).ConfigureAwait(false)) logs?.Remove(job);
        }
        catch (JournalException)
        {
            // It goes on after its end since it was listed: it is kept.
        }
    }
}
