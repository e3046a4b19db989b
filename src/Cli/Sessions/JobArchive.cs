using ActorFlow.Actors;
using ActorFlow.Engine;
using ActorFlow.Journal;

namespace ActorFlow.Cli;

/// <summary>A job as its journal has it: nothing of it runs here.</summary>
/// <param name="id">The job.</param>
/// <param name="events">Its events.</param>
/// <param name="writtenSince">Since when a process has the journal to write; null if none has.</param>
internal sealed class ArchivedJob(JobId id, IReadOnlyList<JobEvent> events, DateTimeOffset? writtenSince)
{
    private readonly SubmittedJob _submitted = JobEvents.BeginningOf(events, out _)!;
    private JobState? _state;

    public JobId Id => id;

    public IReadOnlyList<JobEvent> Events => events;

    /// <summary>The names of its tasks, by number.</summary>
    public IReadOnlyList<string> TaskNames { get; } = JobEvents.TaskNamesOf(events);

    /// <summary>What the events amount to; for that the flow is needed.</summary>
    /// <exception cref="ActorFlowException">Only the program that submitted the job has its flow.</exception>
    /// <exception cref="FlowChangedException">The assembly that has its flow has another one now.</exception>
    public JobState State => _state ??= Fold();

    /// <summary>What is known of whether a process runs it, if it has not ended.</summary>
    public JobStanding Standing => writtenSince is null ? JobStanding.Interrupted
        // That a process has the journal does not say that it runs this job: that it has written some of it does.
        : events[^1].At >= writtenSince ? JobStanding.AsItsPhase
        : JobStanding.Unfinished;

    /// <summary>Its report.</summary>
    public JobReport Report() => JobReport.Of(State, Standing);

    private JobState Fold()
    {
        var flow = JobPackage.FromJob(_submitted).Executable().Definition;
        FlowDifference.RequireSame(_submitted, flow);
        return JobHistory.Fold(flow, events).State;
    }
}

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
        var options = new FileJournalOptions { Directory = DataDirectory.JournalOf(dataDirectory), ReadOnly = true };
        return new JobArchive(FileJournal.Open(options), dataDirectory);
    }

    public async Task<IReadOnlyList<JournaledJob>> ListAsync(CancellationToken cancellationToken) =>
        await _journal.ListAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>The jobs, with how far those are that have not ended.</summary>
    public async Task<IReadOnlyList<ListedJob>> ListWithProgressAsync(CancellationToken cancellationToken)
    {
        var jobs = new List<ListedJob>();
        foreach (var job in await ListAsync(cancellationToken).ConfigureAwait(false))
            jobs.Add(job is { Outcome: null, Problem: null }
                ? await ListOpenAsync(job, cancellationToken).ConfigureAwait(false)
                : new ListedJob(job));
        return jobs;
    }

    private async Task<ListedJob> ListOpenAsync(JournaledJob job, CancellationToken cancellationToken)
    {
        try
        {
            return ListedJob.Open(job, await ReadAsync(job.Id, cancellationToken).ConfigureAwait(false));
        }
        catch (JournalDamagedException e)
        {
            // It must not hide the others.
            return new ListedJob(job with { Problem = e.Message });
        }
    }

    /// <summary>A job with all its events.</summary>
    /// <exception cref="ActorFlowException">There is no such job.</exception>
    public async Task<ArchivedJob> ReadAsync(JobId id, CancellationToken cancellationToken)
    {
        // Before the events: a process that begins meanwhile has written none of them.
        var since = FileJournal.WrittenSince(Path.Combine(_directory, "journal"));
        var events = await _journal.ReadAsync(id, 1, cancellationToken).ConfigureAwait(false);
        if (events is [JobEvent.JobSubmitted, ..]) return new ArchivedJob(id, events, since);
        var jobs = await _journal.ListAsync(cancellationToken).ConfigureAwait(false);
        throw new ActorFlowException($"There is no job '{id}' in '{_directory}'."
            + Suggestions.For(id.Value, jobs.Select(job => job.Id.Value)));
    }

    public ValueTask DisposeAsync() => _journal.DisposeAsync();
}
