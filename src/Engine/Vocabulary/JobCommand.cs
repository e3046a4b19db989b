namespace ActorFlow.Engine;

/// <summary>What is asked of a job, imperative: the only way into the job machine.</summary>
public abstract record JobCommand
{
    private JobCommand(DateTimeOffset at) => At = at;

    /// <summary>When it was asked: the machine's only clock.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Begin the job.</summary>
    public sealed record SubmitJob(DateTimeOffset At, SubmittedJob Job) : JobCommand(At);

    /// <summary>Go on with a flow that the job was not submitted with.</summary>
    /// <param name="At">When it was asked.</param>
    /// <param name="Choice">What to do with the results that there are.</param>
    /// <param name="Source">What the flow can be built from again; null for flows in code.</param>
    public sealed record ReplaceFlow(DateTimeOffset At, ChangedFlow Choice, Payload? Source) : JobCommand(At);

    /// <summary>Start up to <paramref name="Slots"/> of the tasks that are ready in a pool.</summary>
    public sealed record StartTasks(DateTimeOffset At, int Pool, int Slots) : JobCommand(At);

    /// <summary>Take an attempt's output.</summary>
    public sealed record CompleteAttempt(DateTimeOffset At, int Task, int Attempt, Payload Output) : JobCommand(At)
    {
        /// <summary>What the attempt says beside its output; null for nothing.</summary>
        public AttemptNotes? Notes { get; init; }
    }

    /// <summary>Take an attempt's failure; an attempt that stopped because it was asked to reports so too.</summary>
    public sealed record FailAttempt(DateTimeOffset At, int Task, int Attempt, Failure Failure) : JobCommand(At);

    /// <summary>
    /// Take what an attempt adds to the job; with it the attempt has ended, unless the expansion has a key.
    /// </summary>
    public sealed record ExpandAttempt(DateTimeOffset At, int Task, int Attempt, Expansion Expansion)
        : JobCommand(At);

    /// <summary>Stop what a running attempt has added under a key, and waits for.</summary>
    public sealed record StopExpansion(DateTimeOffset At, int Task, int Attempt, string Key) : JobCommand(At);

    /// <summary>Take that the condition of the task does not hold.</summary>
    public sealed record SkipAttempt(DateTimeOffset At, int Task, int Attempt) : JobCommand(At);

    /// <summary>Give up an attempt whose process died.</summary>
    public sealed record LoseAttempt(DateTimeOffset At, int Task, int Attempt) : JobCommand(At);

    /// <summary>Note that an attempt is alive.</summary>
    public sealed record NoteHeartbeat(DateTimeOffset At, int Task, int Attempt) : JobCommand(At);

    /// <summary>Keep what an attempt points at.</summary>
    public sealed record MarkAttempt(DateTimeOffset At, int Task, int Attempt, IReadOnlyList<Marker> Markers)
        : JobCommand(At);

    /// <summary>Note that an attempt leaves files behind.</summary>
    public sealed record NoteKept(DateTimeOffset At, int Task, KeptFiles Kept) : JobCommand(At);

    /// <summary>Act on every deadline that has passed.</summary>
    public sealed record WakeUp(DateTimeOffset At) : JobCommand(At);

    /// <summary>End the job.</summary>
    public sealed record CancelJob(DateTimeOffset At, string? Reason) : JobCommand(At);

    /// <summary>Start nothing new.</summary>
    public sealed record PauseJob(DateTimeOffset At) : JobCommand(At);

    /// <summary>End the pause.</summary>
    public sealed record ContinueJob(DateTimeOffset At) : JobCommand(At);

    /// <summary>Run again what failed, was skipped or cancelled in an ended job.</summary>
    public sealed record RetryFailed(DateTimeOffset At) : JobCommand(At);

    /// <summary>
    /// Decide for a task that waits for an operator; null <paramref name="Output"/> with Ignore is no value.
    /// </summary>
    public sealed record SettleTask(DateTimeOffset At, int Task, Directive Directive, Payload? Output) : JobCommand(At);
}
