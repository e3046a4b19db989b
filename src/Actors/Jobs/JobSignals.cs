using ActorFlow.Engine;

namespace ActorFlow.Actors;

/// <summary>
/// Where others wait for news of a job: its end, or any event. Outlives a restart of the job's actor.
/// </summary>
internal sealed class JobSignals
{
    private readonly Lock _gate = new();
    private TaskCompletionSource<JobPhase> _ended = New<JobPhase>();
    private volatile TaskCompletionSource? _news;
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

    /// <summary>Completes when the job has had more than so many events.</summary>
    public Task WhenBeyond(long version)
    {
        lock (_gate)
        {
            _news ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Interlocked.MemoryBarrier();
            return Volatile.Read(ref _version) > version ? Task.CompletedTask : _news.Task;
        }
    }

    /// <summary>There are new events, and they are durable.</summary>
    public void Advance(JobState state)
    {
        Volatile.Write(ref _version, state.Version);
        Interlocked.MemoryBarrier();
        // Nearly always nobody waits and nothing ends: this is on the way of every task.
        if (_news is null && !state.Phase.HasEnded() && !_hasEnded) return;
        TaskCompletionSource? news;
        lock (_gate)
        {
            (news, _news) = (_news, null);
            if (!state.Phase.HasEnded() && _hasEnded) _ended = New<JobPhase>();
            _hasEnded = state.Phase.HasEnded();
            if (_hasEnded) _ended.TrySetResult(state.Phase);
        }

        news?.TrySetResult();
    }

    /// <summary>The job cannot go on in this process.</summary>
    public void Fail(Exception error)
    {
        lock (_gate)
        {
            _ended.TrySetException(error);
            // Nobody has to wait for the job: its failure must not count as one that nobody saw.
            _ = _ended.Task.Exception;
            _news?.TrySetException(error);
            _ = _news?.Task.Exception;
            _news = null;
        }
    }

    private static TaskCompletionSource<T> New<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
