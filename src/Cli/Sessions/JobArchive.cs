using ActorFlow.Actors;
using ActorFlow.Engine;
using ActorFlow.Journal;

namespace ActorFlow.Cli;

/// <summary>A job as its journal has it: nothing of it runs here.</summary>
/// <param name="Id">The job.</param>
/// <param name="Events">Its events.</param>
/// <param name="State">Where they lead.</param>
internal sealed record ArchivedJob(JobId Id, IReadOnlyList<JobEvent> Events, JobState State);

/// <summary>
/// Reads the jobs of a data directory, also while another process runs them: changes nothing, locks nothing.
/// </summary>
internal sealed class JobArchive : IAsyncDisposable
{
    private readonly IJournal _journal;
    private readonly string _directory;

    private JobArchive(IJournal journal, string directory)
    {
        _journal = journal;
        _directory = directory;
    }

    public static JobArchive Open(string dataDirectory)
    {
        var directory = Path.Combine(dataDirectory, "journal");
        if (!Directory.Exists(directory))
            throw new ActorFlowException(
                $"There are no jobs in '{dataDirectory}': it has no journal. Name another with --data.");
        var options = new FileJournalOptions { Directory = directory, ReadOnly = true };
        return new JobArchive(FileJournal.Open(options), dataDirectory);
    }

    public async Task<IReadOnlyList<JournaledJob>> ListAsync(CancellationToken cancellationToken) =>
        await _journal.ListAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>A job with all its events.</summary>
    /// <exception cref="ActorFlowException">There is no such job.</exception>
    public async Task<ArchivedJob> ReadAsync(JobId id, CancellationToken cancellationToken)
    {
        var events = await _journal.ReadAsync(id, 1, cancellationToken).ConfigureAwait(false);
        if (events is not [JobEvent.JobSubmitted submitted, ..])
        {
            var jobs = await _journal.ListAsync(cancellationToken).ConfigureAwait(false);
            throw new ActorFlowException($"There is no job '{id}' in '{_directory}'."
                + Suggestions.For(id.Value, jobs.Select(job => job.Id.Value)));
        }

        var flow = JobPackage.FromJob(submitted.Job).Executable().Definition;
        return new ArchivedJob(id, events, JobHistory.Fold(flow, events).State);
    }

    public ValueTask DisposeAsync() => _journal.DisposeAsync();
}
