using ActorFlow.Engine;
using ActorFlow.Journal;
using ActorFlow.TestKit;

namespace ActorFlow.Actors.Tests;

/// <summary>
/// A job system on real threads and a journal in memory that outlives it, with a clock that the test turns.
/// </summary>
internal sealed class TestSystem : IAsyncDisposable
{
    private readonly string _scratch = Path.Combine(Path.GetTempPath(), $"actorflow-test-{Guid.NewGuid():N}");

    public TestSystem(
        int compute = 2, IJournal? journal = null, SimulatedTime? time = null, IScratchSpace? scratch = null,
        Microsoft.Extensions.Logging.ILoggerFactory? loggers = null,
        IReadOnlyDictionary<string, string>? otherPoolNames = null, Dictionary<string, int>? otherPools = null)
    {
        Journal = journal ?? new MemoryJournal();
        Time = time ?? new SimulatedTime();
        Jobs = new JobSystem(new JobSystemOptions
        {
            Journal = Journal,
            Threads = new RealThreads(),
            Payloads = new JsonPayloadCodec(),
            Scratch = scratch ?? new ScratchSpace(_scratch),
            Pools = new Dictionary<string, int>(otherPools ?? []) { ["compute"] = compute, ["async"] = 64 },
            OtherPoolNames = otherPoolNames ?? new Dictionary<string, string>(),
            Time = Time,
            LoggerFactory = loggers ?? Logs,
            OnProgress = progress => Progress.Add(progress),
        });
    }

    public JobSystem Jobs { get; }

    public IJournal Journal { get; }

    public SimulatedTime Time { get; }

    public LogLines Logs { get; } = new();

    public System.Collections.Concurrent.ConcurrentBag<AttemptProgress> Progress { get; } = [];

    public string ScratchRoot => _scratch;

    public Task<JobRef> SubmitAsync(ExecutableFlow flow, string id = "job", string input = "null", int priority = 0) =>
        Jobs.SubmitAsync(
            new JobSubmission(new JobId(id), flow, Payload.FromJson(input)) { Priority = priority },
            CancellationToken.None);

    /// <summary>Waits for a job's end and reads its report.</summary>
    public static async Task<JobReport> EndOf(JobRef job)
    {
        await job.WhenEnded;
        return await job.ReadAsync(JobReport.Of);
    }

    public async ValueTask DisposeAsync()
    {
        await Jobs.DisposeAsync();
        if (Directory.Exists(_scratch)) Directory.Delete(_scratch, recursive: true);
    }
}
