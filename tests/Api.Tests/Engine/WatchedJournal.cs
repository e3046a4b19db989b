using ActorFlow.Journal;

namespace ActorFlow.Api.Tests.Engine;

/// <summary>A journal in memory that outlives engines; whoever reads a job from it meets the test first.</summary>
internal sealed class WatchedJournal : IJournal
{
    private readonly MemoryJournal _inner = new();

    public Func<JobId, Task> OnRead { get; set; } = _ => Task.CompletedTask;

    public void Append(JournalWrite write) => _inner.Append(write);

    public async ValueTask<IReadOnlyList<JobEvent>> ReadAsync(
        JobId job, long fromVersion, CancellationToken cancellationToken)
    {
        await OnRead(job);
        return await _inner.ReadAsync(job, fromVersion, cancellationToken);
    }

    public ValueTask<IReadOnlyList<JournaledJob>> ListAsync(CancellationToken cancellationToken) =>
        _inner.ListAsync(cancellationToken);

    public ValueTask<JournaledJob?> FindAsync(JobId job, CancellationToken cancellationToken) =>
        _inner.FindAsync(job, cancellationToken);

    public ValueTask<bool> ForgetAsync(JobId job, CancellationToken cancellationToken) =>
        _inner.ForgetAsync(job, cancellationToken);

    public ValueTask DisposeAsync() => default;
}
