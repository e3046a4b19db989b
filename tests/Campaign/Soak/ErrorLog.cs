using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ActorFlow.Campaign;

/// <summary>Keeps what is logged as an error: in a soak nothing is to be.</summary>
internal sealed class ErrorLog : ILoggerFactory, ILogger
{
    private const int MostKept = 20;

    private readonly ConcurrentQueue<string> _errors = [];

    /// <summary>The first of them.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel) && _errors.Count < MostKept)
            _errors.Enqueue($"{formatter(state, exception)} {exception}");
    }

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public void AddProvider(ILoggerProvider provider) { }

    public void Dispose() { }
}
