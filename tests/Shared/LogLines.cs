using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ActorFlow.Tests;

/// <summary>Logs that are kept, a line each: the level and the text.</summary>
internal sealed class LogLines : ILoggerFactory
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyList<string> Lines => [.. _lines];

    public ConcurrentBag<string> Categories { get; } = [];

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("There is one place only.");

    public ILogger CreateLogger(string categoryName)
    {
        Categories.Add(categoryName);
        return new Kept(_lines);
    }

    public void Dispose()
    {
        // Nothing is held.
    }

    private sealed class Kept(ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => lines.Enqueue($"{logLevel} {formatter(state, exception)}");
    }
}
