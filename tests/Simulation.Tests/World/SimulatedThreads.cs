using ActorFlow.Actors;

namespace ActorFlow.Simulation;

/// <summary>All threads of a process as one list: whose turn it is next, the seed decides.</summary>
internal sealed class SimulatedThreads(Random random) : IThreads
{
    private readonly List<Action> _ready = [];

    public bool IsIdle => _ready.Count == 0;

    public void Supervise(IWork turn) => _ready.Add(turn.Execute);

    public void SuperviseNext(IWork turn) => _ready.Add(turn.Execute);

    public void RunAside(Action callback) => _ready.Add(callback);

    /// <summary>Work that the journal hands to another thread.</summary>
    public void Schedule(Action work) => _ready.Add(work);

    public IWorkers StartWorkers(Pool pool) => new SimulatedWorkers(pool, this);

    /// <summary>Lets one of those that are ready run for a step.</summary>
    public void Step()
    {
        var next = random.Next(_ready.Count);
        var step = _ready[next];
        _ready[next] = _ready[^1];
        _ready.RemoveAt(_ready.Count - 1);
        step();
    }

    public void Dispose() => _ready.Clear();

    /// <summary>
    /// One step takes one attempt; a worker that came back from one looks for the next in a step of its own.
    /// </summary>
    private sealed class SimulatedWorkers(Pool pool, SimulatedThreads threads) : IWorkers
    {
        public void Wake(int ready, int free)
        {
            for (var count = Math.Min(ready, free); count > 0; count--) threads._ready.Add(() => Look(hasEnded: false));
        }

        public void Replace() => Wake(ready: 1, free: 1);

        private void Look(bool hasEnded)
        {
            if (!pool.TryTake(hasEnded, out var attempt)) return;
            var run = attempt.Execute();
            if (run != AttemptRun.WasAbandoned) threads._ready.Add(() => Look(run == AttemptRun.Ended));
        }
    }
}
