namespace ActorFlow;

/// <summary>How one job is submitted.</summary>
public sealed record JobOptions
{
    /// <summary>The job's id: submitting the same flow and input under it again gives the job that is there.</summary>
    /// <value>The default is a new id.</value>
    public JobId? Id { get; init; }

    /// <summary>Ties together jobs and logs of one cause. The default is the job's id.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Jobs of higher priority get free slots first. The default is 0.</summary>
    public int Priority { get; init; }

    /// <summary>
    /// Whether every task runs its code, whatever is in caches and however up to date it is. The default is false.
    /// </summary>
    public bool Force { get; init; }
}

/// <summary>One line about a job.</summary>
/// <param name="Id">The job.</param>
/// <param name="Flow">Its flow's name.</param>
/// <param name="SubmittedAt">When it was submitted.</param>
/// <param name="EndedAt">When it ended; null while it has not.</param>
/// <param name="Outcome">How it ended; null while it has not.</param>
/// <param name="IsActive">Whether this process runs it; an unfinished job that nobody runs waits for a resume.</param>
/// <param name="Counts">How many tasks ended how; null while it has not.</param>
public sealed record JobSummary(
    JobId Id, string Flow, DateTimeOffset SubmittedAt, DateTimeOffset? EndedAt, JobPhase? Outcome, bool IsActive,
    TaskCounts? Counts)
{
    /// <summary>
    /// Why how it ended cannot be read, as when a newer ActorFlow has written it; null if that can be read, or it has
    /// not ended.
    /// </summary>
    public string? Problem { get; init; }
}

/// <summary>What a resume found.</summary>
/// <param name="Resumed">Jobs that go on.</param>
/// <param name="Left">Unfinished jobs that were left untouched, each with the reason.</param>
public sealed record ResumeResult(IReadOnlyList<JobHandle> Resumed, IReadOnlyList<JobLeft> Left);

/// <summary>An unfinished job that was left untouched.</summary>
/// <param name="Job">The job.</param>
/// <param name="Flow">Its flow's name.</param>
/// <param name="Reason">Why: a flow that is not registered, or one that changed.</param>
public sealed record JobLeft(JobId Job, string Flow, string Reason);

/// <summary>How far a job is.</summary>
/// <param name="Phase">Where the job stands.</param>
/// <param name="Tasks">How many tasks it has.</param>
/// <param name="Counts">How many tasks ended how.</param>
/// <param name="Running">How many run.</param>
/// <param name="RunningNow">The names of some of those.</param>
public sealed record JobProgress(
    JobPhase Phase, int Tasks, TaskCounts Counts, int Running, IReadOnlyList<string> RunningNow);
