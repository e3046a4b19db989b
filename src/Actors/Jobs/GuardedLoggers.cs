using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorFlow.Actors;

/// <summary>Makes loggers whose providers may throw: a log that does not work never hurts a job.</summary>
public sealed class GuardedLoggers : ILoggerFactory
{
    private readonly ILoggerFactory _inner;

    private GuardedLoggers(ILoggerFactory inner) => _inner = inner;

    /// <summary>The same loggers, guarded once.</summary>
    public static GuardedLoggers Of(ILoggerFactory loggers) => loggers as GuardedLoggers ?? new(loggers);

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName)
    {
        try
        {
            return new GuardedLogger(_inner.CreateLogger(categoryName));
        }
        catch (Exception)
        {
            return NullLogger.Instance;
        }
    }

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => _inner.AddProvider(provider);

    /// <summary>Does nothing: the loggers are their owner's.</summary>
    public void Dispose() { }
}

/// <summary>A logger that throws nothing.</summary>
internal sealed class GuardedLogger(ILogger inner) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        try
        {
            return inner.BeginScope(state);
        }
        catch (Exception)
        {
            return null;
        }
    }

    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return inner.IsEnabled(logLevel);
        }
        catch (Exception)
        {
            return false;
        }
    }

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        try
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception)
        {
            // Where it could be told is just what does not work.
            return;
        }
    }
}
