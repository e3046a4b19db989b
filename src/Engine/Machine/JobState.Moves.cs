using System.Runtime.CompilerServices;

namespace ActorFlow.Engine;

/// <summary>How one task's move shows at its neighbours: readiness, and who cannot run any more.</summary>
public sealed partial class JobState
{
    /// <summary>A task becomes part of the job.</summary>
    private void Admit(in Fact fact, int task)
    {
        ref var cell = ref Prepare(task, Reason.NeedsUnmet, UsedBy(task));
        cell.Pending = Graph.Upstream(task).Length;
        if (cell.Pending == 0) MakeReady(fact, task);
    }

    /// <summary>What the cell of a task begins with that has had no event.</summary>
    private ref TaskCell Prepare(int task, Reason reason, int attempt)
    {
        ref var cell = ref _cells[task];
        (cell.Attempt, cell.Cause, cell.Reason) = (attempt, -1, reason);
        var traits = Graph.TraitsOf(task);
        (cell.Pool, cell.IsPlain) = (traits.Pool, traits.IsPlain);
        return ref cell;
    }

    private ref TaskCell Move(in Fact e, int task, TaskPhase to)
    {
        ref var cell = ref _cells[task];
        if (!TaskTransitions.Allows(cell.Phase, to)) throw Impossible(e, task, cell.Phase);
        var from = cell.Phase;
        _countByPhase[(int)from]--;
        _countByPhase[(int)to]++;
        cell.Phase = to;
        if (from == TaskPhase.Ready) Leave(Ready[cell.Pool]);
        return ref cell;
    }

    /// <summary>The first in a queue is always ready: here, and so in a fold too, it is made so.</summary>
    private void Leave(ReadyQueue queue)
    {
        queue.Left();
        while (queue.TryPeek(out var first) && _cells[first].Phase != TaskPhase.Ready) queue.Drop();
    }

    /// <summary>
    /// A task may go on: with its next attempt or, if it waited for parts, with those that did not succeed.
    /// </summary>
    private void MakeReady(in Fact e, int task)
    {
        if (task >= Graph.Own && IsHeldBack(task)) return;
        if (Graph.HasGrown && HasSpoiltParts(task))
        {
            RunPartsAgain(e, task);
            return;
        }

        ref var cell = ref Move(e, task, TaskPhase.Ready);
        if (cell.Reason is Reason.NeedsUnmet or Reason.NoTurn) cell.Reason = Reason.NoSlot;
        if (cell.StartedAt == 0) cell.ReadyAt = e.At;
        Ready[cell.Pool].Add(task, cell.IsPlain ? 0 : Graph.PolicyOf(task).Priority);
        if (!cell.IsPlain) AddStartDeadline(task, e.At);
    }

    private void AddStartDeadline(int task, long from)
    {
        if (Graph.PolicyOf(task).Timeouts.Start is { } start)
            Deadlines.Add(new Deadline(Calendar.After(from, start), DeadlineKind.Start, task, _cells[task].Attempt));
    }

    private ref TaskCell End(in Fact e, int task, TaskPhase outcome)
    {
        var wasUnderWay = _cells[task].Phase != TaskPhase.Waiting;
        ref var cell = ref Move(e, task, outcome);
        cell.EndedAt = e.At;
        OpenTasks--;
        foreach (var down in Graph.Downstream(task)) Notice(e, down.Task, task, down.Required);
        if (task >= Graph.Own) EndInScope(e, task, wasUnderWay);
        return ref cell;
    }

    /// <summary>An upstream of a task has ended.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Notice(in Fact e, int task, int upstream, bool required)
    {
        ref var cell = ref _cells[task];
        cell.Pending--;
        // What is cancelled is not alone: all that needs it is cancelled with it. Parts wait for parts as a whole.
        if (cell.Phase == TaskPhase.Waiting && _cells[upstream].Phase != TaskPhase.Cancelled
            && (task < Graph.Own || !IsBetweenParts(task, upstream)))
            Consider(e, task, upstream, required);
    }

    private void Consider(in Fact e, int task, int upstream, bool required)
    {
        ref var cell = ref _cells[task];
        switch (cell.IsPlain ? TriggerRule.AllSucceeded : Graph.PolicyOf(task).Trigger)
        {
            case TriggerRule.AnyFailed when cell.Reason == Reason.NoTurn:
                // It is to run already, and only waits for others of its expansion.
                break;
            case TriggerRule.AllSucceeded when required && _cells[upstream].Phase != TaskPhase.Succeeded:
                Doom(task, Reason.UpstreamNotSucceeded, RootCause(upstream));
                break;
            case TriggerRule.AnyFailed when IsFailure(upstream):
                MakeReady(e, task);
                break;
            case TriggerRule.AnyFailed when cell.Pending == 0:
                Doom(task, Reason.NothingFailed, -1);
                break;
            case TriggerRule.AllSucceeded or TriggerRule.AllDone when cell.Pending == 0 && !cell.IsDoomed:
                MakeReady(e, task);
                break;
        }
    }

    /// <summary>Failed, or skipped because something failed, however far up.</summary>
    private bool IsFailure(int task) =>
        _cells[task].Phase == TaskPhase.Failed
        || (_cells[task].Phase == TaskPhase.Skipped
            && !_cells[RootCause(task)].Reason.IsRule());

    private int RootCause(int task) => _cells[task].Cause >= 0 ? _cells[task].Cause : task;

    private void Doom(int task, Reason reason, int cause)
    {
        if (_cells[task].IsDoomed) return;
        _cells[task].IsDoomed = true;
        Doomed.Enqueue((task, reason, cause));
    }

    private bool IsToRunAgain(int task) =>
        _cells[task].Phase is TaskPhase.Failed or TaskPhase.Skipped or TaskPhase.Cancelled;

    /// <summary>
    /// A task of a reopened job waits for those of its upstream tasks that run again; the others succeeded.
    /// </summary>
    private void Recount(in Fact e, int task)
    {
        ref var cell = ref _cells[task];
        cell.Pending = 0;
        foreach (var up in Graph.Upstream(task))
            if (!_cells[up.Task].Phase.HasEnded()) cell.Pending++;

        if (cell.Pending > 0) return;
        if (task >= Graph.Own && NeedsParts(task)) ConsiderPart(e, StateOf(Graph.ScopeOf(task)!), task);
        else if (Graph.PolicyOf(task).Trigger == TriggerRule.AnyFailed) Doom(task, Reason.NothingFailed, -1);
        else MakeReady(e, task);
    }

    private ImpossibleTransitionException Impossible(in Fact e, int task, TaskPhase phase) =>
        new(Graph[task].Name, phase, e.ToEvent(), []);
}
