using System.Runtime.CompilerServices;

namespace ActorFlow.Engine;

/// <summary>How one task's move shows at its neighbours: readiness, and who cannot run any more.</summary>
public sealed partial class JobState
{
    private ref TaskCell Move(JobEvent e, int task, TaskPhase to)
    {
        ref var cell = ref _cells[task];
        if (!TaskTransitions.Allows(cell.Phase, to)) throw Impossible(e, task, cell.Phase);
        if (cell.Phase == TaskPhase.Ready) Ready.Left(task);
        _countByPhase[(int)cell.Phase]--;
        _countByPhase[(int)to]++;
        cell.Phase = to;
        return ref cell;
    }

    private void MakeReady(JobEvent e, int task)
    {
        ref var cell = ref Move(e, task, TaskPhase.Ready);
        if (cell.Reason == Reason.NeedsUnmet) cell.Reason = Reason.NoSlot;
        if (cell.StartedAt == 0) cell.ReadyAt = e.At.UtcTicks;
        Ready.Add(task);
        AddStartDeadline(task, e.At.UtcTicks);
    }

    private void AddStartDeadline(int task, long from)
    {
        if (Flow.Tasks[task].Policy.Timeouts.Start is { } start)
            Deadlines.Add(new Deadline(from + start.Ticks, DeadlineKind.Start, task, _cells[task].Attempt));
    }

    private ref TaskCell End(JobEvent e, int task, TaskPhase outcome)
    {
        ref var cell = ref Move(e, task, outcome);
        cell.EndedAt = e.At.UtcTicks;
        OpenTasks--;
        foreach (var down in Flow.Edges.Downstream(task)) Notice(e, down.Task, task, down.Required);
        return ref cell;
    }

    /// <summary>An upstream of a task has ended.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Notice(JobEvent e, int task, int upstream, bool required)
    {
        ref var cell = ref _cells[task];
        cell.Pending--;
        if (cell.Phase == TaskPhase.Waiting && Phase is not JobPhase.Stopping)
            Consider(e, task, upstream, required);
    }

    private void Consider(JobEvent e, int task, int upstream, bool required)
    {
        var pending = _cells[task].Pending;
        switch (Flow.Tasks[task].Policy.Trigger)
        {
            case TriggerRule.AllSucceeded when required && _cells[upstream].Phase != TaskPhase.Succeeded:
                Doomed.Enqueue((task, Reason.UpstreamNotSucceeded, RootCause(upstream)));
                break;
            case TriggerRule.AnyFailed when IsFailure(upstream):
                MakeReady(e, task);
                break;
            case TriggerRule.AnyFailed when pending == 0:
                Doomed.Enqueue((task, Reason.NothingFailed, -1));
                break;
            case TriggerRule.AllSucceeded or TriggerRule.AllDone when pending == 0 && !IsDoomed(task):
                MakeReady(e, task);
                break;
        }
    }

    /// <summary>Failed, or skipped because something failed.</summary>
    private bool IsFailure(int task) =>
        _cells[task].Phase == TaskPhase.Failed
        || (_cells[task].Phase == TaskPhase.Skipped && _cells[task].Reason != Reason.NothingFailed);

    private int RootCause(int task) => _cells[task].Cause >= 0 ? _cells[task].Cause : task;

    // Doomed tasks are skipped within the same step, so a scan of the queue is short and rare.
    private bool IsDoomed(int task)
    {
        if (Doomed.Count == 0) return false;
        foreach (var doomed in Doomed)
            if (doomed.Task == task) return true;
        return false;
    }

    /// <summary>A task of a reopened job looks at all its upstream tasks anew.</summary>
    private void Recount(JobEvent e, int task)
    {
        ref var cell = ref _cells[task];
        var open = 0;
        var (failed, doomedBy) = (false, -1);
        foreach (var up in Flow.Edges.Upstream(task))
        {
            if (!_cells[up.Task].Phase.HasEnded()) open++;
            else if (up.Required && _cells[up.Task].Phase != TaskPhase.Succeeded) doomedBy = RootCause(up.Task);
            failed |= IsFailure(up.Task);
        }

        cell.Pending = open;
        var trigger = Flow.Tasks[task].Policy.Trigger;
        if (trigger == TriggerRule.AllSucceeded && doomedBy >= 0)
            Doomed.Enqueue((task, Reason.UpstreamNotSucceeded, doomedBy));
        else if (trigger == TriggerRule.AnyFailed ? failed : open == 0)
            MakeReady(e, task);
        else if (trigger == TriggerRule.AnyFailed && open == 0)
            Doomed.Enqueue((task, Reason.NothingFailed, -1));
    }

    private ImpossibleTransitionException Impossible(JobEvent e, int task, TaskPhase phase) =>
        new(Flow.Tasks[task].Name, phase, e, []);
}
