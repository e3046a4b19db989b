namespace ActorFlow.Engine;

/// <summary>What a shell is to do, imperative with its target; only after the events of its step are durable.</summary>
public abstract record JobEffect
{
    private JobEffect() { }

    /// <summary>Run an attempt. Ends in a report of it or, after a crash, LoseAttempt.</summary>
    public sealed record StartAttempt(int Task, int Attempt) : JobEffect;

    /// <summary>Ask an attempt to stop. Ends in its report, or in the deadline of its grace time.</summary>
    public sealed record CancelAttempt(int Task, int Attempt, Reason Reason) : JobEffect;

    /// <summary>
    /// Stop waiting for an attempt that did not heed: free its slot and ignore what it still reports.
    /// </summary>
    public sealed record AbandonAttempt(int Task, int Attempt) : JobEffect;

    /// <summary>Tell a running attempt that the parts which it awaits have ended.</summary>
    public sealed record AnswerAttempt(int Task, int Attempt, int Scope) : JobEffect;

    /// <summary>Send WakeUp at <paramref name="DueAt"/>; replaces the alarm set before. A job has one alarm.</summary>
    public sealed record SetAlarm(DateTimeOffset DueAt) : JobEffect;

    /// <summary>The job has ended: send no WakeUp any more.</summary>
    public sealed record DropAlarm : JobEffect;
}
