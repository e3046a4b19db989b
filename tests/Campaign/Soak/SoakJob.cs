using System.Collections.Concurrent;
using ActorFlow.Journal;

namespace ActorFlow.Campaign;

/// <summary>A kind of job: what it runs, and what must come of it.</summary>
/// <param name="Name">The name of the kind, and of its flow.</param>
/// <param name="Weight">How often it is drawn.</param>
/// <param name="LiveAsync">Submits one, steers it, and checks it to its end.</param>
internal sealed record SoakShape(string Name, int Weight, Func<SoakJob, Task> LiveAsync);

/// <summary>One job of a soak, in the hand of whoever submits, steers and checks it.</summary>
/// <param name="Engine">The engine.</param>
/// <param name="Journal">Its journal.</param>
/// <param name="Witness">Hears of all events.</param>
/// <param name="Number">The number of the job, which is its input.</param>
internal sealed record SoakJob(ActorFlowEngine Engine, FileJournal Journal, Witness Witness, int Number)
{
    public JobId Id { get; } = new($"soak-{Number}");

    public Task<JobHandle<T>> SubmitAsync<T>(Flow<int, T> flow) =>
        Engine.SubmitAsync(flow, Number, new JobOptions { Id = Id });

    /// <summary>Waits for the end, which observers hear of too.</summary>
    public async Task<JobReport> EndsAsync(JobHandle job, JobPhase outcome)
    {
        var phase = await job.WaitAsync();
        Require(phase == outcome, $"it is {phase}, and was to be {outcome}");
        await Witness.HearsOfEndAsync(Id);
        return await job.GetReportAsync();
    }

    /// <summary>Waits for the end, and for the result that it must have.</summary>
    public async Task GivesAsync<T>(JobHandle<T> job, T result)
    {
        var given = await job.GetResultAsync();
        Require(Equals(given, result), $"its result is {given}, and was to be {result}");
        await EndsAsync(job, JobPhase.Succeeded);
    }

    public void Require(bool holds, string otherwise)
    {
        if (!holds) throw new CampaignException($"Of {Id}: {otherwise}.");
    }
}

/// <summary>An observer that counts ends, and throws now and then: that must hurt nobody.</summary>
internal sealed class Witness : JobObserver
{
    private const int ThrowsEvery = 7;

    private readonly ConcurrentDictionary<JobId, TaskCompletionSource> _ends = [];
    private readonly ConcurrentQueue<JobId> _twice = [];
    private int _events;

    /// <summary>The jobs whose end it has heard of once too often.</summary>
    public IEnumerable<JobId> Unexpected => _ends.Keys.Concat(_twice);

    /// <summary>Completes when it has heard that a job has ended; then it forgets the job.</summary>
    public async Task HearsOfEndAsync(JobId job)
    {
        await HeardOf(job).Task;
        _ends.TryRemove(job, out _);
    }

    public override ValueTask OnJobEndedAsync(JobHandle job, JobPhase outcome, CancellationToken cancellationToken)
    {
        if (!HeardOf(job.Id).TrySetResult()) _twice.Enqueue(job.Id);
        return default;
    }

    public override ValueTask OnTaskEndedAsync(
        JobHandle job, FlowTask task, TaskPhase outcome, JobEvent fact, CancellationToken cancellationToken) =>
        Interlocked.Increment(ref _events) % ThrowsEvery == 0
            ? throw new InvalidOperationException("Observers may throw.")
            : default;

    private TaskCompletionSource HeardOf(JobId job) => _ends.GetOrAdd(
        job, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}

/// <summary>Places where tasks wait until they are let go on, by job: known only while somebody waits.</summary>
internal sealed class Gates
{
    private readonly ConcurrentDictionary<JobId, Gate> _gates = [];

    public Gate Of(JobId job) => _gates.GetOrAdd(job, static _ => new Gate());

    public void Forget(JobId job) => _gates.TryRemove(job, out _);

    /// <summary>Waits until the gate of a job is open; one that is forgotten is.</summary>
    public Task PassAsync(JobId job) => _gates.TryGetValue(job, out var gate)
        ? gate.PassAsync(CancellationToken.None)
        : Task.CompletedTask;

    /// <summary>What one job waits at.</summary>
    internal sealed class Gate
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => _reached.Task;

        public void Open() => _open.TrySetResult();

        public Task PassAsync(CancellationToken cancellationToken)
        {
            _reached.TrySetResult();
            return _open.Task.WaitAsync(cancellationToken);
        }
    }
}
