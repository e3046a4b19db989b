namespace ActorFlow.Engine;

/// <summary>Where a job stands: the fold of its events, as arrays indexed by the task's number.</summary>
/// <remarks>Owned by one actor and changed in place, by <see cref="Apply(JobEvent)"/> alone.</remarks>
public sealed partial class JobState
{
    private TaskCell[] _cells;
    private readonly Dictionary<int, TaskTrouble> _troubles = [];
    private readonly int[] _countByPhase = new int[11];

    internal JobState(Flow flow)
    {
        Flow = flow;
        Graph = new JobGraph(flow);
        _cells = new TaskCell[flow.Tasks.Count];
        Ready = [.. flow.Pools.Names.Select(_ => new ReadyQueue())];
    }

    /// <summary>The flow that the job runs.</summary>
    public Flow Flow { get; }

    /// <summary>What the job was submitted with; null before it is.</summary>
    public SubmittedJob? Submitted { get; private set; }

    /// <summary>Where the job stands.</summary>
    public JobPhase Phase { get; private set; }

    /// <summary>How many events the job has had.</summary>
    public long Version { get; private set; }

    /// <summary>When the job was submitted.</summary>
    public DateTimeOffset SubmittedAt { get; private set; }

    /// <summary>When the job ended; null while it has not.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>The time of the last event.</summary>
    public DateTimeOffset LastAt => new(LastTicks, TimeSpan.Zero);

    /// <summary>Why the job is to end, or ended, before its tasks did; None otherwise.</summary>
    public Reason StopReason { get; private set; }

    /// <summary>What was said with it: the reason of a cancel, the task that failed fast.</summary>
    public string? StopDetail { get; private set; }

    /// <summary>How many tasks have not ended.</summary>
    public int OpenTasks { get; private set; }

    /// <summary>How many attempts run, or were asked to stop and have not.</summary>
    public int RunningTasks => CountOf(TaskPhase.Running) + CountOf(TaskPhase.Stopping);

    /// <summary>The attempts that have not ended, in the order of their tasks.</summary>
    public IEnumerable<OpenAttempt> OpenAttempts =>
        Enumerable.Range(0, Graph.Count).Where(HasAttempt)
            .Select(task => new OpenAttempt(Graph[task].Name, AttemptOf(task)));

    /// <summary>How many attempts were abandoned, in all.</summary>
    public int AbandonedAttempts { get; private set; }

    internal long LastTicks { get; private set; }

    internal JobPhase StopOutcome { get; private set; }

    internal DateTimeOffset RoundStartedAt { get; private set; }

    /// <summary>Since when ready tasks wait: a pause or the end of an earlier round does not count.</summary>
    internal DateTimeOffset WaitingSince { get; private set; }

    /// <summary>The tasks that wait for a slot, by the number of their pool.</summary>
    internal ReadyQueue[] Ready { get; }

    internal Deadlines Deadlines { get; } = new();

    /// <summary>
    /// Tasks that an upstream's end has doomed, with the task to blame; emptied by the machine's decisions.
    /// </summary>
    internal Queue<(int Task, Reason Reason, int Cause)> Doomed { get; } = new();

    /// <summary>How many tasks are in a phase.</summary>
    public int CountOf(TaskPhase phase) => _countByPhase[(int)phase];

    /// <summary>
    /// Whether nothing happens any more until an operator says so: the job is paused, or all that is left is held, or
    /// waits for what is held.
    /// </summary>
    public bool WaitsForOperator => IsLeftToOperator(Phase, CountOf);

    internal static bool IsLeftToOperator(JobPhase phase, Func<TaskPhase, int> countOf)
    {
        if (phase.HasEnded() || countOf(TaskPhase.Running) + countOf(TaskPhase.Stopping) > 0) return false;
        var goesOn = countOf(TaskPhase.Ready) + countOf(TaskPhase.BackingOff) > 0;
        return phase == JobPhase.Paused || (countOf(TaskPhase.Held) > 0 && !goesOn);
    }

    /// <summary>How many tasks of a pool would start now if they got slots.</summary>
    public int StartableIn(int pool)
    {
        if (Phase != JobPhase.Running) return 0;
        var ready = Ready[pool].Count;
        return Flow.Policy.MaxParallel is { } most ? Math.Clamp(most - RunningTasks, 0, ready) : ready;
    }

    /// <summary>How many tasks ended how.</summary>
    public TaskCounts Counts => new(
        CountOf(TaskPhase.Succeeded), CountOf(TaskPhase.Failed),
        CountOf(TaskPhase.Skipped), CountOf(TaskPhase.Cancelled));

    /// <summary>Whether any of the flow's own tasks is in one of the phases.</summary>
    internal bool HasAny(params ReadOnlySpan<TaskPhase> phases)
    {
        var any = false;
        foreach (var phase in phases) any |= CountOf(phase) > 0;
        if (!any || !Graph.HasGrown) return any;
        for (var task = 0; task < Flow.Tasks.Count; task++)
            if (phases.Contains(_cells[task].Phase)) return true;
        return false;
    }

    /// <summary>Where a task stands.</summary>
    public TaskPhase PhaseOf(int task) => _cells[task].Phase;

    /// <summary>Why it stands there.</summary>
    public Reason ReasonOf(int task) => _cells[task].Reason;

    /// <summary>The number of its pool among those of the job's flow.</summary>
    public int PoolOf(int task) => _cells[task].Pool;

    /// <summary>The number of its last attempt; 0 before the first.</summary>
    public int AttemptOf(int task) => _cells[task].Attempt;

    /// <summary>Its output; null if it has none.</summary>
    public Payload? OutputOf(int task) => _cells[task].Output;

    /// <summary>The task to blame for its skip; -1 if there is none.</summary>
    public int CauseOf(int task) => _cells[task].Cause;

    /// <summary>Its last failure; null if it has had none.</summary>
    public Failure? FailureOf(int task) => _troubles.GetValueOrDefault(task)?.Failure;

    /// <summary>When its needs were met; null if not yet.</summary>
    public DateTimeOffset? ReadyAtOf(int task) => Time(_cells[task].ReadyAt);

    /// <summary>When its first attempt began; null if not yet.</summary>
    public DateTimeOffset? StartedAtOf(int task) => Time(_cells[task].StartedAt);

    /// <summary>When it ended; null if not yet.</summary>
    public DateTimeOffset? EndedAtOf(int task) => Time(_cells[task].EndedAt);

    /// <summary>When its next attempt is due; null unless it backs off.</summary>
    public DateTimeOffset? DueAtOf(int task) =>
        PhaseOf(task) == TaskPhase.BackingOff && _troubles.GetValueOrDefault(task) is { DueAt: > 0 } trouble
            ? Time(trouble.DueAt)
            : null;

    /// <summary>How many of its attempts were lost to crashes.</summary>
    public int LostOf(int task) => _troubles.GetValueOrDefault(task)?.Lost ?? 0;

    /// <summary>
    /// Whether an attempt failed behind its condition since the task was last given fresh attempts; one that was lost
    /// did not fail by itself.
    /// </summary>
    public bool HasFailedAtWork(int task) =>
        _troubles.Count > 0 && TroubleOf(task) is { HasFailedAtWork: true };

    /// <summary>How many of its upstream tasks have not ended; 0 when it has ended itself.</summary>
    public int PendingOf(int task) => PhaseOf(task).HasEnded() ? 0 : _cells[task].Pending;

    internal TaskTrouble? TroubleOf(int task) => _troubles.GetValueOrDefault(task);

    internal TaskTrouble Trouble(int task)
    {
        if (!_troubles.TryGetValue(task, out var trouble)) _troubles[task] = trouble = new TaskTrouble();
        return trouble;
    }

    /// <summary>When the running attempt began, in UTC ticks.</summary>
    internal long AttemptStartedAt(int task) =>
        TroubleOf(task) is { AttemptStartedAt: > 0 } trouble ? trouble.AttemptStartedAt : _cells[task].StartedAt;

    private static DateTimeOffset? Time(long ticks) => ticks == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
}
