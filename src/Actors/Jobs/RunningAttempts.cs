namespace ActorFlow.Actors;

/// <summary>The task actors of one job in one array: first those that run, behind them those that rest.</summary>
/// <remarks>One that ends where it began, as in a chain, moves nowhere.</remarks>
internal sealed class RunningAttempts(JobActor job)
{
    /// <summary>How many are kept for later use.</summary>
    private const int MaxResting = 1024;

    /// <summary>So many are looked through one by one; with more there is an index.</summary>
    private const int MaxScanned = 32;

    private TaskActor[] _actors = [];
    private Dictionary<(int Task, int Attempt), TaskActor>? _index;
    private int _known;

    public bool IsEmpty => Count == 0;

    public int Count { get; private set; }

    public TaskActor Begin(int task, int attempt, TaskBody body, SlotClaim claim)
    {
        if (Count == _known) AddActor();
        var actor = _actors[Count];
        Count++;
        _index = null;
        actor.Begin(task, attempt, body, claim);
        return actor;
    }

    /// <summary>Whether it runs, or waits for its turn to do so.</summary>
    public bool Holds(TaskActor actor) => actor.Place < Count && _actors[actor.Place] == actor;

    public TaskActor? Find(int task, int attempt)
    {
        if (Count > MaxScanned)
            return Index().GetValueOrDefault((task, attempt));
        foreach (var actor in _actors.AsSpan(0, Count))
            if (actor.Task == task && actor.Attempt == attempt) return actor;
        return null;
    }

    /// <summary>It has reported: it may rest.</summary>
    public void End(TaskActor actor)
    {
        actor.Clear();
        Count--;
        _index = null;
        Swap(actor, _actors[Count]);
        if (_known - Count > MaxResting) Drop(actor);
    }

    /// <summary>It is abandoned: it may still report, and is never used again.</summary>
    public void Remove(TaskActor actor)
    {
        _index?.Remove((actor.Task, actor.Attempt));
        Count--;
        Swap(actor, _actors[Count]);
        Drop(actor);
    }

    public IEnumerable<TaskActor> All() => _actors[..Count];

    // Whoever has to stop or abandon many looks for one after the other: nothing begins or reports in between. An
    // attempt that has just reported may be there beside the next one of its task.
    private Dictionary<(int Task, int Attempt), TaskActor> Index() =>
        _index ??= _actors.Take(Count).ToDictionary(actor => (actor.Task, actor.Attempt));

    private void AddActor()
    {
        if (_known == _actors.Length) Array.Resize(ref _actors, Math.Max(4, _known * 2));
        _actors[_known] = new TaskActor(job) { Place = _known };
        _known++;
    }

    private void Drop(TaskActor actor)
    {
        _known--;
        Swap(actor, _actors[_known]);
        _actors[_known] = null!;
    }

    private void Swap(TaskActor one, TaskActor other)
    {
        if (ReferenceEquals(one, other)) return;
        (one.Place, other.Place) = (other.Place, one.Place);
        (_actors[one.Place], _actors[other.Place]) = (one, other);
    }
}
