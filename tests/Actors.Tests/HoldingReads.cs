using ActorFlow.Journal;

namespace ActorFlow.Actors.Tests;

/// <summary>A journal that gives nothing back until it is told to, and counts who has asked.</summary>
internal sealed class HoldingReads(IJournal inner) : DelegatingJournal(inner)
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _reads;

    /// <summary>Completes when somebody has asked.</summary>
    public Task Asked => _asked.Task;

    public int Reads => Volatile.Read(ref _reads);

    public void Release() => _released.SetResult();

    public override async ValueTask<IReadOnlyList<JobEvent>> ReadAsync(
        JobId job, long fromVersion, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _reads);
        _asked.TrySetResult();
        await _released.Task;
        return await base.ReadAsync(job, fromVersion, cancellationToken);
    }
}
