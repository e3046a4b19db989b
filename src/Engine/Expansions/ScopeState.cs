namespace ActorFlow.Engine;

/// <summary>Where the tasks of one scope stand, together.</summary>
internal sealed class ScopeState(JobScope scope)
{
    public JobScope Scope { get; } = scope;

    /// <summary>How many of its tasks have not ended.</summary>
    public int Open { get; set; } = scope.Count;

    /// <summary>How many of its tasks failed.</summary>
    public int Failed { get; set; }

    /// <summary>How many of its tasks were cancelled: they have no outcome of their own.</summary>
    public int Cancelled { get; set; }

    /// <summary>How many of its tasks are under way; counted where their number is limited.</summary>
    public int Active { get; set; }

    /// <summary>Tasks whose needs are met, and that wait until fewer are under way.</summary>
    public Queue<int> Backlog { get; } = new();

    /// <summary>The last attempt of its owner that awaited it; 0 if none did.</summary>
    public int AwaitedBy { get; set; }

    /// <summary>Whether it runs again once it has stopped: that was for an earlier attempt than awaits it.</summary>
    public bool RunsAgain { get; set; }

    /// <summary>Where each of its parts stands; null where none needs another.</summary>
    public PartState[]? Parts { get; } = scope.Expansion.Parts.Any(part => part.From.Count + part.After.Count > 0)
        ? new PartState[scope.Expansion.Parts.Count]
        : null;

    /// <summary>Whether its owner cannot go on with what came out of it.</summary>
    public bool IsSpoilt => Scope.Expansion.HandsOverFailures
        ? Cancelled > 0 && !HasStoppedItself
        : Cancelled + Failed > 0;

    private bool HasStoppedItself =>
        Scope.Expansion.StopAfterFailures is > 0 and var most && Failed >= most;
}
