using System.Text;
using ActorFlow.Actors;
using ActorFlow.Journal;

namespace ActorFlow.Campaign;

/// <summary>
/// A process that runs jobs with the library, and says on standard output what it was told, until it is killed.
/// </summary>
internal sealed class LibraryHost(HostOptions options) : IDisposable
{
    // Small segments: a round then sees several of them begin.
    private const int SegmentBytes = 4096;

    private readonly Ledger _ledger = new(options.Ledger);
    private readonly Stream _output = Console.OpenStandardOutput();
    private readonly Random _random = new(options.Life);

    /// <summary>Runs all jobs to their end.</summary>
    public async Task RunAsync()
    {
        var jobs = JobPlan.Draw(options.Plans, HostOptions.Jobs)
            .ToDictionary(plan => new JobId(plan.Id), plan => new ExecutableFlow(
                plan.Flow, [.. plan.Tasks.Select(task => new PlannedBody(task, _ledger, TimeProvider.System))]));
        var journal = OpenJournal();
        await using var engine = ActorFlowEngine.Create(new ActorFlowOptions
        {
            DataDirectory = options.Directory,
            Journal = journal,
        });
        var there = new Dictionary<JobId, long>();
        foreach (var job in await journal.ListAsync(default)) there[job.Id] = job.Version;
        Say("opened");
        foreach (var flow in jobs.Values) engine.Register(flow);
        if (_random.Next(2) == 0) await engine.ResumeAsync();
        await Task.WhenAll(jobs.Select(job => RunAsync(engine, job.Key, job.Value, there.GetValueOrDefault(job.Key))));
        Say("ending");
    }

    private FileJournal OpenJournal() => FileJournal.Open(new FileJournalOptions
    {
        Directory = options.Journal,
        SegmentBytes = SegmentBytes,
        Disk = options.Power ? new PowerDisk(options.Journal + ".nameless", new Random(options.Life))
            : PhysicalDisk.Instance,
        Durability = options.Hasty ? Durability.SyncEvery(TimeSpan.FromMinutes(1)) : Durability.SyncEveryAppend,
    });

    private async Task RunAsync(ActorFlowEngine engine, JobId id, ExecutableFlow flow, long version)
    {
        var job = await engine.SubmitAsync(flow, Payload.None, new JobOptions { Id = id });
        Say($"told {id} 1 submitted");
        // The last event that was there is told again: it may be the end.
        version = Math.Max(0, version - 1);
        await foreach (var fact in job.ReadEventsAsync(version + 1))
            Say($"told {id} {++version} {EventText.Of(fact, flow.Definition.TaskNames)}");
        Say($"told {id} {version} ended {await job.WaitAsync()}");
    }

    // A short line in one write: whoever kills this process finds all of it in the pipe, or nothing.
    private void Say(string line)
    {
        lock (_output) _output.Write(Encoding.ASCII.GetBytes(line + "\n"));
    }

    public void Dispose()
    {
        _ledger.Dispose();
        _output.Dispose();
    }
}
