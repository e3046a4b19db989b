using System.Collections.Concurrent;
using System.Threading.Channels;

namespace ActorFlow.Api.Tests.Engine;

public sealed class ObserverTests
{
    [Fact]
    public async Task An_observer_hears_of_starts_failures_retries_skips_ends_and_progress()
    {
        var heard = new Recorder();
        var flow = FlowBuilder.Create<int>("observed");
        var works = flow.Task("works", flow.Input, (x, context) =>
        {
            context.Report(0.5, "half");
            return x;
        });
        var breaks = flow.Task("breaks", works, int (_) => throw new IOException("no")).Retry(2);
        flow.Task("never", breaks, x => x);
        await RunAsync(flow.Build(), heard);

        Assert.Equal(
            [
                "job starts", "works starts 1", "works ends Succeeded", "breaks starts 1", "breaks fails 1",
                "breaks is retried", "breaks starts 2", "breaks fails 2", "breaks ends Failed",
                "never is skipped because of breaks", "never ends Skipped", "job ends Failed",
            ],
            heard.Lines);
        Assert.Equal((0.5, "half"), (heard.Progress?.Progress, heard.Progress?.Message));
    }

    [Fact]
    public async Task An_observer_that_throws_hurts_neither_the_job_nor_the_others()
    {
        var heard = new Recorder();
        var report = await RunAsync(new Flaky(0).Flow(), new Thrower(), heard);
        Assert.Equal(JobPhase.Succeeded, report.Phase);
        Assert.Equal("job ends Succeeded", heard.Lines[^1]);
    }

    [Fact]
    public async Task An_observer_hears_of_a_job_that_goes_on_after_its_end()
    {
        var heard = new Recorder();
        var options = new ActorFlowOptions { InMemory = true, Observers = { heard } };
        await using (var engine = ActorFlowEngine.Create(options))
        {
            var job = await engine.SubmitAsync(new Flaky(1).Flow(), 1);
            await job.WaitAsync();
            await job.RetryFailedAsync();
            await job.WaitAsync();
            await heard.HeardAsync("job ends Succeeded");
        }

        Assert.Equal(
            ["job starts", "job ends Failed", "job starts", "job ends Succeeded"],
            heard.Lines.Where(line => line.StartsWith("job", StringComparison.Ordinal)));
    }

    private static async Task<JobReport> RunAsync(Flow<int, int> flow, params JobObserver[] observers) =>
        await RunAsync(flow.Executable, observers);

    private static async Task<JobReport> RunAsync(Flow<int, Nothing> flow, params JobObserver[] observers) =>
        await RunAsync(flow.Executable, observers);

    private static async Task<JobReport> RunAsync(Actors.ExecutableFlow flow, JobObserver[] observers)
    {
        var options = new ActorFlowOptions { InMemory = true };
        foreach (var observer in observers) options.Observers.Add(observer);
        await using var engine = ActorFlowEngine.Create(options);
        var job = await engine.SubmitAsync(flow, Payload.Live(1));
        await job.WaitAsync();
        await observers.OfType<Recorder>().Single().HeardAsync("job ends");
        return await job.GetReportAsync();
    }

    private sealed class Thrower : JobObserver
    {
        public override ValueTask OnEventAsync(JobHandle job, JobEvent fact, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("I always throw.");
    }

    private sealed class Recorder : JobObserver
    {
        private readonly ConcurrentQueue<string> _lines = new();
        private readonly Channel<string> _news = Channel.CreateUnbounded<string>();

        public IReadOnlyList<string> Lines => [.. _lines];

        public Actors.AttemptProgress? Progress { get; private set; }

        /// <summary>Waits for a line that begins so.</summary>
        public async Task HeardAsync(string line)
        {
            await foreach (var heard in _news.Reader.ReadAllAsync())
                if (heard.StartsWith(line, StringComparison.Ordinal)) return;
        }

        public override ValueTask OnJobStartedAsync(JobHandle job, CancellationToken cancellationToken) =>
            Hear("job starts");

        public override ValueTask OnJobEndedAsync(
            JobHandle job, JobPhase outcome, CancellationToken cancellationToken) => Hear($"job ends {outcome}");

        public override ValueTask OnTaskStartedAsync(
            JobHandle job, FlowTask task, int attempt, CancellationToken cancellationToken) =>
            Hear($"{task.Name} starts {attempt}");

        public override ValueTask OnAttemptFailedAsync(
            JobHandle job, FlowTask task, int attempt, Failure failure, CancellationToken cancellationToken) =>
            Hear($"{task.Name} fails {attempt}");

        public override ValueTask OnRetryAsync(
            JobHandle job, FlowTask task, DateTimeOffset dueAt, Reason reason, CancellationToken cancellationToken) =>
            Hear($"{task.Name} is retried");

        public override ValueTask OnTaskSkippedAsync(
            JobHandle job, FlowTask task, Reason reason, FlowTask? cause, CancellationToken cancellationToken) =>
            Hear($"{task.Name} is skipped because of {cause?.Name}");

        public override ValueTask OnTaskEndedAsync(
            JobHandle job, FlowTask task, TaskPhase outcome, JobEvent fact, CancellationToken cancellationToken) =>
            Hear($"{task.Name} ends {outcome}");

        public override void OnProgress(Actors.AttemptProgress progress) => Progress = progress;

        private ValueTask Hear(string line)
        {
            _lines.Enqueue(line);
            _news.Writer.TryWrite(line);
            return default;
        }
    }
}
