using ActorFlow.Actors;
using ActorFlow.Journal;

namespace ActorFlow.TestKit;

/// <summary>
/// One life of a process: the whole shell and the embedded journal on one thread, from its start to its death.
/// </summary>
internal sealed class SimulatedProcess
{
    private readonly SimulatedDisk _disk;

    /// <summary>Begins a life.</summary>
    /// <param name="disk">What earlier lives have left, and what may fail.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Decides whose turn it is.</param>
    /// <param name="segmentBytes">How large the files of the journal are.</param>
    /// <param name="pools">How many attempts may run at once, by pool.</param>
    /// <param name="change">Changes what the job system is made of.</param>
    public SimulatedProcess(
        SimulatedDisk disk, SimulatedTime time, Random random, int segmentBytes,
        IReadOnlyDictionary<string, int> pools, Func<SimulatedProcess, JobSystemOptions, JobSystemOptions> change)
    {
        _disk = disk;
        Threads = new SimulatedThreads(random);
        Journal = FileJournal.Open(new FileJournalOptions
        {
            Directory = "/journal",
            Disk = disk,
            Time = time,
            Schedule = Threads.Schedule,
            SegmentBytes = segmentBytes,
            Retention = null,
        });
        System = new JobSystem(change(this, new JobSystemOptions
        {
            Journal = Journal,
            Threads = Threads,
            Payloads = new JsonPayloadCodec(),
            Scratch = Scratch,
            Processes = new MortalProcesses(),
            Pools = pools,
            Time = time,
            // They change with what the runtime has inlined by now, and with them the sizes of all writes.
            RecordStackTraces = false,
        }));
    }

    public SimulatedThreads Threads { get; }

    public SimulatedScratch Scratch { get; } = new();

    public FileJournal Journal { get; }

    public JobSystem System { get; }

    /// <summary>Whether the disk failed it: it can do nothing any more.</summary>
    public bool IsHalted => _disk.Faults.IsDown;

    /// <summary>What the journal says to be durable of a job; null while nothing can be read.</summary>
    public IReadOnlyList<JobEvent>? DurableEventsOf(JobId job, long fromVersion = 1) => IsHalted
        ? null
        : Journal.ReadAsync(job, fromVersion, CancellationToken.None).AsTask().GetAwaiter().GetResult();
}
