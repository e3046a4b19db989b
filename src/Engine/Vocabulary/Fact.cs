using System.Runtime.InteropServices;

namespace ActorFlow.Engine;

/// <summary>An event on its way from the decision to the journal: the two that every task has need no object.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct Fact
{
    /// <summary>An attempt begins.</summary>
    public static Fact Started(long at, int task, int attempt) => new(at, task, attempt, null);

    /// <summary>The task has its output.</summary>
    public static Fact Succeeded(long at, int task, int attempt, Payload output) => new(at, task, attempt, output);

    private Fact(long at, int task, int attempt, object? rest)
    {
        At = at;
        Task = task;
        Attempt = attempt;
        Rest = rest;
    }

    /// <summary>Any event.</summary>
    public Fact(JobEvent fact)
    {
        At = fact.At.UtcTicks;
        (Task, Attempt, Rest) = fact switch
        {
            JobEvent.TaskStarted e => (e.Task, e.Attempt, null),
            JobEvent.TaskSucceeded { Output: not null } e => (e.Task, e.Attempt, e.Output),
            _ => (-1, 0, (object?)fact),
        };
    }

    /// <summary>Null if an attempt began, the output if it succeeded; else the event itself.</summary>
    public object? Rest { get; }

    /// <summary>When, in UTC ticks.</summary>
    public long At { get; }

    /// <summary>The task that began or succeeded.</summary>
    public int Task { get; }

    /// <summary>The attempt that began or succeeded.</summary>
    public int Attempt { get; }

    public JobEvent ToEvent() => Rest switch
    {
        null => new JobEvent.TaskStarted(new DateTimeOffset(At, TimeSpan.Zero), Task, Attempt),
        Payload output => new JobEvent.TaskSucceeded(new DateTimeOffset(At, TimeSpan.Zero), Task, Attempt, output),
        var other => (JobEvent)other,
    };
}
