using System.Globalization;
using Serilog;

namespace ActorFlow.Cli;

/// <summary>
/// Tells what happens to tasks: to the log with job, task and attempt, and what went wrong to whoever watches.
/// </summary>
internal sealed class ConsoleObserver(Terminal terminal, SessionSettings settings, ILogger log) : JobObserver
{
    // A live display shows failures itself, in its summary.
    private readonly bool _tells = !settings.Quiet && !ProgressView.IsLive(terminal, settings);

    public override ValueTask OnJobStartedAsync(JobHandle job, CancellationToken cancellationToken)
    {
        log.ForContext("JobId", job.Id.Value).Information("Job started");
        if (_tells)
            terminal.Output.WriteLine(
                $"job {job.Id}: flow {job.Flow.Name}, {PlainText.Count(job.Flow.Tasks.Count, "task")}");
        return default;
    }

    public override ValueTask OnJobEndedAsync(JobHandle job, JobPhase outcome, CancellationToken cancellationToken)
    {
        log.ForContext("JobId", job.Id.Value).Information("Job ended: {Outcome}", outcome);
        return default;
    }

    public override ValueTask OnTaskStartedAsync(
        JobHandle job, FlowTask task, int attempt, CancellationToken cancellationToken)
    {
        if (settings.Verbose || settings.LogFile is not null) For(job, task, attempt).Debug("Attempt started");
        return default;
    }

    public override ValueTask OnAttemptFailedAsync(
        JobHandle job, FlowTask task, int attempt, Failure failure, CancellationToken cancellationToken)
    {
        For(job, task, attempt).Warning("Attempt failed: {Type}: {Message}", failure.Type, failure.Message);
        return default;
    }

    public override ValueTask OnMarkerAsync(
        JobHandle job, FlowTask task, int attempt, Marker marker, CancellationToken cancellationToken)
    {
        var line = PlainText.OneLine(marker.ToString());
        For(job, task, attempt).Information("Marker: {Marker}", line);
        if (_tells) terminal.Output.WriteLine($"{line} [{task.Name}]");
        return default;
    }

    public override ValueTask OnRetryAsync(
        JobHandle job, FlowTask task, DateTimeOffset dueAt, Reason reason, CancellationToken cancellationToken)
    {
        For(job, task, attempt: null).Information("To be tried again at {DueAt:O} ({Reason})", dueAt, reason);
        if (_tells) terminal.Output.WriteLine($"task {task.Name}: to be tried again at {At(dueAt)} ({Words(reason)})");
        return default;
    }

    public override ValueTask OnCacheHitAsync(
        JobHandle job, FlowTask task, int attempt, string key, CancellationToken cancellationToken)
    {
        For(job, task, attempt).Information("Taken from the cache: {Key}", key);
        if (_tells) terminal.Output.WriteLine($"task {task.Name}: from the cache");
        return default;
    }

    public override ValueTask OnUpToDateAsync(
        JobHandle job, FlowTask task, int attempt, CancellationToken cancellationToken)
    {
        For(job, task, attempt).Information("Up to date");
        if (_tells) terminal.Output.WriteLine($"task {task.Name}: up to date");
        return default;
    }

    public override ValueTask OnTaskEndedAsync(
        JobHandle job, FlowTask task, TaskPhase outcome, JobEvent fact, CancellationToken cancellationToken)
    {
        var attempt = (fact as JobEvent.TaskSucceeded)?.Attempt;
        if (settings.Verbose || settings.LogFile is not null || outcome != TaskPhase.Succeeded)
            For(job, task, attempt).Information("Task ended: {Outcome}", outcome);
        if (_tells && fact is JobEvent.TaskFailed failed)
            terminal.Output.WriteLine($"task {task.Name}: failed: {FirstLine(failed.Failure.Message)}");
        return default;
    }

    private ILogger For(JobHandle job, FlowTask task, int? attempt)
    {
        var named = log.ForContext("JobId", job.Id.Value).ForContext("Task", task.Name);
        return attempt is { } number ? named.ForContext("Attempt", number) : named;
    }

    private static string FirstLine(string text) => PlainText.OneLine(text);

    private static string At(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static string Words(Reason reason) => PlainText.Words(reason.ToString());
}
