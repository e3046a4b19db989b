namespace ActorFlow.Engine;

/// <summary>What tasks have added to the job, and how it shows at them.</summary>
public sealed partial class JobState
{
    private readonly List<ScopeState> _scopes = [];
    private readonly Dictionary<int, List<JobScope>> _openByOwner = [];

    /// <summary>The job's graph: its flow, and what its tasks have added.</summary>
    public JobGraph Graph { get; }

    /// <summary>Scopes that have just ended and whose owner needs a decision; the machine's, within one step.</summary>
    internal Queue<JobScope> Closed { get; } = new();

    internal ScopeState StateOf(JobScope scope) => _scopes[scope.Number];

    /// <summary>Whether the attempt of a task that has expanded is over: its parts stand for it.</summary>
    internal bool IsParted(int task) => _cells[task].IsParted;

    /// <summary>Whether an attempt of the task is alive, for all that is recorded.</summary>
    internal bool HasAttempt(int task) =>
        _cells[task] is { Phase: TaskPhase.Running or TaskPhase.Stopping or TaskPhase.Expanded, IsParted: false };

    /// <summary>The scopes of a task that have not ended, the oldest first.</summary>
    internal IReadOnlyList<JobScope> OpenScopesOf(int task) =>
        _openByOwner.TryGetValue(task, out var scopes) ? scopes : [];

    private void Expand(in Fact fact, JobEvent.TaskExpanded e)
    {
        Move(fact, e.Task, TaskPhase.Expanded);
        var state = AddScope(Graph.Grow(e.Task, e.Expansion));
        var scope = state.Scope;
        _cells[e.Task].IsParted = e.Expansion.Key is null;
        if (e.Expansion.Key is not null) state.AwaitedBy = e.Attempt;
        for (var task = scope.First; task < scope.End; task++) Admit(fact, task);
        if (scope.Count == 0) Close(fact, scope);
        else Reopen(scope);
    }

    private ScopeState AddScope(JobScope scope)
    {
        if (Graph.Count > _cells.Length) Array.Resize(ref _cells, Math.Max(Graph.Count, 2 * _cells.Length));
        var state = new ScopeState(scope);
        CountParts(state, _ => true);
        _scopes.Add(state);
        OpenTasks += scope.Count;
        _countByPhase[(int)TaskPhase.Waiting] += scope.Count;
        return state;
    }

    private void Reopen(JobScope scope)
    {
        var owner = scope.Owner.Number;
        if (!_openByOwner.TryGetValue(owner, out var scopes)) _openByOwner[owner] = scopes = [];
        scopes.Add(scope);
    }

    private void Await(in Fact fact, JobEvent.TaskAwaits e)
    {
        var scope = Graph.Scopes[e.Scope];
        Move(fact, e.Task, TaskPhase.Expanded).IsParted = false;
        var state = StateOf(scope);
        state.RunsAgain = state.AwaitedBy != e.Attempt && TasksOf(scope).Any(IsToBeCancelled);
        state.AwaitedBy = e.Attempt;
        if (state is { Open: 0, IsSpoilt: true }) ResetScope(fact, scope);
        if (state.Open == 0) Close(fact, scope);
    }

    private static IEnumerable<int> TasksOf(JobScope scope) => Enumerable.Range(scope.First, scope.Count);

    private bool IsToBeCancelled(int task) =>
        _cells[task].Phase == TaskPhase.Stopping && Trouble(task).StopReason.EndsTask();

    // It may wait for several at once, and it may have been asked to stop meanwhile. What an attempt before it awaited
    // and left behind is not what it waits for.
    private void GoOn(in Fact fact, JobEvent.TaskContinued e)
    {
        if (_cells[e.Task].Phase != TaskPhase.Expanded) return;
        if (OpenScopesOf(e.Task).Any(scope => StateOf(scope).AwaitedBy == e.Attempt)) return;
        Move(fact, e.Task, TaskPhase.Running);
        if (Graph.PolicyOf(e.Task).Timeouts.Heartbeat is not { } heartbeat) return;
        Trouble(e.Task).HeartbeatAt = fact.At;
        Deadlines.Add(new Deadline(Calendar.After(fact.At, heartbeat), DeadlineKind.Heartbeat, e.Task, e.Attempt));
    }

    /// <summary>Whether the task waits for others of its scope to end before it counts as ready.</summary>
    private bool IsHeldBack(int task)
    {
        var scope = StateOf(Graph.ScopeOf(task)!);
        if (scope.Scope.Expansion.MaxParallel is not { } most || _cells[task].Phase != TaskPhase.Waiting) return false;
        if (scope.Active < most)
        {
            scope.Active++;
            return false;
        }

        _cells[task].Reason = Reason.NoTurn;
        scope.Backlog.Enqueue(task);
        return true;
    }

    private void EndInScope(in Fact fact, int task, bool wasUnderWay)
    {
        var scope = StateOf(Graph.ScopeOf(task)!);
        scope.Open--;
        if (_cells[task].Phase == TaskPhase.Failed) scope.Failed++;
        if (_cells[task].Phase == TaskPhase.Cancelled) scope.Cancelled++;
        if (scope.Parts is not null) EndInPart(fact, scope, task);
        if (scope.Scope.Expansion.MaxParallel is { } most)
        {
            if (wasUnderWay) scope.Active--;
            // What is cancelled makes no room: all that waits is cancelled with it.
            var makesRoom = _cells[task].Phase != TaskPhase.Cancelled;
            while (makesRoom && scope.Active < most && scope.Backlog.TryDequeue(out var next))
                if (_cells[next] is { Phase: TaskPhase.Waiting, IsDoomed: false }) MakeReady(fact, next);
        }

        if (scope.Open == 0) Close(fact, scope.Scope);
    }

    /// <summary>All tasks of a scope have ended: its owner goes on with it, or is to be decided about.</summary>
    private void Close(in Fact fact, JobScope scope)
    {
        var owner = scope.Owner.Number;
        if (_openByOwner.TryGetValue(owner, out var open) && open.Remove(scope) && open.Count == 0)
            _openByOwner.Remove(owner);
        var state = StateOf(scope);
        var isAwaited = _cells[owner] is { Phase: TaskPhase.Expanded, IsParted: false, Attempt: var attempt }
            && attempt == state.AwaitedBy;
        if (isAwaited && state is { RunsAgain: true, IsSpoilt: true })
        {
            ResetScope(fact, scope);
            return;
        }

        var isBetween = _cells[owner] is { Phase: TaskPhase.Expanded, IsParted: true };
        // What an attempt awaited and left behind is not what its task waits for before the next one.
        if (isBetween && scope.Expansion.Key is not null) return;
        if (isBetween && !state.IsSpoilt)
            MakeReady(fact, owner);
        else if (_cells[owner].Phase is TaskPhase.Expanded or TaskPhase.Stopping)
            Closed.Enqueue(scope);
    }

    private bool HasSpoiltParts(int task) =>
        Graph.ScopesOf(task) is [.., { Expansion.Key: null } last] && StateOf(last).IsSpoilt;

    /// <summary>What a task waited for and did not succeed runs again, and it waits for that.</summary>
    private void RunPartsAgain(in Fact fact, int task)
    {
        ref var cell = ref Move(fact, task, TaskPhase.Expanded);
        cell.IsParted = true;
        if (cell.StartedAt == 0)
        {
            cell.ReadyAt = fact.At;
            Begin(ref cell, task, fact.At);
        }

        ResetScope(fact, Graph.ScopesOf(task)[^1]);
    }

    private void ResetScope(in Fact fact, JobScope scope)
    {
        var state = StateOf(scope);
        (state.Failed, state.Cancelled, state.Active, state.RunsAgain) = (0, 0, 0, false);
        state.Backlog.Clear();
        for (var task = scope.First; task < scope.End; task++)
        {
            if (!IsToRunAgain(task)) continue;
            Reset(fact, task);
            state.Open++;
        }

        CountParts(state, task => !_cells[task].Phase.HasEnded());
        Reopen(scope);
        for (var task = scope.First; task < scope.End; task++)
            if (_cells[task].Phase == TaskPhase.Waiting) Recount(fact, task);
    }
}
