namespace ActorFlow.Actors;

/// <summary>
/// One thread of a pool: attempt after attempt, and in between the turns of supervisors that they led to.
/// </summary>
internal sealed class Worker(Workers owner, Pool pool)
{
    /// <summary>How many short attempts may run before a supervisor has its turn.</summary>
    private const int MaxPutOff = 16;

    private readonly Pool _pool = pool;
    private readonly ParkedThread _self = new();
    private IWork? _putOff;
    private int _putOffFor;
    private TaskActor? _next;
    private TaskActor? _running;
    private volatile bool _isReplaced;
    private bool _isLeaving;
    private bool _holdsPlace;
    private int _attempts;

    /// <summary>The worker whose thread this is; null elsewhere.</summary>
    [field: ThreadStatic]
    public static Worker? Current { get; private set; }

    public Workers Owner { get; } = owner;

    /// <summary>Whether the calling thread has an attempt to run next.</summary>
    public static bool HasNext => Current is { _next: not null };

    /// <summary>Whether an attempt runs on this thread just now: then user code is on the stack.</summary>
    public bool IsInAttempt => _running is not null;

    /// <summary>Whether nobody waits for the attempt any more that runs on this thread.</summary>
    public bool IsGivenUp => _running is { IsAbandoned: true };

    /// <summary>Whether it is about to look for an attempt.</summary>
    public bool IsFree => !IsInAttempt && _next is null && !_isLeaving;

    /// <summary>
    /// Gives an attempt to the calling thread if that is a worker of the pool whose last attempt has just ended: it
    /// takes the place of that one, and no queue is needed.
    /// </summary>
    public static bool TryHandOver(Pool pool, TaskActor attempt)
    {
        if (Current is not { _holdsPlace: true, _next: null } worker || worker._pool != pool) return false;
        worker._next = attempt;
        attempt.BeginOnThread();
        return true;
    }

    public void Run()
    {
        Current = this;
        while (true)
        {
            var isOneTooMany = Owner.IsOneTooMany;
            if (TryTake(isOneTooMany) is { } attempt)
            {
                if (!TryRun(attempt)) return;
            }
            else if (!TryRunPutOff() && !Rest(isOneTooMany))
            {
                return;
            }
        }
    }

    private TaskActor? TryTake(bool isOneTooMany)
    {
        var attempt = _next;
        _next = null;
        if (attempt is not null || isOneTooMany) return attempt;
        if (!_pool.TryTake(_holdsPlace, out attempt)) _holdsPlace = false;
        return attempt;
    }

    private bool Rest(bool isOneTooMany)
    {
        if (_holdsPlace) _pool.Leave();
        _holdsPlace = false;
        return Owner.Park(_self, isOneTooMany);
    }

    private bool TryRun(TaskActor attempt)
    {
        _holdsPlace = false;
        Volatile.Write(ref _attempts, _attempts + 1);
        _running = attempt;
        Owner.Beat();
        var run = attempt.Execute(out var turn);
        _running = null;
        _holdsPlace = run == AttemptRun.Ended;
        _isLeaving = run == AttemptRun.WasAbandoned || (run == AttemptRun.GoesOn && _isReplaced);
        RunTurns(turn);
        if (!_isLeaving) return true;
        TryRunPutOff();
        Owner.Leave();
        // It may have been counted on for what has come meanwhile.
        _pool.WakeWorkers();
        return false;
    }

    /// <summary>
    /// Whether another is to take its place: the attempt that it runs has left its slot, to wait for what it has added,
    /// and blocks the thread meanwhile. True once.
    /// </summary>
    /// <remarks>
    /// The attempt may come back just now: then there is a thread too many, until one comes back the next time.
    /// </remarks>
    public bool TryReplace()
    {
        if (_isReplaced || _running is not { HoldsSlot: false }) return false;
        _isReplaced = true;
        return true;
    }

    private void RunTurns(JobActor? turn)
    {
        if (turn is { LastAppend.TakesLong: true } && _pool.HasReady && !Owner.IsHurried)
        {
            Owner.Supervise(turn);
            turn = null;
        }

        var mayPutOff = Owner.IsBrisk && _pool.HasReady;
        if (mayPutOff && turn is not null && _putOff is null)
        {
            _putOffFor = 0;
            Volatile.Write(ref _putOff, turn);
            turn = null;
        }

        if (_putOff is not null && (++_putOffFor >= MaxPutOff || !mayPutOff)) TryRunPutOff();
        turn?.Execute();
    }

    private bool TryRunPutOff()
    {
        if (TakePutOff() is not { } turn) return false;
        turn.Execute();
        return true;
    }

    /// <summary>How many attempts it has begun, in all.</summary>
    public int Attempts => Volatile.Read(ref _attempts);

    /// <summary>Takes away the turn that waits for short attempts, when one of them turns out long.</summary>
    public IWork? TakePutOff() => Interlocked.Exchange(ref _putOff, null);
}
