namespace ActorFlow;

/// <summary>
/// Results that a job begins with: recorded in another job that it is a fork of, or before its flow was replaced.
/// </summary>
/// <param name="Tasks">What is taken over, by the task's number: the flow's own tasks, then those of scopes.</param>
/// <param name="Scopes">
/// What tasks had added whose results are taken over; the tasks in them are numbered on from the flow's own, in order.
/// </param>
/// <param name="Used">How many attempts others have had already: their numbers are not used again.</param>
public sealed record TakenOver(
    IReadOnlyList<TakenTask> Tasks, IReadOnlyList<TakenScope> Scopes, IReadOnlyList<UsedAttempts> Used)
{
    /// <summary>What it takes in the journal, about, in bytes.</summary>
    public long Size => Tasks.Sum(task => 32L + (task.Output?.Json.Length ?? 0) + SizeOf(task.Failure))
        + Scopes.Sum(scope => scope.Expansion.Size + scope.TaskNames.Sum(name => 2L * name.Length))
        + Used.Sum(used => 8L + (2 * used.Task.Length));

    private static long SizeOf(Failure? failure) => failure is null
        ? 0
        : 32L + failure.Message.Length + (failure.StackTrace?.Length ?? 0)
            + failure.Traces.Sum(trace => 2L * (trace.Name.Length + trace.Value.Length));
}

/// <summary>How a task ended whose result is taken over.</summary>
/// <param name="Task">The task's number.</param>
/// <param name="Phase">How it ended; the flow's own tasks have succeeded.</param>
public sealed record TakenTask(int Task, TaskPhase Phase)
{
    /// <summary>Whether another job has recorded it; otherwise this one has, before its flow was replaced.</summary>
    public bool IsShared { get; init; }

    /// <summary>The number of its last attempt in this job; 0 if it had none in it.</summary>
    public int Attempt { get; init; }

    /// <summary>Why it ended so; None where there is nothing to say.</summary>
    public Reason Reason { get; init; }

    /// <summary>The task to blame for its skip; -1 if there is none.</summary>
    public int Cause { get; init; } = -1;

    /// <summary>Its output; null if it has none.</summary>
    public Payload? Output { get; init; }

    /// <summary>Its last failure; null if it has had none.</summary>
    public Failure? Failure { get; init; }

    /// <summary>What its attempt said beside its output; null if nothing.</summary>
    public AttemptNotes? Notes { get; init; }

    /// <summary>When its first attempt began in this job; null if none did.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended in this job; null if it was taken over from another one.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}

/// <summary>What a task had added to its job whose result is taken over.</summary>
/// <param name="Owner">The task's number.</param>
/// <param name="Expansion">What it added.</param>
/// <param name="TaskNames">The names of the tasks that it added, by number.</param>
public sealed record TakenScope(int Owner, Expansion Expansion, IReadOnlyList<string> TaskNames);

/// <summary>How many attempts a task has had before.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="Attempt">The number of its last attempt.</param>
public sealed record UsedAttempts(string Task, int Attempt);

/// <summary>Where a fork comes from.</summary>
/// <param name="Job">The job whose results it shares.</param>
/// <param name="Task">The name of the task from which on it runs itself.</param>
public sealed record ForkOrigin(JobId Job, string Task);
