namespace ActorFlow.Journal;

/// <summary>When an append to the embedded journal counts as durable.</summary>
public sealed record Durability
{
    private Durability(TimeSpan? interval) => Interval = interval;

    /// <summary>Once it is synced to the disk: it survives a crash and a power failure. The default.</summary>
    public static Durability SyncEveryAppend { get; } = new((TimeSpan?)null);

    /// <summary>The time between two syncs; null when every append waits for one.</summary>
    public TimeSpan? Interval { get; }

    /// <summary>
    /// Once the operating system has it, with a sync every so often. It survives a crash of the process; a power
    /// failure or a crash of the machine can cost what was appended within the interval, and with it jobs that were
    /// acknowledged and successes that run again.
    /// </summary>
    /// <param name="interval">The time between two syncs; longer than zero.</param>
    public static Durability SyncEvery(TimeSpan interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        return new Durability(interval);
    }
}
