using ActorFlow.Journal;

namespace ActorFlow.Actors.Tests;

/// <summary>A journal in memory that cannot be written from some append on.</summary>
internal sealed class FailingJournal(int failFrom) : IJournal
{
    private readonly MemoryJournal _inner = new();
    private int _appends;

    public void Append(JournalWrite write)
    {
        if (Interlocked.Increment(ref _appends) < failFrom) _inner.Append(write);
        else write.Completed(new JournalWriteException("memory", new IOException("No space left on device.")));
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

    public ValueTask DisposeAsync() => _inner.DisposeAsync();
}
