namespace ActorFlow.Actors;

/// <summary>
/// An answer for callers who await it: kept aside, so that what they go on with holds up no supervisor.
/// </summary>
/// <param name="threads">Where they go on.</param>
internal sealed class Promise<T>(IThreads threads)
{
    private readonly TaskCompletionSource<T> _source = new();

    public Task<T> Task => _source.Task;

    public void Keep(T value) => threads.RunAside(() => _source.TrySetResult(value));

    public void Break(Exception error) => threads.RunAside(() =>
    {
        // Nobody has to wait for it: its failure must not count as one that nobody saw.
        if (_source.TrySetException(error)) _ = _source.Task.Exception;
    });
}
