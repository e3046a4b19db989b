namespace ActorFlow;

/// <summary>What became of one task of a job.</summary>
public sealed record TaskReport
{
    /// <summary>The task's name.</summary>
    public required string Name { get; init; }

    /// <summary>What runs: a type, a registered name, a digest of a script; null in reports that do not say.</summary>
    public string? Kind { get; init; }

    /// <summary>Where the task stands.</summary>
    public TaskPhase Phase { get; init; }

    /// <summary>The phase as the report file writes it: in lower case, with hyphens.</summary>
    public string Status => ReportWords.Of(Phase);

    /// <summary>Why it stands there; None where there is nothing to say.</summary>
    public Reason Reason { get; init; }

    /// <summary>How many attempts were started: the number of the last one, steps and lost ones included.</summary>
    public int Attempts { get; init; }

    /// <summary>
    /// How many of them were steps of a task that adds to its job: each has added something, and the next attempt went
    /// on when that had ended. The others are tries: a task that was never retried has one.
    /// </summary>
    public int Steps { get; init; }

    /// <summary>How many of them were lost to crashes.</summary>
    public int Lost { get; init; }

    /// <summary>When its needs were met; null if they were not.</summary>
    public DateTimeOffset? QueuedAt { get; init; }

    /// <summary>When its first attempt began; null if none did.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended; null if it has not.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>From its start to its end: zero if it ended without a start, null if it has not ended.</summary>
    public TimeSpan? Elapsed => EndedAt is { } ended ? ended - (StartedAt ?? ended) : null;

    /// <summary>Its output; null if it has none.</summary>
    public Payload? Output { get; init; }

    /// <summary>The failure that brought it where it stands; null if none did.</summary>
    /// <remarks>A task that went on with a default output keeps the error that made it do so.</remarks>
    public TaskError? Error { get; init; }

    /// <summary>Where its output was taken from in place of running its code; null if that ran.</summary>
    public Reuse? Reused { get; init; }

    /// <summary>Whether its output came from a result cache.</summary>
    public bool FromCache => Reused?.Source == ReuseSource.Cache;

    /// <summary>Whether there was nothing to do: everything was up to date since its last run.</summary>
    public bool IsUpToDate => Reused?.Source == ReuseSource.LastRun;

    /// <summary>
    /// Whether it may have changed something that others need: it succeeded and did not say otherwise.
    /// </summary>
    public bool Changed { get; init; }

    /// <summary>
    /// The job that has recorded the result: another one of which this job is a fork, or this one before its flow was
    /// replaced. Null where the task ran in this job, under the flow that it runs.
    /// </summary>
    public JobId? TakenFrom { get; init; }

    /// <summary>The keys of the datasets that it saved, in order.</summary>
    public IReadOnlyList<string> Saved { get; init; } = [];

    /// <summary>The name of the task because of which it was skipped, or a sentence; null if it was not.</summary>
    public string? SkippedBecause { get; init; }

    /// <summary>What its attempts have pointed at, in order; those of attempts that failed too.</summary>
    public IReadOnlyList<AttemptMarker> Markers { get; init; } = [];

    /// <summary>What attempts have left that kept their scratch directories.</summary>
    public IReadOnlyList<KeptFiles> Kept { get; init; } = [];
}

/// <summary>What a task failed of, what it had been handed, and what could not run because of it.</summary>
/// <param name="Type">What went wrong: an exception's full type name, or <c>exit 75</c>.</param>
/// <param name="Message">What it said.</param>
public sealed record TaskError(string Type, string Message)
{
    /// <summary>Where it was thrown; null if unknown.</summary>
    public string? StackTrace { get; init; }

    /// <summary>The names of the tasks that were skipped downstream of it, in topological order.</summary>
    /// <remarks>
    /// A task below several failures is listed with each of them. Where many failures share so many dependents that
    /// the lists would outgrow the flow, each dependent is listed with the one task that it names as its cause.
    /// </remarks>
    public IReadOnlyList<string> DownstreamImpact { get; init; } = [];

    /// <summary>What was handed to the task, parameter by parameter; long values are cut.</summary>
    public IReadOnlyList<InputValue> Input { get; init; } = [];

    /// <summary>What the attempt had noted down with <c>context.Trace</c>, and the data of its exception.</summary>
    public IReadOnlyList<TracedValue> Traces { get; init; } = [];
}

/// <summary>What one parameter of a task was given.</summary>
/// <param name="Parameter">The parameter's name.</param>
/// <param name="Value">The value as JSON text.</param>
public sealed record InputValue(string Parameter, string Value);
