using System.Collections.Concurrent;
using System.Threading.Channels;

namespace ActorFlow.Api.Tests.Observing;

/// <summary>An observer that writes down all that it hears, a line for each call.</summary>
internal class Recorder : JobObserver
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Channel<string> _news = Channel.CreateUnbounded<string>();

    public IReadOnlyList<string> Lines => [.. _lines];

    public ConcurrentQueue<Actors.AttemptProgress> Progress { get; } = new();

    /// <summary>Waits for a line that begins so, behind those that were waited for before.</summary>
    public async Task HeardAsync(string line)
    {
        await foreach (var heard in _news.Reader.ReadAllAsync())
            if (heard.StartsWith(line, StringComparison.Ordinal)) return;
    }

    public override ValueTask OnEngineStartedAsync(ActorFlowEngine engine, CancellationToken cancellationToken) =>
        Hear("engine starts");

    public override ValueTask OnEngineStoppedAsync(ActorFlowEngine engine, CancellationToken cancellationToken) =>
        Hear("engine stops");

    public override ValueTask OnJobStartedAsync(JobHandle job, CancellationToken cancellationToken) =>
        Hear("job starts");

    public override ValueTask OnJobPausedAsync(JobHandle job, CancellationToken cancellationToken) =>
        Hear("job pauses");

    public override ValueTask OnJobContinuedAsync(JobHandle job, CancellationToken cancellationToken) =>
        Hear("job continues");

    public override ValueTask OnJobStoppingAsync(
        JobHandle job, JobPhase outcome, Reason reason, CancellationToken cancellationToken) =>
        Hear($"job stops for {outcome} because {reason}");

    public override ValueTask OnJobEndedAsync(
        JobHandle job, JobPhase outcome, CancellationToken cancellationToken) => Hear($"job ends {outcome}");

    public override ValueTask OnTaskStartedAsync(
        JobHandle job, FlowTask task, int attempt, CancellationToken cancellationToken) =>
        Hear($"{task.Name} starts {attempt}");

    public override ValueTask OnAttemptStoppingAsync(
        JobHandle job, FlowTask task, int attempt, Reason reason, CancellationToken cancellationToken) =>
        Hear($"{task.Name} is to stop {attempt} because {reason}");

    public override ValueTask OnAttemptAbandonedAsync(
        JobHandle job, FlowTask task, int attempt, CancellationToken cancellationToken) =>
        Hear($"{task.Name} is abandoned {attempt}");

    public override ValueTask OnAttemptFailedAsync(
        JobHandle job, FlowTask task, int attempt, Failure failure, CancellationToken cancellationToken) =>
        Hear($"{task.Name} fails {attempt}");

    public override ValueTask OnRetryAsync(
        JobHandle job, FlowTask task, DateTimeOffset dueAt, Reason reason, CancellationToken cancellationToken) =>
        Hear($"{task.Name} is retried");

    public override ValueTask OnRetryStartedAsync(
        JobHandle job, FlowTask task, int attempt, Failure? failure, CancellationToken cancellationToken) =>
        Hear($"{task.Name} begins retry {attempt} after {failure?.Message}");

    public override ValueTask OnRetryEndedAsync(
        JobHandle job, FlowTask task, int attempt, bool succeeded, CancellationToken cancellationToken) =>
        Hear($"{task.Name} ends retry {attempt} {succeeded}");

    public override ValueTask OnTaskHeldAsync(
        JobHandle job, FlowTask task, Reason reason, CancellationToken cancellationToken) =>
        Hear($"{task.Name} is held");

    public override ValueTask OnTaskSkippedAsync(
        JobHandle job, FlowTask task, Reason reason, FlowTask? cause, CancellationToken cancellationToken) =>
        Hear($"{task.Name} is skipped because of {cause?.Name}");

    public override ValueTask OnTaskEndedAsync(
        JobHandle job, FlowTask task, TaskPhase outcome, JobEvent fact, CancellationToken cancellationToken) =>
        Hear($"{task.Name} ends {outcome}");

    public override void OnProgress(Actors.AttemptProgress progress) => Progress.Enqueue(progress);

    private ValueTask Hear(string line)
    {
        _lines.Enqueue(line);
        _news.Writer.TryWrite(line);
        return default;
    }
}
