namespace ActorFlow;

/// <summary>How the results of a task are cached.</summary>
public sealed record CacheOptions
{
    /// <summary>The defaults: for ever, in the store of the flow or else of the engine.</summary>
    public static CacheOptions Default { get; } = new();

    /// <summary>How long a result may be used, longer than zero. Null: for ever (the default).</summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>
    /// Where the results of this task are kept. Null: where the flow or the engine says (the default).
    /// </summary>
    public ICacheStore? Store { get; init; }

    /// <summary>
    /// What the task is known by in the store; tasks with the same name, version, output type and input share results.
    /// Null: a class by its name, other code by flow and task (the default).
    /// </summary>
    public string? Name { get; init; }
}
