namespace ActorFlow.TestKit;

/// <summary>Knows which attempts of user code are under way, and tells when something comes from outside.</summary>
internal sealed class AttemptWatch : IDisposable
{
    private readonly Lock _gate = new();
    private readonly HashSet<AttemptScope> _running = [];
    private readonly SemaphoreSlim _signal = new(0);
    private int _expansions;

    /// <summary>An attempt that waits for something outside of the test; null if there is none.</summary>
    public AttemptScope? Outside
    {
        get
        {
            lock (_gate) return _running.FirstOrDefault(scope => scope.IsOutside);
        }
    }

    public AttemptScope Begin(string task, int attempt)
    {
        var scope = new AttemptScope(task, attempt, Signal);
        lock (_gate) _running.Add(scope);
        return scope;
    }

    /// <summary>An attempt is over that reports on the thread of the test.</summary>
    public void Forget(AttemptScope scope)
    {
        lock (_gate) _running.Remove(scope);
    }

    /// <summary>Something has happened to the job: attempts wait for what they add to it, or are abandoned.</summary>
    public void Happened(JobEvent fact, string? task)
    {
        lock (_gate)
        {
            switch (fact)
            {
                case JobEvent.TaskExpanded e: Waits(task, e.Attempt, _expansions++, e.Expansion.Key is not null); break;
                case JobEvent.TaskAwaits e: Waits(task, e.Attempt, e.Scope, waits: true); break;
                case JobEvent.TaskContinued e: Waits(task, e.Attempt, e.Scope, waits: false); break;
                case JobEvent.AttemptAbandoned e: _running.RemoveWhere(scope => scope.Is(task!, e.Attempt)); break;
            }
        }
    }

    private void Waits(string? task, int attempt, int expansion, bool waits)
    {
        foreach (var scope in _running.Where(scope => scope.Is(task!, attempt)))
            scope.WaitsForParts(expansion, waits);
    }

    /// <summary>There is something to do: what has ended has reported.</summary>
    public void OnReady()
    {
        lock (_gate) _running.RemoveWhere(scope => scope.HasEnded);
        Signal();
    }

    /// <summary>The process has died, and its attempts with it.</summary>
    public void Clear()
    {
        lock (_gate) _running.Clear();
    }

    /// <summary>Something may have changed.</summary>
    public void Signal()
    {
        if (_signal.CurrentCount == 0) _signal.Release();
    }

    /// <summary>Waits, by the real clock, until something may have changed.</summary>
    /// <returns>False if nothing did for so long.</returns>
    public async Task<bool> WaitAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        if (!await _signal.WaitAsync(limit, cancellationToken).ConfigureAwait(false)) return false;
        while (_signal.Wait(0, CancellationToken.None)) { }
        return true;
    }

    public void Dispose() => _signal.Dispose();
}
