namespace ActorFlow.Actors;

/// <summary>
/// An answer for callers who await it: kept aside, so that what they go on with holds up no supervisor.
/// </summary>
/// <param name="threads">Where they go on.</param>
internal sealed class Promise<T>(IThreads threads)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<T> _source = new();
    private bool _isAwaited;

    public Task<T> Task
    {
        get
        {
            lock (_gate) _isAwaited = true;
            return _source.Task;
        }
    }

    public void Keep(T value) => Complete(() => _source.TrySetResult(value));

    public void Break(Exception error) => Complete(() =>
    {
        // Nobody has to wait for it: its failure must not count as one that nobody saw.
        if (_source.TrySetException(error)) _ = _source.Task.Exception;
    });

    private void Complete(Action complete)
    {
        lock (_gate)
        {
            // Where nobody can wait yet there is nobody to go on, and no other thread is needed.
            if (!_isAwaited)
            {
                complete();
                return;
            }
        }

        threads.RunAside(complete);
    }
}
