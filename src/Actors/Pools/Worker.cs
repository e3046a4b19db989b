namespace ActorFlow.Actors;

/// <summary>
/// One thread of a pool: attempt after attempt, and in between the turns of supervisors that they led to.
/// </summary>
internal sealed class Worker(Workers owner, Pool pool)
{
    [ThreadStatic]
    private static Worker? _current;

    private readonly ParkedThread _self = new();
    private readonly Queue<IWork> _turns = new();

    /// <summary>The worker whose thread this is; null elsewhere.</summary>
    public static Worker? Current => _current;

    public Workers Owner { get; } = owner;

    /// <summary>Whether an attempt runs on this thread just now: then user code is on the stack.</summary>
    public bool IsInAttempt { get; private set; }

    /// <summary>Takes a supervisor's turn, to run it as soon as this thread is back from the attempt.</summary>
    public void Add(IWork turn) => _turns.Enqueue(turn);

    public void Run()
    {
        _current = this;
        var hasEnded = false;
        while (true)
        {
            if (pool.TryTake(hasEnded, out var attempt))
            {
                IsInAttempt = true;
                var run = attempt.Execute();
                IsInAttempt = false;
                while (_turns.TryDequeue(out var turn)) turn.Execute();
                hasEnded = run == AttemptRun.Ended;
                if (run != AttemptRun.WasAbandoned) continue;
                Owner.Leave();
                return;
            }

            hasEnded = false;
            if (!Owner.Park(_self)) return;
        }
    }
}
