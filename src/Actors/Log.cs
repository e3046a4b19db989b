using Microsoft.Extensions.Logging;

namespace ActorFlow.Actors;

/// <summary>What the shell logs, with stable event ids.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning,
        "Job {JobId}: attempt {Attempt} of task {Task} did not stop within its grace time and was abandoned")]
    public static partial void AttemptAbandoned(ILogger log, string jobId, string task, int attempt);

    [LoggerMessage(2, LogLevel.Error, "Job {JobId} stopped because of an error and starts again from its journal")]
    public static partial void JobRestarts(ILogger log, Exception error, string jobId);

    [LoggerMessage(3, LogLevel.Error, "Job {JobId} cannot go on in this process; its journal is as it was")]
    public static partial void JobGivenUp(ILogger log, Exception error, string jobId);

    [LoggerMessage(4, LogLevel.Error,
        "Job {JobId} is stuck: it neither runs nor waits for anything [this is a bug in ActorFlow]")]
    public static partial void JobStalled(ILogger log, string jobId);

    [LoggerMessage(5, LogLevel.Debug, "The watchdog could not ask job {JobId}")]
    public static partial void WatchdogSkipped(ILogger log, Exception error, string jobId);

    [LoggerMessage(6, LogLevel.Warning, "A progress listener threw for job {JobId}, task {Task}")]
    public static partial void ProgressListenerThrew(ILogger log, Exception error, string jobId, string task);

    [LoggerMessage(
        7, LogLevel.Warning,
        "What task {Task} of job {JobId} registered with its cancellation token threw (attempt {Attempt})")]
    public static partial void CallbackThrew(ILogger log, Exception error, string jobId, string task, int attempt);

    [LoggerMessage(
        8, LogLevel.Warning,
        "The log of task {Task} of job {JobId} could not be written and ends there (attempt {Attempt})")]
    public static partial void TaskLogFailed(ILogger log, Exception error, string jobId, string task, int attempt);

    [LoggerMessage(9, LogLevel.Warning, "A listener to datasets threw for job {JobId}, task {Task}")]
    public static partial void DatasetListenerThrew(ILogger log, Exception error, string jobId, string task);

    [LoggerMessage(
        10, LogLevel.Warning, "Job {JobId} goes on: {Count} processes that its lost attempts had left were killed")]
    public static partial void LeftOverEnded(ILogger log, string jobId, int count);

    [LoggerMessage(
        11, LogLevel.Warning,
        "The scratch directory of task {Task} of job {JobId} could not be removed or listed (attempt {Attempt})")]
    public static partial void ScratchLeft(ILogger log, Exception error, string jobId, string task, int attempt);

    [LoggerMessage(
        12, LogLevel.Warning,
        "Job {JobId} has had no turn for {Interval}: its journal takes that long, or no thread comes to it")]
    public static partial void JobHeldUp(ILogger log, string jobId, TimeSpan interval);
}
