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

    /// <summary>Completes when the job has had more than so many events.</summary>
    public Task WhenBeyond(long version)
    {
        lock (_gate)
        {
            _news ??= new Promise<long>(threads);
            Interlocked.MemoryBarrier();
            return Volatile.Read(ref _version) > version ? Task.CompletedTask : _news.Task;
        }
    }

    /// <summary>There are new events, and they are durable.</summary>
    /// <returns>The version that the job had ended with, if it goes on from there; null otherwise.</returns>
    public long? Advance(JobState state)
    {
        var before = _version;
        Volatile.Write(ref _version, state.Version);
        Interlocked.MemoryBarrier();
        // Nearly always nobody waits and nothing ends: this is on the way of every task.
        if (_news is null && !state.Phase.HasEnded() && !_hasEnded) return null;
        Promise<long>? news;
        bool isReopened;
        lock (_gate)
        {
            (news, _news) = (_news, null);
            isReopened = !state.Phase.HasEnded() && _hasEnded;
            if (isReopened) _ended = new Promise<JobPhase>(threads);
            _hasEnded = state.Phase.HasEnded();
            if (_hasEnded) _ended.Keep(state.Phase);
        }

        news?.Keep(state.Version);
        return isReopened ? before : null;
    }

    /// <summary>The job cannot go on in this process.</summary>
    public void Fail(Exception error)
    {
        lock (_gate)
        {
            _ended.Break(error);
            _news?.Break(error);
            _news = null;
        }
    }
}
