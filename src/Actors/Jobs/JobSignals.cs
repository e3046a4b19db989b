using ActorFlow.Engine;

namespace ActorFlow.Actors;

/// <summary>Where others wait for news of a job: its end, or any event. Outlives a restart of the job's actor.</summary>
internal sealed class JobSignals
{
    private readonly Lock _gate = new();
    private TaskCompletionSource<JobPhase> _ended = New<JobPhase>();
    private TaskCompletionSource? _news;
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
            if (_version > version) return Task.CompletedTask;
            return (_news ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>There are new events, and they are durable.</summary>
    public void Advance(JobState state)
    {
        TaskCompletionSource? news;
        lock (_gate)
        {
            _version = state.Version;
            (news, _news) = (_news, null);
            if (state.Phase.HasEnded()) _ended.TrySetResult(state.Phase);
            else if (_ended.Task.IsCompleted) _ended = New<JobPhase>();
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
