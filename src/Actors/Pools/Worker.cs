namespace ActorFlow.Actors;

/// <summary>
/// One thread of a pool: attempt after attempt, and in between the turns of supervisors that they led to.
/// </summary>
internal sealed class Worker(Workers owner, Pool pool)
{
    private readonly Pool _pool = pool;
    [ThreadStatic]
    private static Worker? _current;

    private readonly ParkedThread _self = new();
    private readonly Queue<IWork> _turns = new();
    private TaskActor? _next;
    private bool _holdsPlace;

    /// <summary>The worker whose thread this is; null elsewhere.</summary>
    public static Worker? Current => _current;

    public Workers Owner { get; } = owner;

    /// <summary>Whether an attempt runs on this thread just now: then user code is on the stack.</summary>
    public bool IsInAttempt { get; private set; }

    /// <summary>Whether it is about to look for an attempt.</summary>
    public bool IsFree => !IsInAttempt && _next is null;

    /// <summary>Takes a supervisor's turn, to run it as soon as this thread is back from the attempt.</summary>
    public void Add(IWork turn) => _turns.Enqueue(turn);

    /// <summary>
    /// Gives an attempt to the calling thread if that is a worker of the pool whose last attempt has just ended: it
    /// takes the place of that one, and no queue is needed.
    /// </summary>
    public static bool TryHandOver(Pool pool, TaskActor attempt)
    {
        if (_current is not { _holdsPlace: true, _next: null } worker || worker._pool != pool) return false;
        worker._next = attempt;
        return true;
    }

    public void Run()
    {
        _current = this;
        while (true)
        {
            var attempt = _next;
            _next = null;
            if (attempt is not null || _pool.TryTake(_holdsPlace, out attempt))
            {
                if (!TryRun(attempt)) return;
            }
            else
            {
                _holdsPlace = false;
                if (!Owner.Park(_self)) return;
            }
        }
    }

    private bool TryRun(TaskActor attempt)
    {
        _holdsPlace = false;
        IsInAttempt = true;
        var run = attempt.Execute();
        IsInAttempt = false;
        _holdsPlace = run == AttemptRun.Ended;
        while (_turns.TryDequeue(out var turn)) turn.Execute();
        if (run != AttemptRun.WasAbandoned) return true;
        Owner.Leave();
        return false;
    }
}
