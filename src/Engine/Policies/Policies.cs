namespace ActorFlow;

/// <summary>When a task may run, by how its upstream tasks ended.</summary>
public enum TriggerRule
{
    /// <summary>All required upstream tasks succeeded (the default).</summary>
    AllSucceeded,

    /// <summary>All upstream tasks ended, however.</summary>
    AllDone,

    /// <summary>
    /// At least one upstream task failed, or was skipped because of a failure; it does not wait for the others.
    /// </summary>
    AnyFailed,
}

/// <summary>What a supervisor does about a failure.</summary>
public enum Directive
{
    /// <summary>Try again, within the retry policy's limits.</summary>
    Retry,

    /// <summary>Fail the task: dependents are skipped.</summary>
    Fail,

    /// <summary>Go on with a default output.</summary>
    Ignore,

    /// <summary>Fail the task and end the job now.</summary>
    Escalate,

    /// <summary>Skip the task, and its dependents with it.</summary>
    Skip,

    /// <summary>Wait for an operator.</summary>
    Hold,
}

/// <summary>One line of a supervision strategy: what to do about failures that it matches.</summary>
/// <param name="Directive">What to do.</param>
public sealed record SupervisionRule(Directive Directive)
{
    /// <summary>Names of failures that it matches (see <see cref="Failure.Is"/>); empty for all.</summary>
    public IReadOnlyList<string> On { get; init; } = [];

    /// <summary>
    /// A further condition; must depend on nothing but the failure. If it throws, the task fails. Null for none.
    /// </summary>
    public Func<Failure, bool>? When { get; init; }

    /// <summary>The output that stands in with <see cref="Directive.Ignore"/>; null for no value.</summary>
    public Payload? DefaultOutput { get; init; }

    /// <summary>Whether the rule speaks of this failure.</summary>
    public bool Matches(Failure failure)
    {
        if (When is not null && !When(failure)) return false;
        if (On.Count == 0) return true;
        foreach (var name in On)
            if (failure.Is(name)) return true;
        return false;
    }
}

/// <summary>Time limits of a task. All are infinite unless set.</summary>
public sealed record TaskTimeouts
{
    /// <summary>No limit at all.</summary>
    public static TaskTimeouts None { get; } = new();

    /// <summary>From ready to started. Null: infinite (the default).</summary>
    public TimeSpan? Start { get; init; }

    /// <summary>Of one attempt. Null: infinite (the default).</summary>
    public TimeSpan? Attempt { get; init; }

    /// <summary>
    /// From the first start over all attempts and the delays between them. Null: infinite (the default).
    /// </summary>
    public TimeSpan? Total { get; init; }

    /// <summary>Between two heartbeats of an attempt. Null: none are asked for (the default).</summary>
    public TimeSpan? Heartbeat { get; init; }

    /// <summary>How long an attempt that was asked to stop may take before it is abandoned.</summary>
    /// <value>The default is 5 seconds.</value>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>
/// Everything about a task that is not what it computes: one object is shared by all tasks that agree.
/// </summary>
public sealed record TaskPolicy
{
    /// <summary>The name of the pool for work that computes.</summary>
    public const string ComputePool = "compute";

    /// <summary>The name of the pool for work that waits.</summary>
    public const string AsyncPool = "async";

    /// <summary>One attempt, no limits, all upstream tasks must succeed.</summary>
    public static TaskPolicy Default { get; } = new();

    /// <summary>How failures are tried again. The default is not at all.</summary>
    public RetryPolicy Retry { get; init; } = RetryPolicy.None;

    /// <summary>Time limits. The default is none.</summary>
    public TaskTimeouts Timeouts { get; init; } = TaskTimeouts.None;

    /// <summary>When it may run. The default is when all required upstream tasks succeeded.</summary>
    public TriggerRule Trigger { get; init; } = TriggerRule.AllSucceeded;

    /// <summary>Decides about failures, first match first, before the flow's strategy and the retry policy.</summary>
    public IReadOnlyList<SupervisionRule> Supervision { get; init; } = [];

    /// <summary>The pool whose slot an attempt takes.</summary>
    public string Pool { get; init; } = ComputePool;

    /// <summary>The resources that an attempt takes while it runs. The default is none.</summary>
    public ResourceNeeds Needs { get; init; } = ResourceNeeds.None;

    /// <summary>Among the ready tasks of a job, higher goes first. The default is 0.</summary>
    public int Priority { get; init; }
}

/// <summary>What holds for a flow as a whole.</summary>
public sealed record FlowPolicy
{
    /// <summary>No limits, independent branches go on after a failure.</summary>
    public static FlowPolicy Default { get; } = new();

    /// <summary>From submit to end. Null: infinite (the default).</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Whether the first task that fails ends the job. The default is false.</summary>
    public bool FailFast { get; init; }

    /// <summary>Decides about failures of all tasks, after the task's own rules.</summary>
    public IReadOnlyList<SupervisionRule> Supervision { get; init; } = [];

    /// <summary>How many tasks of the job may run at once. Null: as many as the pools allow (the default).</summary>
    public int? MaxParallel { get; init; }
}
