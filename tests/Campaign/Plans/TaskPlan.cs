namespace ActorFlow.Campaign;

/// <summary>What one task is to do: the same in a flow of the library and in a flow file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Needs">The numbers of the tasks before it.</param>
internal sealed record TaskPlan(string Name, IReadOnlyList<int> Needs)
{
    /// <summary>Attempts up to this number fail: told by the number alone, so a lost attempt changes no fate.</summary>
    public int FailsUpTo { get; init; }

    public int MaxAttempts { get; init; } = 1;

    public int Milliseconds { get; init; }

    /// <summary>Whether it runs however the tasks before it end.</summary>
    public bool IsCleanUp { get; init; }

    public bool Succeeds => FailsUpTo < MaxAttempts;
}
