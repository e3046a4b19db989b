namespace ActorFlow.TestKit;

/// <summary>One attempt of user code in a test: the clock stands still while it is busy with something else.</summary>
internal sealed class AttemptScope(string task, int attempt, Action changed)
{
    private static readonly AsyncLocal<AttemptScope?> Here = new();
    private readonly HashSet<int> _parts = [];
    private int _timers;
    private volatile bool _hasEnded;

    /// <summary>The attempt whose code runs; null for the engine's own.</summary>
    public static AttemptScope? Current
    {
        get => Here.Value;
        set => Here.Value = value;
    }

    /// <summary>Whether it waits for something that no virtual time will bring, or is about to report.</summary>
    public bool IsOutside => _hasEnded || (Volatile.Read(ref _timers) == 0 && _parts.Count == 0);

    /// <summary>Whether its code is done.</summary>
    public bool HasEnded => _hasEnded;

    public void End() => _hasEnded = true;

    /// <summary>It waits for one timer more, or for one less.</summary>
    public void WaitsForTimer(int change)
    {
        Interlocked.Add(ref _timers, change);
        changed();
    }

    /// <summary>It waits for what it has added to the job, or has heard how that ended; by number.</summary>
    public void WaitsForParts(int expansion, bool waits)
    {
        if (waits) _parts.Add(expansion);
        else _parts.Remove(expansion);
    }

    public bool Is(string otherTask, int otherAttempt) => task == otherTask && attempt == otherAttempt;

    public override string ToString() => $"attempt {attempt} of task '{task}'";
}
