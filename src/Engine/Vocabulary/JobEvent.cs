namespace ActorFlow;

/// <summary>A fact about a job, past tense: what the journal keeps and the state is folded from.</summary>
/// <remarks>
/// Each kind is stored under a tag with a version (<c>task.succeeded/1</c>), never under its C# name; the tags are in
/// <c>docs/journal-format.md</c>. Times are UTC; tasks are numbers of the flow that the job was submitted with.
/// </remarks>
public abstract record JobEvent
{
    private JobEvent(DateTimeOffset at) => At = at;

    /// <summary>
    /// When it happened, by the clock of the process that recorded it; never before the event before it.
    /// </summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The job exists from here on.</summary>
    public sealed record JobSubmitted(DateTimeOffset At, SubmittedJob Job) : JobEvent(At);

    /// <summary>
    /// The job goes on with another flow: it begins anew, with what it takes over and what it had been submitted with.
    /// </summary>
    /// <remarks>Events after it number the tasks of <paramref name="Job"/>, those before it others.</remarks>
    public sealed record FlowReplaced(DateTimeOffset At, SubmittedJob Job) : JobEvent(At);

    /// <summary>Nothing new starts from here on.</summary>
    public sealed record JobPaused(DateTimeOffset At) : JobEvent(At);

    /// <summary>The pause is over.</summary>
    public sealed record JobContinued(DateTimeOffset At) : JobEvent(At);

    /// <summary>The job is to end with <paramref name="Outcome"/> as soon as what runs has stopped.</summary>
    public sealed record JobStopping(DateTimeOffset At, JobPhase Outcome, Reason Reason, string? Detail) : JobEvent(At);

    /// <summary>The job has ended.</summary>
    public sealed record JobEnded(DateTimeOffset At, JobPhase Outcome, TaskCounts Counts) : JobEvent(At);

    /// <summary>An ended job goes on: what failed, was skipped or cancelled is to run again.</summary>
    public sealed record JobReopened(DateTimeOffset At) : JobEvent(At);

    /// <summary>An attempt begins.</summary>
    public sealed record TaskStarted(DateTimeOffset At, int Task, int Attempt) : JobEvent(At);

    /// <summary>What an attempt says beside its output; it succeeds in the same append.</summary>
    public sealed record AttemptNoted(DateTimeOffset At, int Task, int Attempt, AttemptNotes Notes) : JobEvent(At);

    /// <summary>The task has its output.</summary>
    public sealed record TaskSucceeded(DateTimeOffset At, int Task, int Attempt, Payload Output) : JobEvent(At);

    /// <summary>The task adds parts to the job and waits for them; they are numbered on from the last task.</summary>
    /// <remarks><paramref name="TaskNames"/> are those of the tasks that it adds.</remarks>
    public sealed record TaskExpanded(
        DateTimeOffset At, int Task, int Attempt, Expansion Expansion, IReadOnlyList<string> TaskNames)
        : JobEvent(At);

    /// <summary>The task waits for parts that an earlier attempt of it had added.</summary>
    public sealed record TaskAwaits(DateTimeOffset At, int Task, int Attempt, int Scope) : JobEvent(At);

    /// <summary>Parts that a running attempt waits for have ended.</summary>
    public sealed record TaskContinued(DateTimeOffset At, int Task, int Attempt, int Scope) : JobEvent(At);

    /// <summary>An attempt has noted markers; it may note more.</summary>
    public sealed record TaskMarked(DateTimeOffset At, int Task, int Attempt, IReadOnlyList<Marker> Markers)
        : JobEvent(At);

    /// <summary>An attempt has kept its scratch directory.</summary>
    public sealed record TaskKept(DateTimeOffset At, int Task, KeptFiles Kept) : JobEvent(At);

    /// <summary>An attempt was asked to stop; <paramref name="Failure"/> is what it will have failed of.</summary>
    public sealed record AttemptStopping(DateTimeOffset At, int Task, int Attempt, Reason Reason, Failure Failure)
        : JobEvent(At);

    /// <summary>An attempt did not stop within its grace time: nobody waits for it any more.</summary>
    public sealed record AttemptAbandoned(DateTimeOffset At, int Task, int Attempt) : JobEvent(At);

    /// <summary>An attempt ended without success.</summary>
    public sealed record AttemptFailed(DateTimeOffset At, int Task, int Attempt, Reason Reason, Failure Failure)
        : JobEvent(At);

    /// <summary>The task is to be tried again at <paramref name="DueAt"/>.</summary>
    public sealed record RetryScheduled(DateTimeOffset At, int Task, DateTimeOffset DueAt, Reason Reason)
        : JobEvent(At);

    /// <summary>The delay before the next attempt is over.</summary>
    public sealed record RetryDue(DateTimeOffset At, int Task) : JobEvent(At);

    /// <summary>The task waits for an operator.</summary>
    public sealed record TaskHeld(DateTimeOffset At, int Task, Reason Reason) : JobEvent(At);

    /// <summary>The task failed, and the job goes on with an output in its place.</summary>
    public sealed record TaskIgnored(DateTimeOffset At, int Task, Reason Reason, Payload Output) : JobEvent(At);

    /// <summary>The task failed for good.</summary>
    public sealed record TaskFailed(DateTimeOffset At, int Task, Reason Reason, Failure Failure) : JobEvent(At);

    /// <summary>The task cannot run any more; <paramref name="Cause"/> is the task to blame, or -1.</summary>
    public sealed record TaskSkipped(DateTimeOffset At, int Task, Reason Reason, int Cause) : JobEvent(At);

    /// <summary>The task is not to run any more because the job ends.</summary>
    public sealed record TaskCancelled(DateTimeOffset At, int Task, Reason Reason) : JobEvent(At);
}

/// <summary>What a job was submitted with.</summary>
/// <param name="Id">The job's id.</param>
/// <param name="FlowName">The flow's name.</param>
/// <param name="FlowFingerprint">The flow's fingerprint.</param>
/// <param name="TaskNames">The names of the tasks by number, so that a journal can be read without the flow.</param>
/// <param name="Input">The job's input.</param>
public sealed record SubmittedJob(
    JobId Id, string FlowName, string FlowFingerprint, IReadOnlyList<string> TaskNames, Payload Input)
{
    /// <summary>
    /// A digest of each task by number, so that a changed flow can be named by its tasks; may be empty.
    /// </summary>
    public IReadOnlyList<ulong> TaskDigests { get; init; } = [];

    /// <summary>The flow's source, for hosts that can build the flow again from it; null for flows in code.</summary>
    public Payload? FlowSource { get; init; }

    /// <summary>Ties together jobs and logs of one cause; null if the caller gave none.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Jobs of higher priority get free slots first; 0 by default.</summary>
    public int Priority { get; init; }

    /// <summary>Whether every task runs its code: neither cached results nor those of last runs are used.</summary>
    public bool Force { get; init; }

    /// <summary>The job that it is a fork of, and from where on; null if it is none.</summary>
    public ForkOrigin? ForkedFrom { get; init; }

    /// <summary>The results that it begins with; null if there are none.</summary>
    public TakenOver? Taken { get; init; }
}

/// <summary>How many tasks ended how.</summary>
public sealed record TaskCounts(int Succeeded, int Failed, int Skipped, int Cancelled);
