namespace ActorFlow.Cli;

/// <summary>The objects that were made as services of a flow; they live as long as the session.</summary>
internal sealed class MadeServices
{
    private readonly Lock _gate = new();
    private readonly Stack<object> _made = new();
    private bool _isOver;

    /// <summary>Takes an object, to dispose of it at the end if it has to be.</summary>
    public object Keep(object service)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isOver, typeof(MadeServices));
            _made.Push(service);
        }

        return service;
    }

    /// <summary>Disposes of them, the last one first.</summary>
    /// <param name="fail">Is told what went wrong; the others are disposed of all the same.</param>
    public async ValueTask EndAsync(Action<Exception> fail)
    {
        lock (_gate) _isOver = true;
        while (_made.TryPop(out var service))
        {
            try
            {
                if (service is IAsyncDisposable later) await later.DisposeAsync().ConfigureAwait(false);
                else (service as IDisposable)?.Dispose();
            }
            catch (Exception e)
            {
                fail(e);
            }
        }
    }
}
