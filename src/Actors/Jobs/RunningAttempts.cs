namespace ActorFlow.Actors;

/// <summary>The task actors of one job: those that run in a list, those that rest on a stack.</summary>
internal sealed class RunningAttempts(JobActor job)
{
    /// <summary>How many are kept for later use.</summary>
    private const int MaxResting = 1024;

    private readonly Stack<TaskActor> _resting = new();
    private TaskActor? _first;

    public bool IsEmpty => _first is null;

    public int Count { get; private set; }

    public TaskActor Begin(int task, int attempt, TaskBody body, Pool pool)
    {
        var actor = _resting.TryPop(out var rested) ? rested : new TaskActor(job);
        actor.Begin(task, attempt, body, pool);
        actor.Previous = null;
        actor.Following = _first;
        if (_first is not null) _first.Previous = actor;
        _first = actor;
        Count++;
        return actor;
    }

    public TaskActor? Find(int task, int attempt)
    {
        for (var actor = _first; actor is not null; actor = actor.Following)
            if (actor.Task == task && actor.Attempt == attempt) return actor;
        return null;
    }

    /// <summary>It has reported: it may rest.</summary>
    public void End(TaskActor actor)
    {
        Remove(actor);
        actor.Clear();
        if (_resting.Count < MaxResting) _resting.Push(actor);
    }

    /// <summary>It is abandoned: it may still report, and is never used again.</summary>
    public void Remove(TaskActor actor)
    {
        if (actor.Previous is null) _first = actor.Following;
        else actor.Previous.Following = actor.Following;
        if (actor.Following is not null) actor.Following.Previous = actor.Previous;
        actor.Previous = actor.Following = null;
        Count--;
    }

    public IEnumerable<TaskActor> All()
    {
        for (var actor = _first; actor is not null;)
        {
            var following = actor.Following;
            yield return actor;
            actor = following;
        }
    }
}
