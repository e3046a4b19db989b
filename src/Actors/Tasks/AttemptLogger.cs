using Microsoft.Extensions.Logging;

namespace ActorFlow.Actors;

/// <summary>
/// Puts job, task and attempt on every line that an attempt logs, and writes it to the attempt's own file too.
/// </summary>
internal sealed class AttemptLogger(ILogger inner, TaskLogFile? file, AttemptResources attempt) : ILogger
{
    private readonly KeyValuePair<string, object?>[] _names =
    [
        new("JobId", attempt.Job.Value), new("Task", attempt.TaskName), new("Attempt", attempt.Attempt),
        new("CorrelationId", attempt.CorrelationId),
    ];

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel) || file?.IsEnabled(logLevel) == true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (inner.IsEnabled(logLevel))
        {
            using (inner.BeginScope(_names)) inner.Log(logLevel, eventId, state, exception, formatter);
        }

        if (file?.IsEnabled(logLevel) == true) file.Write(logLevel, formatter(state, exception), exception);
    }
}
