using ActorFlow.Engine;

namespace ActorFlow.Actors;

/// <summary>
/// Where others wait for news of a job: its end, or any event. Outlives a restart of the job's actor.
/// </summary>
internal sealed class JobSignals(IThreads threads)
{
    private readonly Lock _gate = new();
    private Promise<JobPhase> _ended = new(threads);
    private volatile Promise<long>? _news;
    private volatile bool _hasEnded;
    private long _version;
    private Exception? _failure;

    /// <summary>Completes with the outcome when the job has ended and that is durable.</summary>
    public Task<JobPhase> WhenEnded
    {
        get
        {
            lock (_gate) return _ended.Task;
        }
    }

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => _hasEnded;

    /// <summary>How many events it is known to have; they are durable.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>Whether it has ended, with fewer events than this one's number: it will not come by itself.</summary>
    public bool HasEndedBefore(long version)
    {
        lock (_gate) return _hasEnded && Volatile.Read(ref _version) < version;
    }

    /// <summary>Completes when the job has had more than so many events.</summary>
    public Task WhenBeyond(long version)
    {
        lock (_gate)
        {
            if (_failure is not null) return Task.FromException(_failure);
            _news ??= new Promise<long>(threads);
            // Whoever waits pays for the order of the two, on all processors, so that not every task does.
            Interlocked.MemoryBarrierProcessWide();
            return Volatile.Read(ref _version) > version ? Task.CompletedTask : _news.Task;
        }
    }

    /// <summary>There are new events, and they are durable; nobody is told yet.</summary>
    /// <returns>The version that the job had ended with, if it goes on from there; null otherwise.</returns>
    public long? Advance(JobState state)
    {
        var before = _version;
        Volatile.Write(ref _version, state.Version);
        var hasEnded = state.Phase.HasEnded();
        if (hasEnded == _hasEnded) return null;
        lock (_gate)
        {
            _hasEnded = hasEnded;
            if (!hasEnded) _ended = new Promise<JobPhase>(threads);
        }

        return hasEnded ? null : before;
    }

    /// <summary>Tells whoever waits. Nearly always nobody does: this is on the way of every task.</summary>
    public void Tell(JobState state)
    {
        if (_news is null && !_hasEnded) return;
        Promise<long>? news;
        lock (_gate)
        {
            (news, _news) = (_news, null);
            if (_hasEnded) _ended.Keep(state.Phase);
        }

        news?.Keep(state.Version);
    }

    /// <summary>The job cannot go on in this process.</summary>
    public void Fail(Exception error)
    {
        lock (_gate)
        {
            _failure = error;
            _ended.Break(error);
            _news?.Break(error);
            _news = null;
        }
    }
}
