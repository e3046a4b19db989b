namespace ActorFlow.Journal;

/// <summary>How an embedded journal is set up.</summary>
public sealed record FileJournalOptions
{
    /// <summary>Its directory; made when it is not there.</summary>
    public required string Directory { get; init; }

    /// <summary>When an append counts as durable. The default is a sync for every append.</summary>
    public Durability Durability { get; init; } = Durability.SyncEveryAppend;

    /// <summary>How long ended jobs are kept; null for ever. The default is 30 days.</summary>
    public TimeSpan? Retention { get; init; } = TimeSpan.FromDays(30);

    /// <summary>The size at which a new segment is begun, in bytes. The default is 64 MiB.</summary>
    public int SegmentBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>
    /// How much may wait to be written at once; whoever appends more than that waits for the disk. What is appended at
    /// once stays together and may be more.
    /// </summary>
    internal int FrameBytes { get; init; } = 128 * 1024 * 1024;

    /// <summary>
    /// Whether only to read, also beside a process that writes: nothing is locked, cut or deleted, and what is being
    /// written is not seen. The default is false.
    /// </summary>
    public bool ReadOnly { get; init; }

    /// <summary>
    /// Hears of what an operator should know: a torn tail that was cut, jobs that are kept as their end cannot be read.
    /// </summary>
    public Action<string>? OnNotice { get; init; }

    /// <summary>Hears how many jobs were forgotten as their time was over, and before when they had ended.</summary>
    public Action<int, DateTimeOffset>? OnForgotten { get; init; }

    /// <summary>The disk. The default is that of this machine.</summary>
    public IDisk Disk { get; init; } = PhysicalDisk.Instance;

    /// <summary>The clock, for syncs and retention. The default is the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// Runs work on another thread. By default that is one of the journal's own: user code that blocks the threads of
    /// the thread pool holds up no append.
    /// </summary>
    public Action<Action>? Schedule { get; init; }
}
