using Microsoft.Extensions.Logging;

namespace ActorFlow;

/// <summary>Logs what happens to jobs and tasks, under the category <c>ActorFlow.Jobs</c>.</summary>
/// <param name="logs">Where to.</param>
/// <param name="level">
/// The level of what goes well; attempts that fail and jobs that end otherwise are warnings. The default is
/// <see cref="LogLevel.Information"/>.
/// </param>
public sealed class LoggingObserver(ILoggerFactory logs, LogLevel level = LogLevel.Information) : JobObserver
{
    private readonly ILogger _log = logs.CreateLogger("ActorFlow.Jobs");

    /// <inheritdoc />
    public override ValueTask OnJobStartedAsync(JobHandle job, CancellationToken cancellationToken)
    {
        JobLog.JobStarted(_log, level, job.Id.Value, job.Flow.Name);
        return default;
    }

    /// <inheritdoc />
    public override ValueTask OnJobEndedAsync(JobHandle job, JobPhase outcome, CancellationToken cancellationToken)
    {
        JobLog.JobEnded(_log, outcome == JobPhase.Succeeded ? level : LogLevel.Warning, job.Id.Value, outcome);
        return default;
    }

    /// <inheritdoc />
    public override ValueTask OnTaskStartedAsync(
        JobHandle job, FlowTask task, int attempt, CancellationToken cancellationToken)
    {
        JobLog.TaskStarted(_log, level, job.Id.Value, task.Name, attempt);
        return default;
    }

    /// <inheritdoc />
    public override ValueTask OnAttemptFailedAsync(
        JobHandle job, FlowTask task, int attempt, Failure failure, CancellationToken cancellationToken)
    {
        JobLog.AttemptFailed(_log, job.Id.Value, task.Name, attempt, failure.Type, failure.Message);
        return default;
    }

    /// <inheritdoc />
    public override ValueTask OnRetryAsync(
        JobHandle job, FlowTask task, DateTimeOffset dueAt, Reason reason, CancellationToken cancellationToken)
    {
        JobLog.Retry(_log, level, job.Id.Value, task.Name, dueAt, reason);
        return default;
    }

    /// <inheritdoc />
    public override ValueTask OnTaskHeldAsync(
        JobHandle job, FlowTask task, Reason reason, CancellationToken cancellationToken)
    {
        JobLog.TaskHeld(_log, job.Id.Value, task.Name, reason);
        return default;
    }

    /// <inheritdoc />
    public override ValueTask OnTaskEndedAsync(
        JobHandle job, FlowTask task, TaskPhase outcome, JobEvent fact, CancellationToken cancellationToken)
    {
        JobLog.TaskEnded(_log, level, job.Id.Value, task.Name, outcome);
        return default;
    }
}

/// <summary>What the logging observer says, with stable event ids.</summary>
internal static partial class JobLog
{
    [LoggerMessage(EventId = 141, Message = "Job {JobId} of flow {Flow} started or goes on")]
    public static partial void JobStarted(ILogger log, LogLevel level, string jobId, string flow);

    [LoggerMessage(EventId = 142, Message = "Job {JobId} ended: {Outcome}")]
    public static partial void JobEnded(ILogger log, LogLevel level, string jobId, JobPhase outcome);

    [LoggerMessage(EventId = 143, Message = "Job {JobId}: attempt {Attempt} of task {Task} started")]
    public static partial void TaskStarted(ILogger log, LogLevel level, string jobId, string task, int attempt);

    [LoggerMessage(144, LogLevel.Warning, "Job {JobId}: attempt {Attempt} of task {Task} failed: {Type}: {Message}")]
    public static partial void AttemptFailed(
        ILogger log, string jobId, string task, int attempt, string type, string message);

    [LoggerMessage(EventId = 145, Message = "Job {JobId}: task {Task} is to be tried again at {DueAt:O} ({Reason})")]
    public static partial void Retry(
        ILogger log, LogLevel level, string jobId, string task, DateTimeOffset dueAt, Reason reason);

    [LoggerMessage(146, LogLevel.Warning, "Job {JobId}: task {Task} waits for an operator ({Reason})")]
    public static partial void TaskHeld(ILogger log, string jobId, string task, Reason reason);

    [LoggerMessage(EventId = 147, Message = "Job {JobId}: task {Task} ended: {Outcome}")]
    public static partial void TaskEnded(ILogger log, LogLevel level, string jobId, string task, TaskPhase outcome);
}
