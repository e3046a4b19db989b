using ActorFlow.Actors;
using ActorFlow.Journal;

namespace ActorFlow.TestKit;

/// <summary>
/// A history that was recorded once and is kept with the tests: it says whether jobs that run now would go on under a
/// flow that has changed meanwhile.
/// </summary>
/// <remarks>
/// It is an ordinary journal of one job, so <c>actorflow journal dump</c> shows it. What may change under a running job
/// are the policies of its tasks; see <see cref="Flow.Fingerprint"/>.
/// </remarks>
public static class GoldenHistory
{
    /// <summary>What says which process writes to a journal.</summary>
    private const string LockFile = "lock";

    /// <summary>Records what happened in a test.</summary>
    /// <param name="run">What happened.</param>
    /// <param name="directory">Where; must not hold a history yet.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="JournalException">The directory holds something already, or cannot be written.</exception>
    public static async Task RecordAsync(
        FlowRun run, string directory, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        await using (var journal = FileJournal.Open(
            new FileJournalOptions { Directory = directory, Retention = null }))
            await RecordAsync(run, journal, directory, cancellationToken).ConfigureAwait(false);
        // It is to be committed, and only read from here on: whoever opens it to record another one is refused.
        File.Delete(Path.Combine(directory, LockFile));
    }

    /// <summary>Requires that a job with this history, wherever it was interrupted, would go on under a flow.</summary>
    /// <param name="flow">The flow as it is now; a typed one has it as its <c>Executable</c>.</param>
    /// <param name="directory">Where the history was recorded.</param>
    /// <exception cref="FlowChangedException">It would not; the message names the tasks that differ.</exception>
    /// <exception cref="JournalException">There is no history, or it cannot be read.</exception>
    public static void RequireResumable(ExecutableFlow flow, string directory)
    {
        ArgumentNullException.ThrowIfNull(flow);
        var events = JournalInspection.Dump(directory).Select(entry => entry.Event).OfType<JobEvent>().ToList();
        if (JobEvents.BeginningOf(events, out _) is not { } begun)
            throw new JournalException($"'{directory}' holds no history of a job.");
        var definition = flow.As(begun).Definition;
        FlowDifference.RequireSame(begun, definition);
        JobHistory.Fold(definition, events);
    }

    private static async Task RecordAsync(
        FlowRun run, FileJournal journal, string directory, CancellationToken cancellationToken)
    {
        if ((await journal.ListAsync(cancellationToken).ConfigureAwait(false)).Count > 0)
            throw new JournalException($"'{directory}' holds a history already. Delete it to record another one.");
        var write = new Recording(run);
        journal.Append(write);
        if (await write.Done.WaitAsync(cancellationToken).ConfigureAwait(false) is { } error) throw error;
    }

    private sealed class Recording(FlowRun run) : JournalWrite
    {
        private readonly TaskCompletionSource<Exception?> _done =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<Exception?> Done => _done.Task;

        public override JobId Job => run.Report.Job;

        public override long ExpectedVersion => 0;

        public override IReadOnlyList<JobEvent> Events => run.Events;

        public override void Completed(Exception? error) => _done.SetResult(error);
    }
}
