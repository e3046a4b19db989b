using System.Diagnostics;

namespace ActorFlow.Engine;

public sealed partial class JobState
{
    /// <summary>Takes a fact. Refuses nothing that the machine has decided; decides nothing.</summary>
    /// <exception cref="ImpossibleTransitionException">The journal holds what cannot have happened.</exception>
    public void Apply(JobEvent fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        Apply(new Fact(fact));
    }

    internal void Apply(in Fact fact)
    {
        // First the two that every task has.
        if (fact.Rest is null) Start(fact);
        else if (fact.Rest is Payload output) Succeed(fact, fact.Task, output);
        else Apply(fact, (JobEvent)fact.Rest);
        Version++;
        LastTicks = fact.At;
    }

    private void Apply(in Fact fact, JobEvent it)
    {
        switch (it)
        {
            case JobEvent.AttemptNoted e: Note(fact, e); break;
            case JobEvent.TaskExpanded e: Expand(fact, e); break;
            case JobEvent.TaskAwaits e: Await(fact, e); break;
            case JobEvent.TaskContinued e: GoOn(fact, e); break;
            case JobEvent.TaskMarked e: MarksOf(e.Task).Mark(e.Attempt, e.Markers); break;
            case JobEvent.TaskKept e: MarksOf(e.Task).Keep(e.Kept); break;
            case JobEvent.AttemptStopping e: Stop(fact, e); break;
            case JobEvent.AttemptAbandoned: AbandonedAttempts++; break;
            case JobEvent.AttemptFailed e: FailAttempt(fact, e); break;
            case JobEvent.RetryScheduled e: ScheduleRetry(fact, e); break;
            case JobEvent.RetryDue e: MakeReady(fact, e.Task); break;
            case JobEvent.TaskHeld e: Move(fact, e.Task, TaskPhase.Held).Reason = e.Reason; break;
            case JobEvent.TaskIgnored e: Succeed(fact, e.Task, e.Output).Reason = e.Reason; break;
            case JobEvent.TaskFailed e: Fail(fact, e); break;
            case JobEvent.TaskSkipped e: Skip(fact, e); break;
            case JobEvent.TaskCancelled e: End(fact, e.Task, TaskPhase.Cancelled).Reason = e.Reason; break;
            case JobEvent.JobSubmitted e: Begin(fact, e.Job); break;
            case JobEvent.FlowReplaced e:
                Begin(fact, e.Job);
                FlowReplacedAt = e.At;
                break;
            case JobEvent.JobPaused: Phase = JobPhase.Paused; break;
            case JobEvent.JobContinued e: Continue(e); break;
            case JobEvent.JobStopping e: StopJob(e); break;
            case JobEvent.JobEnded e: Phase = e.Outcome; EndedAt = e.At; break;
            case JobEvent.JobReopened e: Reopen(fact, e); break;
            default:
                throw new UnreachableException(
                    $"The event {it.GetType().Name} has no arm [this is a bug in ActorFlow].");
        }
    }

    private void Start(in Fact e)
    {
        ref var cell = ref Move(e, e.Task, TaskPhase.Running);
        var at = e.At;
        cell.Attempt = e.Attempt;
        cell.Reason = Reason.None;
        cell.IsParted = false;
        if (_troubles.Count > 0 && TroubleOf(e.Task) is { } trouble)
        {
            trouble.AttemptStartedAt = at;
            trouble.HeartbeatAt = 0;
        }

        if (cell.StartedAt == 0) Begin(ref cell, e.Task, at);
        if (!cell.IsPlain) AddDeadlines(e.Task, e.Attempt, at);
    }

    private void AddDeadlines(int task, int attempt, long at)
    {
        var timeouts = Graph.PolicyOf(task).Timeouts;
        if (timeouts.Attempt is { } limit)
            Deadlines.Add(new Deadline(Calendar.After(at, limit), DeadlineKind.Attempt, task, attempt));
        if (timeouts.Heartbeat is { } heartbeat)
            Deadlines.Add(new Deadline(Calendar.After(at, heartbeat), DeadlineKind.Heartbeat, task, attempt));
    }

    /// <summary>A task begins, for the first time or anew: all its attempts have their time from here on.</summary>
    private void Begin(ref TaskCell cell, int task, long at)
    {
        cell.StartedAt = at;
        if (!cell.IsPlain && Graph.PolicyOf(task).Timeouts.Total is { } total)
            Deadlines.Add(new Deadline(Calendar.After(at, total), DeadlineKind.Total, task, cell.Attempt));
    }

    private ref TaskCell Succeed(in Fact fact, int task, Payload output)
    {
        _cells[task].Output = output;
        _cells[task].Reason = Reason.None;
        return ref End(fact, task, TaskPhase.Succeeded);
    }

    private void Stop(in Fact fact, JobEvent.AttemptStopping e)
    {
        Move(fact, e.Task, TaskPhase.Stopping).Reason = e.Reason;
        var trouble = Trouble(e.Task);
        trouble.StopReason = e.Reason;
        trouble.Failure = e.Failure;
        trouble.StoppingSince = e.At.UtcTicks;
        if (_cells[e.Task].IsParted) return;
        var grace = Graph.PolicyOf(e.Task).Timeouts.Grace;
        Deadlines.Add(new Deadline(Calendar.After(e.At, grace).UtcTicks, DeadlineKind.Grace, e.Task, e.Attempt));
    }

    private void FailAttempt(in Fact fact, JobEvent.AttemptFailed e)
    {
        // It backs off with no due time until the event that settles it, which comes in the same append.
        Move(fact, e.Task, TaskPhase.BackingOff).Reason = e.Reason;
        var trouble = Trouble(e.Task);
        trouble.Failure = e.Failure;
        trouble.DueAt = 0;
        trouble.StopReason = Reason.None;
        trouble.StoppingSince = 0;
        if (e.Reason == Reason.AttemptLost)
        {
            trouble.Lost++;
            return;
        }

        trouble.Failures++;
        trouble.HasFailedAtWork |= !e.Failure.Is(Failure.ConditionType);
    }

    private void ScheduleRetry(in Fact fact, JobEvent.RetryScheduled e)
    {
        Move(fact, e.Task, TaskPhase.BackingOff).Reason = e.Reason;
        Trouble(e.Task).DueAt = e.DueAt.UtcTicks;
        if (e.DueAt <= e.At) MakeReady(fact, e.Task);
        else Deadlines.Add(new Deadline(e.DueAt.UtcTicks, DeadlineKind.Retry, e.Task, _cells[e.Task].Attempt));
    }

    private void Fail(in Fact fact, JobEvent.TaskFailed e)
    {
        _cells[e.Task].Reason = e.Reason;
        Trouble(e.Task).Failure = e.Failure;
        End(fact, e.Task, TaskPhase.Failed);
    }

    private void Skip(in Fact fact, JobEvent.TaskSkipped e)
    {
        _cells[e.Task].Reason = e.Reason;
        _cells[e.Task].Cause = e.Cause;
        End(fact, e.Task, TaskPhase.Skipped);
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
        for (var task = 0; task < Graph.Count; task++)
            if (_cells[task].Phase == TaskPhase.Ready) AddStartDeadline(task, e.At.UtcTicks);
    }

    private void Reopen(in Fact fact, JobEvent.JobReopened e)
    {
        Phase = JobPhase.Running;
        EndedAt = null;
        RoundStartedAt = WaitingSince = e.At;
        (StopOutcome, StopReason, StopDetail) = (JobPhase.Running, Reason.None, null);
        if (Flow.Policy.Timeout is { } timeout)
            Deadlines.Add(new Deadline(Calendar.After(e.At, timeout).UtcTicks, DeadlineKind.Job, -1, 0));
        // What tasks have added runs again with them.
        for (var task = 0; task < Flow.Tasks.Count; task++)
            if (IsToRunAgain(task)) Reset(fact, task);
        for (var task = 0; task < Flow.Tasks.Count; task++)
            if (_cells[task].Phase == TaskPhase.Waiting) Recount(fact, task);
    }

    private void Reset(in Fact fact, int task)
    {
        ref var cell = ref Move(fact, task, TaskPhase.Waiting);
        var attempt = cell.Attempt;
        cell = default;
        Prepare(task, Reason.RetryRequested, attempt);
        OpenTasks++;
        if (TroubleOf(task) is not { } trouble) return;
        (trouble.Failures, trouble.Lost, trouble.DueAt, trouble.HasFailedAtWork) = (0, 0, 0, false);
    }
}
