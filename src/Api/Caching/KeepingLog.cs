using Microsoft.Extensions.Logging;

namespace ActorFlow;

/// <summary>What is logged about caches and last runs, with stable event ids.</summary>
internal static partial class KeepingLog
{
    [LoggerMessage(121, LogLevel.Warning, "The cached result {Key} cannot be read; the task runs")]
    public static partial void CacheNotRead(ILogger log, Exception error, string key);

    [LoggerMessage(
        122, LogLevel.Warning, "The result cannot be cached under {Key}; the task has succeeded all the same")]
    public static partial void CacheNotWritten(ILogger log, Exception error, string key);

    [LoggerMessage(123, LogLevel.Warning, "The state of the last run in {File} is damaged; the task runs")]
    public static partial void LastRunDamaged(ILogger log, Exception error, string file);

    [LoggerMessage(124, LogLevel.Warning, "The check whether all is up to date threw; the task runs")]
    public static partial void CheckThrew(ILogger log, Exception error);

    [LoggerMessage(128, LogLevel.Warning, "The output of the last run cannot be read as what the task gives; it runs")]
    public static partial void LastOutputNotRead(ILogger log, Exception error);

    [LoggerMessage(125, LogLevel.Debug, "The task runs because {Reason}")]
    public static partial void RunsBecause(ILogger log, string reason);
}
