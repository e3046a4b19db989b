namespace ActorFlow.Campaign;

/// <summary>How long a soak is, and how hard.</summary>
internal sealed record SoakOptions
{
    /// <summary>How long jobs are submitted; null if it is their number that counts.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>How many jobs are submitted at the most.</summary>
    public int Jobs { get; init; } = int.MaxValue;

    /// <summary>How many are submitted each second; null for as many as find room among those that are open.</summary>
    public double? Rate { get; init; }

    /// <summary>How many jobs may be open at once: beyond that nothing is submitted until others have ended.</summary>
    public int MostOpen { get; init; } = 200;

    /// <summary>How often is measured.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Short, so that the same soak sees jobs come and be forgotten many times over.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromSeconds(40);

    public TimeSpan CompactionInterval { get; init; } = TimeSpan.FromSeconds(7);

    /// <summary>Small, so that segments are begun and compacted all the time.</summary>
    public int SegmentBytes { get; init; } = 1024 * 1024;
}
