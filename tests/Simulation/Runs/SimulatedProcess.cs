using ActorFlow.Actors;
using ActorFlow.Journal;

namespace ActorFlow.Simulation;

/// <summary>
/// One life of a process: the whole shell and the embedded journal on one thread, from its start to its death.
/// </summary>
internal sealed class SimulatedProcess
{
    private readonly SimulatedDisk _disk;

    public SimulatedProcess(SimulatedRun run, int segmentBytes)
    {
        _disk = run.Disk;
        var (time, random) = (run.Time, run.Choices.AsRandom);
        Threads = new SimulatedThreads(random);
        Journal = FileJournal.Open(new FileJournalOptions
        {
            Directory = "/journal",
            Disk = _disk,
            Time = time,
            Schedule = Threads.Schedule,
            SegmentBytes = segmentBytes,
            Retention = null,
        });
        System = new JobSystem(new JobSystemOptions
        {
            Journal = new SlowJournal(Journal, Threads, random),
            Threads = Threads,
            Payloads = new JsonPayloadCodec(),
            Scratch = Scratch,
            Pools = new Dictionary<string, int>
            {
                [TaskPolicy.ComputePool] = 1 + random.Next(3),
                [TaskPolicy.AsyncPool] = 1 + random.Next(5),
            },
            Time = time,
            MaxLookahead = random.Next(2) * 4,
            LoggerFactory = new DefectLog(run),
        });
    }

    public SimulatedThreads Threads { get; }

    public SimulatedScratch Scratch { get; } = new();

    public FileJournal Journal { get; }

    public JobSystem System { get; }

    /// <summary>Whether the disk failed it: it can do nothing any more.</summary>
    public bool IsHalted => _disk.Faults.IsDown;

    /// <summary>What the journal says to be durable of a job; null while nothing can be read.</summary>
    public IReadOnlyList<JobEvent>? DurableEventsOf(JobId job) =>
        IsHalted ? null : Journal.ReadAsync(job, 1, CancellationToken.None).AsTask().GetAwaiter().GetResult();
}
