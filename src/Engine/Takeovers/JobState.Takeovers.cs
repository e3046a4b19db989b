namespace ActorFlow.Engine;

/// <summary>How a job begins, and what it takes over from before.</summary>
public sealed partial class JobState
{
    private readonly Dictionary<string, int> _used = new(StringComparer.OrdinalIgnoreCase);

    // Beside the cells, of those that were there when the job began: most jobs take nothing over.
    private TaskOrigin[] _origins = [];

    internal JobState(Flow flow, JobPast past) : this(flow)
    {
        Past = past;
        Version = past.Version;
        LastTicks = past.LastAt.UtcTicks;
        // Until it is decided how it goes on, nothing of it starts.
        Phase = JobPhase.Paused;
    }

    /// <summary>
    /// When the job's flow was replaced by the one that it runs now; null if it runs what it was submitted with.
    /// </summary>
    public DateTimeOffset? FlowReplacedAt { get; private set; }

    /// <summary>What the job has had under another flow, until it goes on with this one; null for most.</summary>
    internal JobPast? Past { get; private set; }

    /// <summary>
    /// The job that has recorded how a task ended, if it ended so before this job began, or before its flow was
    /// replaced: then it is this job itself. Null for all others.
    /// </summary>
    public JobId? TakenFromOf(int task) => task >= _origins.Length ? null : _origins[task] switch
    {
        TaskOrigin.Kept => Submitted!.Id,
        TaskOrigin.Shared => Submitted!.ForkedFrom?.Job,
        _ => null,
    };

    /// <summary>Who has recorded how the tasks ended, as it is now; the list may end before the tasks do.</summary>
    internal IReadOnlyList<JobId?> CopyTakenFrom() => [.. Enumerable.Range(0, _origins.Length).Select(TakenFromOf)];

    private void Begin(in Fact fact, SubmittedJob job)
    {
        var at = new DateTimeOffset(fact.At, TimeSpan.Zero);
        // What is taken over is in the cells from here on.
        Submitted = job.Taken is null ? job : job with { Taken = null };
        (Phase, SubmittedAt, RoundStartedAt) = (JobPhase.Running, Past?.SubmittedAt ?? at, at);
        Past = null;
        OpenTasks = _cells.Length;
        _countByPhase[(int)TaskPhase.Waiting] = _cells.Length;
        if (Flow.Policy.Timeout is { } timeout)
            Deadlines.Add(new Deadline(Calendar.After(at, timeout).UtcTicks, DeadlineKind.Job, -1, 0));
        if (job.Taken is { } taken) TakeOver(fact, taken);
        else
            for (var task = 0; task < _cells.Length; task++) Admit(fact, task);
    }

    private void TakeOver(in Fact fact, TakenOver taken)
    {
        foreach (var used in taken.Used) _used[used.Task] = used.Attempt;
        foreach (var scope in taken.Scopes) AddScope(Graph.Grow(scope.Owner, scope.Expansion)).Open = 0;
        for (var task = 0; task < Graph.Count; task++) Prepare(task, Reason.NeedsUnmet, UsedBy(task));
        _origins = new TaskOrigin[Graph.Count];
        foreach (var result in taken.Tasks) Take(fact, result);
        for (var task = 0; task < Graph.Own; task++)
            if (_cells[task].Phase == TaskPhase.Waiting) Recount(fact, task);
    }

    private void Take(in Fact fact, TakenTask result)
    {
        ref var cell = ref _cells[result.Task];
        _countByPhase[(int)cell.Phase]--;
        _countByPhase[(int)result.Phase]++;
        OpenTasks--;
        (cell.Phase, cell.Reason, cell.Cause) = (result.Phase, result.Reason, result.Cause);
        (cell.Attempt, cell.Output) = (result.Attempt, result.Output);
        cell.StartedAt = result.StartedAt?.UtcTicks ?? 0;
        cell.EndedAt = result.EndedAt?.UtcTicks ?? fact.At;
        _origins[result.Task] = result.IsShared ? TaskOrigin.Shared : TaskOrigin.Kept;
        if (result.Failure is { } failure) Trouble(result.Task).Failure = failure;
        if (result.Notes is { } notes) Note(result.Task, notes);
    }

    /// <summary>How many attempts a task has had before the job ran this flow.</summary>
    private int UsedBy(int task) => _used.Count == 0 ? 0 : _used.GetValueOrDefault(Graph[task].Name);
}
