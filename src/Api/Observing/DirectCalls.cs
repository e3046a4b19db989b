namespace ActorFlow;

/// <summary>
/// Calls that threads of tasks make to an observer: at once, but not before it has heard of the engine's start, and
/// none when it is to hear of its end.
/// </summary>
internal sealed class DirectCalls
{
    /// <summary>
    /// How many calls wait for an observer that is still hearing of the engine's start; others are not made.
    /// </summary>
    private const int MostEarly = 1000;

    private readonly Lock _gate = new();
    private readonly Queue<Action> _early = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _underWay;
    private bool _isOpen;
    private bool _hasEnded;

    /// <summary>Makes a call, or keeps it until the observer has heard of the start.</summary>
    /// <param name="call">The call; it does not throw.</param>
    public void Make(Action call)
    {
        lock (_gate)
        {
            if (_hasEnded) return;
            if (!_isOpen)
            {
                if (_early.Count < MostEarly) _early.Enqueue(call);
                return;
            }

            _underWay++;
        }

        call();
        lock (_gate)
            if (--_underWay == 0 && _hasEnded) _ended.SetResult();
    }

    /// <summary>The observer has heard of the start: makes the calls that came before.</summary>
    public void Open()
    {
        while (true)
        {
            Action? call;
            lock (_gate)
            {
                _isOpen = !_early.TryDequeue(out call);
                if (call is null) return;
            }

            call();
        }
    }

    /// <summary>Makes no more calls; completes when those under way have come back.</summary>
    public Task EndAsync()
    {
        lock (_gate)
        {
            _hasEnded = true;
            return _underWay == 0 ? Task.CompletedTask : _ended.Task;
        }
    }
}
