using ActorFlow.Actors;
using ActorFlow.Engine;

namespace ActorFlow;

/// <summary>An exception that says itself how it is to be recorded.</summary>
/// <remarks>What is too long in it is cut as in any other: messages after 64 Ki characters, names after 1000.</remarks>
public interface IFailure
{
    /// <summary>The failure as data.</summary>
    Failure ToFailure();
}

/// <summary>Throw it from a task to name the delay before the next attempt, as a server's Retry-After does.</summary>
/// <param name="message">What went wrong.</param>
/// <param name="delay">How long to wait before the next attempt.</param>
/// <param name="inner">What it came from.</param>
public sealed class RetryLaterException(string message, TimeSpan delay, Exception? inner = null)
    : ActorFlowException(message, inner)
{
    /// <summary>How long to wait before the next attempt.</summary>
    public TimeSpan Delay { get; } = delay;
}

/// <summary>Makes failures of exceptions.</summary>
public static class Failures
{
    private const int MaxStackTrace = 16 * 1024;
    private const int MaxMessage = 64 * 1024;
    private const int MaxType = 1_000;
    private const int MaxBroaderTypes = 64;
    private const int MaxCauses = 8;

    /// <summary>What is recorded of an exception.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="withStackTrace">Whether its stack trace is recorded too.</param>
    public static Failure Of(Exception exception, bool withStackTrace = true)
    {
        ArgumentNullException.ThrowIfNull(exception);
        if (exception is IFailure own && Guarded(() => Bounded(own.ToFailure())) is { } named)
            return withStackTrace ? named : named with { StackTrace = null };
        // A wrapper says nothing of its own: what it wraps is what policies speak of.
        if (exception is AggregateException { InnerExceptions.Count: 1 } or System.Reflection.TargetInvocationException
            && exception.InnerException is { } inner) return Of(inner, withStackTrace);
        var broader = new List<string>();
        for (var type = exception.GetType().BaseType; type is not null && type != typeof(object); type = type.BaseType)
            broader.Add(type.FullName ?? type.Name);
        return new Failure(NameOf(exception), CutText.To(MaxMessage, WithCauses(exception)))
        {
            BroaderTypes = broader,
            StackTrace = withStackTrace && Guarded(() => exception.StackTrace) is { } trace
                ? CutText.To(MaxStackTrace, trace)
                : null,
            RetryAfter = (exception as RetryLaterException)?.Delay,
            Traces = Guarded(() => TraceBag.Of(exception.Data)) ?? [],
        };
    }

    // Code of a user has made it: nothing in it may be missing, or too much, where the job decides by it or records it.
    private static Failure? Bounded(Failure? own) => own is not { Type: not null, Message: not null }
        ? null
        : own with
        {
            Type = CutText.To(MaxType, own.Type),
            Message = CutText.To(MaxMessage, own.Message),
            BroaderTypes = [.. (own.BroaderTypes ?? []).OfType<string>().Take(MaxBroaderTypes)
                .Select(type => CutText.To(MaxType, type))],
            StackTrace = own.StackTrace is { } trace ? CutText.To(MaxStackTrace, trace) : null,
            Traces = TraceBag.Bounded(own.Traces),
        };

    // All of this is virtual: an exception of a user may throw in it.
    private static T? Guarded<T>(Func<T?> read) where T : class
    {
        try
        {
            return read();
        }
        catch (Exception)
        {
            return null;
        }
    }

    private static string NameOf(Exception exception) => exception.GetType().FullName ?? exception.GetType().Name;

    /// <summary>The message, with what is behind it as .NET writes it; ours say that themselves.</summary>
    private static string WithCauses(Exception exception)
    {
        var text = MessageOf(exception);
        if (exception is ActorFlowException and not RetryLaterException) return text;
        var cause = Guarded(() => exception.InnerException);
        for (var depth = 0; cause is not null && depth < MaxCauses; depth++)
        {
            var message = MessageOf(cause);
            if (!text.Contains(message, StringComparison.Ordinal)) text += $" ---> {NameOf(cause)}: {message}";
            var next = cause;
            cause = Guarded(() => next.InnerException);
        }

        return text;
    }

    private static string MessageOf(Exception exception)
    {
        try
        {
            return exception.Message ?? "";
        }
        catch (Exception e)
        {
            return $"(its message threw {e.GetType().Name})";
        }
    }
}
