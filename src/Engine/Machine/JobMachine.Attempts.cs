namespace ActorFlow.Engine;

/// <summary>How attempts begin and end, and what follows from a failure.</summary>
public sealed partial class JobMachine
{
    private void Start(DateTimeOffset at, int pool, int slots)
    {
        if (State.Phase != JobPhase.Running) return;
        slots = Math.Min(slots, (Flow.Policy.MaxParallel ?? int.MaxValue) - State.RunningTasks);
        var ready = State.Ready[pool];
        for (; slots > 0 && ready.TryPeek(out var task); slots--)
            Emit(Fact.Started(at.UtcTicks, task, State.AttemptOf(task) + 1));
    }

    private void Complete(JobCommand.CompleteAttempt command, DateTimeOffset at)
    {
        if (command.Notes is { } notes && Standing(command.Task, command.Attempt) == TaskPhase.Running)
            Emit(new JobEvent.AttemptNoted(at, command.Task, command.Attempt, notes));
        Complete(at, command.Task, command.Attempt, command.Output);
    }

    private void Complete(DateTimeOffset at, int task, int attempt, Payload output)
    {
        switch (Standing(task, attempt))
        {
            case TaskPhase.Running:
                Emit(Fact.Succeeded(at.UtcTicks, task, attempt, output));
                break;
            case TaskPhase.Stopping:
                HasStopped(task, at);
                break;
        }
    }

    private void FailReported(JobCommand.FailAttempt command, DateTimeOffset at)
    {
        switch (Standing(command.Task, command.Attempt))
        {
            case TaskPhase.Running:
                Emit(new JobEvent.AttemptFailed(
                    at, command.Task, command.Attempt, Reason.AttemptThrew, command.Failure));
                Supervise(at, command.Task, command.Failure, Reason.AttemptThrew);
                break;
            case TaskPhase.Stopping:
                HasStopped(command.Task, at, command.Failure.Traces);
                break;
        }
    }

    private void SkipReported(JobCommand.SkipAttempt command, DateTimeOffset at)
    {
        switch (Standing(command.Task, command.Attempt))
        {
            case TaskPhase.Running:
                Emit(new JobEvent.TaskSkipped(at, command.Task, Reason.ConditionFalse, -1));
                break;
            case TaskPhase.Stopping:
                HasStopped(command.Task, at);
                break;
        }
    }

    private void Lose(JobCommand.LoseAttempt command, DateTimeOffset at)
    {
        switch (Standing(command.Task, command.Attempt))
        {
            case TaskPhase.Running:
                var failure = new Failure(Failure.LostType, "The process that ran the attempt died.");
                Emit(new JobEvent.AttemptFailed(at, command.Task, command.Attempt, Reason.AttemptLost, failure));
                if (State.LostOf(command.Task) > Graph.PolicyOf(command.Task).Retry.MaxLost)
                    FailTask(at, command.Task, Reason.LostLimitReached, failure);
                else
                    Emit(new JobEvent.RetryScheduled(at, command.Task, at, Reason.AttemptLost));
                break;
            case TaskPhase.Stopping:
                HasStopped(command.Task, at);
                break;
        }
    }

    /// <summary>
    /// The phase of a task if this is its attempt; Waiting, which no report is for, if it was superseded.
    /// </summary>
    private TaskPhase Standing(int task, int attempt)
    {
        if (State.AttemptOf(task) != attempt) return TaskPhase.Waiting;
        var phase = State.PhaseOf(task);
        if (phase is not (TaskPhase.Expanded or TaskPhase.Stopping) || !State.IsParted(task))
            return phase == TaskPhase.Expanded ? TaskPhase.Running : phase;
        return TaskPhase.Waiting;
    }

    /// <summary>
    /// An attempt that was asked to stop has stopped, whatever it reported; only what it traced is kept.
    /// </summary>
    private void HasStopped(int task, DateTimeOffset at, IReadOnlyList<TracedValue>? traces = null)
    {
        var trouble = State.TroubleOf(task)!;
        var (reason, failure) = (trouble.StopReason, trouble.Failure!);
        if (traces is { Count: > 0 }) failure = failure with { Traces = traces };
        Emit(new JobEvent.AttemptFailed(at, task, State.AttemptOf(task), reason, failure));
        switch (reason)
        {
            case var _ when reason.EndsTask():
                Emit(new JobEvent.TaskCancelled(at, task, reason));
                break;
            case Reason.TaskTimeout:
                FailTask(at, task, reason, failure);
                break;
            default:
                Supervise(at, task, failure, reason);
                break;
        }
    }

    /// <summary>
    /// Asks the strategies what to do about a failure: the task's, then the flow's, then the retry policy.
    /// </summary>
    private void Supervise(DateTimeOffset at, int task, Failure failure, Reason reason)
    {
        var policy = Graph.PolicyOf(task);
        SupervisionRule? rule;
        bool isCovered;
        try
        {
            rule = RuleFor(policy.Supervision, failure) ?? RuleOfFlows(task, failure);
            isCovered = rule is not null || policy.Retry.Covers(failure);
        }
        catch (Exception e)
        {
            // A condition is a user's code. What it throws is no reason to run the task again, and again.
            FailTask(at, task, Reason.NotRetryable, failure with { Message = Undecided(failure, e) });
            return;
        }

        if (!isCovered)
            FailTask(at, task, policy.Retry.MaxAttempts > 1 ? Reason.NotRetryable : reason, failure);
        else if (rule is null || rule.Directive == Directive.Retry)
            Retry(at, task, failure, reason);
        else
            Carry(rule.Directive, at, task, failure, Reason.Supervised, rule.DefaultOutput);
    }

    private static string Undecided(Failure failure, Exception thrown) =>
        $"{failure.Message} [what to do about it could not be decided: a condition of the task's retry policy, or of a "
        + $"supervision rule, threw {thrown.GetType().FullName}]";

    /// <summary>The rule of the flow that the task is of, or of one that this one is part of.</summary>
    private SupervisionRule? RuleOfFlows(int task, Failure failure)
    {
        for (; Graph.ScopeOf(task) is { } scope; task = scope.Owner.Number)
        {
            var flow = scope.TemplateOf(scope.PartOf(task)).Flow;
            if (RuleFor(flow.Policy.Supervision, failure) is { } rule) return rule;
        }

        return RuleFor(Flow.Policy.Supervision, failure);
    }

    private static SupervisionRule? RuleFor(IReadOnlyList<SupervisionRule> rules, Failure failure)
    {
        foreach (var rule in rules)
            if (rule.Matches(failure)) return rule;
        return null;
    }

    private void Retry(DateTimeOffset at, int task, Failure failure, Reason reason)
    {
        var retry = Graph.PolicyOf(task).Retry;
        var failures = State.TroubleOf(task)!.Failures;
        if (failures >= retry.MaxAttempts)
        {
            var why = retry.MaxAttempts > 1 ? Reason.AttemptsExhausted : reason;
            Carry(retry.OnExhausted, at, task, failure, why, retry.DefaultOutput);
            return;
        }

        var delay = failure.RetryAfter ?? retry.Backoff.DelayAfter(failures, SeedOf(task));
        var dueAt = Calendar.After(at, delay);
        if (retry.Budget is { } budget && dueAt > Calendar.After(State.StartedAtOf(task)!.Value, budget))
            Carry(retry.OnExhausted, at, task, failure, Reason.RetryBudgetExhausted, retry.DefaultOutput);
        else
            Emit(new JobEvent.RetryScheduled(at, task, dueAt, reason));
    }

    private void Carry(
        Directive directive, DateTimeOffset at, int task, Failure failure, Reason reason, Payload? output)
    {
        switch (directive)
        {
            case Directive.Ignore:
                Emit(new JobEvent.TaskIgnored(at, task, reason, output ?? Payload.None));
                break;
            case Directive.Skip:
                Emit(new JobEvent.TaskSkipped(at, task, reason, -1));
                break;
            case Directive.Hold:
                if (State.PhaseOf(task) != TaskPhase.Held) Emit(new JobEvent.TaskHeld(at, task, reason));
                break;
            case Directive.Escalate:
                Emit(new JobEvent.TaskFailed(at, task, reason, failure));
                StopBecauseOf(at, task);
                break;
            default:
                FailTask(at, task, reason, failure);
                break;
        }
    }

    private void FailTask(DateTimeOffset at, int task, Reason reason, Failure failure)
    {
        Emit(new JobEvent.TaskFailed(at, task, reason, failure));
        if (Graph.ScopeOf(task) is { } scope) StopScopeIfDue(at, scope);
        else if (Flow.Policy.FailFast) StopBecauseOf(at, task);
    }

    private void StopBecauseOf(DateTimeOffset at, int task)
    {
        SkipDoomed(at);
        if (State.Phase is JobPhase.Running or JobPhase.Paused)
            StopJob(at, JobPhase.Failed, Reason.FailedFast, $"task '{Graph[task].Name}' failed");
    }

    private ulong SeedOf(int task)
    {
        if (_seed == 0) _seed = StableHash.Of(State.Submitted!.Id.Value);
        return StableHash.Of(Graph[task].Name, _seed);
    }
}
