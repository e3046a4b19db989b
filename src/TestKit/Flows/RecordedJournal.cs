using ActorFlow.Journal;

namespace ActorFlow.TestKit;

/// <summary>
/// The journal of a test: it outlives its processes, tells what happens, and may end one right after an event.
/// </summary>
internal sealed class RecordedJournal(Action<JobEvent> happened, Func<bool> isDead) : IJournal
{
    private readonly MemoryJournal _inner = new();

    public void Append(JournalWrite write)
    {
        // A dead process appends nothing any more, and hears nothing.
        if (isDead()) return;
        _inner.Append(new Recorded(write, happened, isDead));
    }

    public ValueTask<IReadOnlyList<JobEvent>> ReadAsync(
        JobId job, long fromVersion, CancellationToken cancellationToken) =>
        _inner.ReadAsync(job, fromVersion, cancellationToken);

    public ValueTask<IReadOnlyList<JournaledJob>> ListAsync(CancellationToken cancellationToken) =>
        _inner.ListAsync(cancellationToken);

    public ValueTask<JournaledJob?> FindAsync(JobId job, CancellationToken cancellationToken) =>
        _inner.FindAsync(job, cancellationToken);

    public ValueTask<bool> ForgetAsync(JobId job, CancellationToken cancellationToken) =>
        _inner.ForgetAsync(job, cancellationToken);

    // Its processes come and go.
    public ValueTask DisposeAsync() => default;

    private sealed class Recorded(JournalWrite write, Action<JobEvent> happened, Func<bool> isDead) : JournalWrite
    {
        public override JobId Job => write.Job;

        public override long ExpectedVersion => write.ExpectedVersion;

        public override IReadOnlyList<JobEvent> Events => write.Events;

        public override void Completed(Exception? error)
        {
            if (error is null)
                foreach (var fact in write.Events) happened(fact);
            if (!isDead()) write.Completed(error);
        }
    }
}
