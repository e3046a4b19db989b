using ActorFlow.Journal;

namespace ActorFlow.TestKit;

/// <summary>A journal that hands everything to another one: what a test wants otherwise, it overrides.</summary>
internal abstract class DelegatingJournal(IJournal inner) : IJournal
{
    protected IJournal Inner => inner;

    public virtual void Append(JournalWrite write) => inner.Append(write);

    public virtual ValueTask<IReadOnlyList<JobEvent>> ReadAsync(
        JobId job, long fromVersion, CancellationToken cancellationToken) =>
        inner.ReadAsync(job, fromVersion, cancellationToken);

    public virtual ValueTask<IReadOnlyList<JournaledJob>> ListAsync(CancellationToken cancellationToken) =>
        inner.ListAsync(cancellationToken);

    public virtual ValueTask<JournaledJob?> FindAsync(JobId job, CancellationToken cancellationToken) =>
        inner.FindAsync(job, cancellationToken);

    public virtual ValueTask<bool> ForgetAsync(JobId job, CancellationToken cancellationToken) =>
        inner.ForgetAsync(job, cancellationToken);

    public virtual ValueTask DisposeAsync() => inner.DisposeAsync();
}
