using ActorFlow.Actors;

namespace ActorFlow.TestKit;

/// <summary>
/// All threads of a process as one list: whose turn it is next, the choices decide; without them, first come, first
/// served. What comes from other threads joins the list.
/// </summary>
internal sealed class SimulatedThreads(Random? random = null) : IThreads
{
    private readonly Lock _gate = new();
    private readonly List<Action> _ready = [];
    private bool _isDead;

    /// <summary>Called, on any thread, when there is something to do.</summary>
    public Action? OnReady { get; set; }

    public bool IsIdle
    {
        get
        {
            lock (_gate) return _ready.Count == 0;
        }
    }

    public void Supervise(IWork turn) => Schedule(turn.Execute);

    public void RunAside(Action callback) => Schedule(callback);

    /// <summary>Work for another thread.</summary>
    public void Schedule(Action work)
    {
        lock (_gate)
        {
            if (_isDead) return;
            _ready.Add(work);
        }

        OnReady?.Invoke();
    }

    public IWorkers StartWorkers(Pool pool) => new SimulatedWorkers(pool, this);

    /// <summary>Lets one of those that are ready run for a step.</summary>
    /// <returns>False if there is none.</returns>
    public bool Step()
    {
        Action step;
        lock (_gate)
        {
            if (_ready.Count == 0) return false;
            var next = random?.Next(_ready.Count) ?? 0;
            step = _ready[next];
            if (random is not null) _ready[next] = _ready[^1];
            _ready.RemoveAt(random is null ? 0 : _ready.Count - 1);
        }

        step();
        return true;
    }

    /// <summary>The process is dead: nothing of it happens any more.</summary>
    public void Kill()
    {
        lock (_gate) _isDead = true;
        Dispose();
    }

    public void Dispose()
    {
        lock (_gate) _ready.Clear();
    }

    /// <summary>
    /// One step takes one attempt; a worker that came back from one looks for the next in a step of its own.
    /// </summary>
    private sealed class SimulatedWorkers(Pool pool, SimulatedThreads threads) : IWorkers
    {
        public void Wake(int ready, int free)
        {
            for (var count = Math.Min(ready, free); count > 0; count--) threads.Schedule(() => Look(hasEnded: false));
        }

        public void Replace() => Wake(ready: 1, free: 1);

        private void Look(bool hasEnded)
        {
            if (!pool.TryTake(hasEnded, out var attempt)) return;
            var run = attempt.Execute(out var turn);
            if (turn is not null) threads.Supervise(turn);
            if (run != AttemptRun.WasAbandoned) threads.Schedule(() => Look(run == AttemptRun.Ended));
        }
    }
}
