namespace ActorFlow.Engine;

public sealed partial class JobState
{
    /// <summary>Takes a fact. Refuses nothing that the machine has decided; decides nothing.</summary>
    /// <exception cref="ImpossibleTransitionException">The journal holds what cannot have happened.</exception>
    public void Apply(JobEvent fact)
    {
        switch (fact)
        {
            case JobEvent.TaskStarted e: Start(e); break;
            case JobEvent.TaskSucceeded e: Succeed(e, e.Task, e.Output); break;
            case JobEvent.AttemptStopping e: Stop(e); break;
            case JobEvent.AttemptAbandoned e: Abandon(e); break;
            case JobEvent.AttemptFailed e: FailAttempt(e); break;
            case JobEvent.RetryScheduled e: ScheduleRetry(e); break;
            case JobEvent.RetryDue e: MakeReady(e, e.Task); break;
            case JobEvent.TaskHeld e: Move(e, e.Task, TaskPhase.Held).Reason = e.Reason; break;
            case JobEvent.TaskIgnored e: Succeed(e, e.Task, e.Output).Reason = e.Reason; break;
            case JobEvent.TaskFailed e: Fail(e); break;
            case JobEvent.TaskSkipped e: Skip(e); break;
            case JobEvent.TaskCancelled e: End(e, e.Task, TaskPhase.Cancelled).Reason = e.Reason; break;
            case JobEvent.JobSubmitted e: Submit(e); break;
            case JobEvent.JobPaused: Phase = JobPhase.Paused; break;
            case JobEvent.JobContinued e: Continue(e); break;
            case JobEvent.JobStopping e: StopJob(e); break;
            case JobEvent.JobEnded e: Phase = e.Outcome; EndedAt = e.At; break;
            case JobEvent.JobReopened e: Reopen(e); break;
            default: throw Unknown(fact);
        }

        Version++;
        LastAt = fact.At;
    }

    private void Submit(JobEvent.JobSubmitted e)
    {
        Submitted = e.Job;
        SubmittedAt = RoundStartedAt = e.At;
        OpenTasks = _cells.Length;
        _countByPhase[(int)TaskPhase.Waiting] = _cells.Length;
        if (Flow.Policy.Timeout is { } timeout)
            Deadlines.Add(new Deadline(Calendar.After(e.At, timeout).UtcTicks, DeadlineKind.Job, -1, 0));
        for (var task = 0; task < _cells.Length; task++)
        {
            ref var cell = ref _cells[task];
            cell.Cause = -1;
            cell.Pending = Flow.Edges.Upstream(task).Length;
            cell.Reason = Reason.NeedsUnmet;
            if (cell.Pending == 0) MakeReady(e, task);
        }
    }

    private void Start(JobEvent.TaskStarted e)
    {
        ref var cell = ref Move(e, e.Task, TaskPhase.Running);
        var at = e.At.UtcTicks;
        cell.Attempt = e.Attempt;
        cell.Reason = Reason.None;
        if (_troubles.Count > 0 && TroubleOf(e.Task) is { } trouble)
        {
            trouble.AttemptStartedAt = at;
            trouble.HeartbeatAt = 0;
        }

        var timeouts = Flow.Tasks[e.Task].Policy.Timeouts;
        var isFirst = cell.StartedAt == 0;
        if (isFirst) cell.StartedAt = at;
        if (ReferenceEquals(timeouts, TaskTimeouts.None)) return;
        if (timeouts.Attempt is { } attempt)
            Deadlines.Add(new Deadline(Calendar.After(at, attempt), DeadlineKind.Attempt, e.Task, e.Attempt));
        if (timeouts.Heartbeat is { } heartbeat)
            Deadlines.Add(new Deadline(Calendar.After(at, heartbeat), DeadlineKind.Heartbeat, e.Task, e.Attempt));
        if (isFirst && timeouts.Total is { } total)
            Deadlines.Add(new Deadline(Calendar.After(at, total), DeadlineKind.Total, e.Task, e.Attempt));
    }

    private ref TaskCell Succeed(JobEvent e, int task, Payload output)
    {
        _cells[task].Output = output;
        _cells[task].Reason = Reason.None;
        return ref End(e, task, TaskPhase.Succeeded);
    }

    private void Stop(JobEvent.AttemptStopping e)
    {
        Move(e, e.Task, TaskPhase.Stopping).Reason = e.Reason;
        var trouble = Trouble(e.Task);
        trouble.StopReason = e.Reason;
        trouble.Failure = e.Failure;
        trouble.StoppingSince = e.At.UtcTicks;
        var grace = Flow.Tasks[e.Task].Policy.Timeouts.Grace;
        Deadlines.Add(new Deadline(Calendar.After(e.At, grace).UtcTicks, DeadlineKind.Grace, e.Task, e.Attempt));
    }

    private void Abandon(JobEvent.AttemptAbandoned e)
    {
        Trouble(e.Task).Abandoned++;
        AbandonedAttempts++;
    }

    private void FailAttempt(JobEvent.AttemptFailed e)
    {
        // It backs off with no due time until the event that settles it, which comes in the same append.
        Move(e, e.Task, TaskPhase.BackingOff).Reason = e.Reason;
        var trouble = Trouble(e.Task);
        trouble.Failure = e.Failure;
        trouble.DueAt = 0;
        trouble.StopReason = Reason.None;
        trouble.StoppingSince = 0;
        if (e.Reason == Reason.AttemptLost) trouble.Lost++;
        else trouble.Failures++;
    }

    private void ScheduleRetry(JobEvent.RetryScheduled e)
    {
        Move(e, e.Task, TaskPhase.BackingOff).Reason = e.Reason;
        Trouble(e.Task).DueAt = e.DueAt.UtcTicks;
        if (e.DueAt <= e.At) MakeReady(e, e.Task);
        else Deadlines.Add(new Deadline(e.DueAt.UtcTicks, DeadlineKind.Retry, e.Task, _cells[e.Task].Attempt));
    }

    private void Fail(JobEvent.TaskFailed e)
    {
        _cells[e.Task].Reason = e.Reason;
        Trouble(e.Task).Failure = e.Failure;
        End(e, e.Task, TaskPhase.Failed);
    }

    private void Skip(JobEvent.TaskSkipped e)
    {
        _cells[e.Task].Reason = e.Reason;
        _cells[e.Task].Cause = e.Cause;
        End(e, e.Task, TaskPhase.Skipped);
        while (Doomed.TryPeek(out var doomed) && _cells[doomed.Task].Phase != TaskPhase.Waiting) Doomed.Dequeue();
    }

    private void StopJob(JobEvent.JobStopping e)
    {
        Phase = JobPhase.Stopping;
        StopOutcome = e.Outcome;
        StopReason = e.Reason;
        StopDetail = e.Detail;
    }

    private void Continue(JobEvent.JobContinued e)
    {
        Phase = JobPhase.Running;
        WaitingSince = e.At;
        for (var task = 0; task < _cells.Length; task++)
            if (_cells[task].Phase == TaskPhase.Ready) AddStartDeadline(task, e.At.UtcTicks);
    }

    private void Reopen(JobEvent.JobReopened e)
    {
        Phase = JobPhase.Running;
        EndedAt = null;
        RoundStartedAt = WaitingSince = e.At;
        (StopOutcome, StopReason, StopDetail) = (JobPhase.Running, Reason.None, null);
        Doomed.Clear();
        if (Flow.Policy.Timeout is { } timeout)
            Deadlines.Add(new Deadline(Calendar.After(e.At, timeout).UtcTicks, DeadlineKind.Job, -1, 0));
        for (var task = 0; task < _cells.Length; task++)
            if (_cells[task].Phase is TaskPhase.Failed or TaskPhase.Skipped or TaskPhase.Cancelled) Reset(e, task);
        for (var task = 0; task < _cells.Length; task++)
            if (_cells[task].Phase == TaskPhase.Waiting) Recount(e, task);
    }

    private void Reset(JobEvent.JobReopened e, int task)
    {
        ref var cell = ref Move(e, task, TaskPhase.Waiting);
        cell = new TaskCell { Attempt = cell.Attempt, Cause = -1, Reason = Reason.RetryRequested };
        OpenTasks++;
        if (TroubleOf(task) is { } trouble) (trouble.Failures, trouble.Lost, trouble.DueAt) = (0, 0, 0);
    }
}
