using ActorFlow.Journal;
using Microsoft.Extensions.Logging;

namespace ActorFlow.Simulation;

/// <summary>Errors that the shell logs are defects: only a disk that fails gives it a reason.</summary>
internal sealed class DefectLog(SimulatedRun run) : ILoggerFactory, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) { }

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel) && exception is not JournalWriteException)
            run.Report(new InvalidOperationException(formatter(state, exception), exception));
    }

    public void Dispose() { }
}
