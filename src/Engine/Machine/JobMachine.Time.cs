namespace ActorFlow.Engine;

/// <summary>What time does to a job.</summary>
public sealed partial class JobMachine
{
    private void NoteHeartbeat(JobCommand.NoteHeartbeat command, DateTimeOffset at)
    {
        if (TimeoutsOf(command.Task).Heartbeat is null) return;
        if (Standing(command.Task, command.Attempt) != TaskPhase.Running) return;
        var trouble = State.Trouble(command.Task);
        trouble.HeartbeatAt = Math.Max(trouble.HeartbeatAt, at.UtcTicks);
    }

    private void WakeUp(DateTimeOffset at)
    {
        _alarm = null;
        while (TryNext(out var due) && due.DueAt <= at.UtcTicks)
        {
            State.Deadlines.Drop();
            Meet(due, at);
        }
    }

    /// <summary>The next deadline that still holds; those that were overtaken are dropped on the way.</summary>
    private bool TryNext(out Deadline next)
    {
        while (State.Deadlines.TryPeek(out next))
        {
            if (!IsOvertaken(next)) return true;
            State.Deadlines.Drop();
            if (IsPutOff(next, out var later)) State.Deadlines.Add(later);
        }

        return false;
    }

    /// <summary>
    /// A heartbeat came meanwhile: one deadline per attempt moves along, however many heartbeats come.
    /// </summary>
    private bool IsPutOff(Deadline deadline, out Deadline later)
    {
        later = deadline;
        if (deadline.Kind != DeadlineKind.Heartbeat) return false;
        // One that waits for what it has added gives no sign; it gets a new deadline when it goes on.
        if (State.AttemptOf(deadline.Task) != deadline.Attempt) return false;
        if (State.PhaseOf(deadline.Task) != TaskPhase.Running) return false;
        later = deadline with { DueAt = HeartbeatDueAt(deadline.Task) };
        return true;
    }

    /// <summary>Whether what the deadline was for has happened meanwhile, or was put off.</summary>
    private bool IsOvertaken(Deadline deadline)
    {
        if (State.Phase.HasEnded()) return true;
        if (deadline.Kind == DeadlineKind.Job) return State.Phase == JobPhase.Stopping || IsOfEarlierRound(deadline);
        if (State.AttemptOf(deadline.Task) != deadline.Attempt && deadline.Kind != DeadlineKind.Total) return true;
        var phase = State.PhaseOf(deadline.Task);
        var timeouts = TimeoutsOf(deadline.Task);
        return deadline.Kind switch
        {
            DeadlineKind.Start => phase != TaskPhase.Ready || State.Phase == JobPhase.Paused
                || deadline.DueAt < StartDueAt(deadline.Task),
            DeadlineKind.Attempt => phase == TaskPhase.Stopping || !State.HasAttempt(deadline.Task),
            DeadlineKind.Heartbeat => phase != TaskPhase.Running || deadline.DueAt < HeartbeatDueAt(deadline.Task),
            DeadlineKind.Total => phase.HasEnded() || State.Phase == JobPhase.Stopping || IsTotalMet(deadline),
            DeadlineKind.Retry => phase != TaskPhase.BackingOff
                || State.TroubleOf(deadline.Task)!.DueAt != deadline.DueAt,
            _ => phase != TaskPhase.Stopping
                || Calendar.After(State.TroubleOf(deadline.Task)!.StoppingSince, timeouts.Grace) != deadline.DueAt,
        };
    }

    private bool IsOfEarlierRound(Deadline deadline) =>
        deadline.DueAt != Calendar.After(State.RoundStartedAt, Flow.Policy.Timeout!.Value).UtcTicks;

    /// <summary>The task is stopped for good already, or was given fresh attempts.</summary>
    private bool IsTotalMet(Deadline deadline) =>
        (State.TroubleOf(deadline.Task) is { StopReason: var stop } && (stop == Reason.TaskTimeout || stop.EndsTask()))
        || State.StartedAtOf(deadline.Task) is not { } started
        || deadline.DueAt != Calendar.After(started, TimeoutsOf(deadline.Task).Total!.Value).UtcTicks;

    /// <summary>When it must start: pauses and earlier rounds of the job do not count.</summary>
    private long StartDueAt(int task)
    {
        var ready = State.ReadyAtOf(task) ?? DateTimeOffset.MinValue;
        var since = ready > State.WaitingSince ? ready : State.WaitingSince;
        return Calendar.After(since.UtcTicks, TimeoutsOf(task).Start!.Value);
    }

    /// <summary>When the next sign of life is due; long ago if there has been none.</summary>
    private long HeartbeatDueAt(int task) =>
        State.TroubleOf(task) is { HeartbeatAt: > 0 } trouble
            ? Calendar.After(trouble.HeartbeatAt, TimeoutsOf(task).Heartbeat!.Value)
            : 0;

    private void Meet(Deadline deadline, DateTimeOffset at)
    {
        var (task, attempt) = (deadline.Task, deadline.Attempt);
        switch (deadline.Kind)
        {
            case DeadlineKind.Job:
                var limit = ReportWords.Of(Flow.Policy.Timeout!.Value);
                StopJob(at, JobPhase.TimedOut, Reason.JobTimeout, $"the job did not end within {limit}");
                break;
            case DeadlineKind.Start:
                FailTask(at, task, Reason.StartTimeout, Late(task, "start", TimeoutsOf(task).Start));
                break;
            case DeadlineKind.Attempt:
                StopAttempt(at, task, Reason.AttemptTimeout, Late(task, "end", TimeoutsOf(task).Attempt));
                break;
            case DeadlineKind.Heartbeat:
                StopAttempt(
                    at, task, Reason.HeartbeatTimeout, Late(task, "give a heartbeat", TimeoutsOf(task).Heartbeat));
                break;
            case DeadlineKind.Total:
                MeetTotal(at, task);
                break;
            case DeadlineKind.Retry:
                Emit(new JobEvent.RetryDue(at, task));
                break;
            case DeadlineKind.Grace:
                Emit(new JobEvent.AttemptAbandoned(at, task, attempt));
                HasStopped(task, at);
                break;
        }

        SkipDoomed(at);
    }

    private void MeetTotal(DateTimeOffset at, int task)
    {
        var failure = Late(task, "end, all attempts together,", TimeoutsOf(task).Total);
        if (State.PhaseOf(task) is TaskPhase.Running or TaskPhase.Stopping or TaskPhase.Expanded)
            StopAttempt(at, task, Reason.TaskTimeout, failure);
        else
            FailTask(at, task, Reason.TaskTimeout, failure);
    }

    private void StopAttempt(DateTimeOffset at, int task, Reason reason, Failure failure)
    {
        Emit(new JobEvent.AttemptStopping(at, task, State.AttemptOf(task), reason, failure));
        foreach (var scope in State.OpenScopesOf(task).ToList()) StopScope(at, scope, Reason.OwnerEnded);
    }

    private TaskTimeouts TimeoutsOf(int task) => Graph.PolicyOf(task).Timeouts;

    private Failure Late(int task, string verb, TimeSpan? limit) =>
        new(
            Failure.TimeoutType,
            $"Task '{Graph[task].Name}' did not {verb} within {ReportWords.Of(limit!.Value)}.");
}
