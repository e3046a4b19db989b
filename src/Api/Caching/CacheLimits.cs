namespace ActorFlow;

/// <summary>What a store of cached results keeps when it is cleaned.</summary>
public sealed record CacheLimits
{
    /// <summary>The defaults: 30 days after a result was last used, and 4 GiB.</summary>
    public static CacheLimits Default { get; } = new();

    /// <summary>No limits: only results go whose own time is over.</summary>
    public static CacheLimits None { get; } = new() { MaxUnused = null, MaxBytes = null };

    /// <summary>
    /// How long a result is kept that nobody uses, longer than zero; null for ever. A use is noticed once in an hour.
    /// </summary>
    /// <value>The default is 30 days.</value>
    public TimeSpan? MaxUnused { get; init; } = TimeSpan.FromDays(30);

    /// <summary>
    /// How many bytes the files may take together, at least 1; null for any number. What was used longest ago goes
    /// first.
    /// </summary>
    /// <value>The default is 4 GiB.</value>
    public long? MaxBytes { get; init; } = 4L * 1024 * 1024 * 1024;

    /// <summary>Everything that is wrong with the limits, a sentence each; empty if nothing is.</summary>
    internal IEnumerable<string> Faults()
    {
        if (MaxUnused <= TimeSpan.Zero) yield return $"MaxUnused is {MaxUnused}; it must be longer than zero, or null.";
        if (MaxBytes < 1) yield return $"MaxBytes is {MaxBytes}; it must be at least 1, or null.";
    }
}

/// <summary>What a cleaning of cached results has done.</summary>
/// <param name="Kept">How many results are left.</param>
/// <param name="KeptBytes">What their files take, in bytes.</param>
/// <param name="Removed">How many results were removed.</param>
/// <param name="RemovedBytes">What the files took that were removed, half-written ones too, in bytes.</param>
public sealed record CacheCleaning(int Kept, long KeptBytes, int Removed, long RemovedBytes);
