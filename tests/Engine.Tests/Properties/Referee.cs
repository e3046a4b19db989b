namespace ActorFlow.Engine.Tests.Properties;

/// <summary>Reads the events of a job in order and says where they break a promise, by rules of its own.</summary>
internal sealed class Referee
{
    private readonly Flow _flow;
    private readonly RefereeScope _own;
    private readonly List<RefereeScope> _added = [];
    private readonly List<RefereeTask> _tasks;

    private Referee(Flow flow)
    {
        _flow = flow;
        _own = RefereeScope.Of(flow);
        _tasks = [.. _own.Tasks];
    }

    public static void Check(Flow flow, IEnumerable<JobEvent> events)
    {
        var referee = new Referee(flow);
        foreach (var fact in events) referee.See(fact);
        Assert.DoesNotContain(referee._tasks, task => task.IsOpen);
    }

    private void See(JobEvent fact)
    {
        switch (fact)
        {
            case JobEvent.JobSubmitted { Job.Taken: { } taken }: TakesOver(taken); break;
            case JobEvent.TaskStarted e: Started(_tasks[e.Task], e.Attempt); break;
            case JobEvent.TaskExpanded e: Expanded(_tasks[e.Task], e); break;
            case JobEvent.TaskAwaits e: Awaits(_tasks[e.Task], e); break;
            case JobEvent.TaskContinued e: Continued(_tasks[e.Task], e); break;
            case JobEvent.AttemptStopping e: Stopping(_tasks[e.Task], e); break;
            case JobEvent.AttemptFailed e: AttemptFailed(_tasks[e.Task], e); break;
            case JobEvent.RetryScheduled e: RetryScheduled(_tasks[e.Task], e); break;
            case JobEvent.RetryDue e: RetryDue(_tasks[e.Task]); break;
            case JobEvent.TaskSucceeded e: Succeeded(_tasks[e.Task]); break;
            case JobEvent.TaskIgnored e: Ended(_tasks[e.Task], TaskPhase.Succeeded); break;
            case JobEvent.TaskFailed e: Failed(_tasks[e.Task]); break;
            case JobEvent.TaskSkipped e: Skipped(_tasks[e.Task], e); break;
            case JobEvent.TaskCancelled e: Cancelled(_tasks[e.Task], e.Reason); break;
            case JobEvent.JobStopping: _own.Stop(); break;
            case JobEvent.JobReopened: _own.BeginRound(); break;
            case JobEvent.JobEnded e: JobEnded(e); break;
        }
    }

    // What comes from another job has ended, and what had been added there is nobody's any more.
    private void TakesOver(TakenOver taken)
    {
        foreach (var added in taken.Scopes)
        {
            var scope = RefereeScope.Of(_tasks[added.Owner], added.Expansion, _tasks.Count);
            Assert.Equal(scope.Tasks.Select(task => task.Name), added.TaskNames);
            _tasks.AddRange(scope.Tasks);
            _added.Add(scope);
            _tasks[added.Owner].Added.Add(scope);
        }

        foreach (var result in taken.Tasks) _tasks[result.Task].Outcome = result.Phase;
        foreach (var scope in _added) scope.Stop();
        _own.BeginRound();
    }

    private void Started(RefereeTask task, int attempt)
    {
        NobodyIsForgotten();
        MayGoOn(task);
        if (task.WaitsBetween is { } parts)
            Assert.True(parts.IsOver && !parts.IsSpoilt, $"{task} goes on before its parts have ended well.");
        (task.WaitsBetween, task.IsOpen, task.IsWaiting) = (null, true, false);
        task.Awaits.Clear();
        Assert.Equal(++task.Attempts, attempt);
        IsUnderWay(task);
        Assert.True(_tasks.Count(other => other.IsRunning) <= (_flow.Policy.MaxParallel ?? int.MaxValue));
    }

    /// <summary>Whether it may have another attempt, or, in its place, what it has added may run again.</summary>
    private static void MayGoOn(RefereeTask task)
    {
        RunsAgainIfSpoilt(task.Home);
        Assert.False(task.Outcome is not null, $"{task} is {task.Outcome} and runs again.");
        Assert.False(task.IsOpen || task.IsBackingOff || task.IsStopping, $"{task} is not due.");
        Assert.False(task.Home.IsStopped, $"{task} starts though it is to stop with others.");
        Assert.True(task.Home.Model.MayRun(task.Place), $"{task} started before its needs were met.");
        var retry = task.Definition.Policy.Retry;
        Assert.True(task.Failures < retry.MaxAttempts + task.Granted, $"{task} has had its attempts.");
        Assert.True(task.Lost <= retry.MaxLost, $"{task} was lost too often.");
    }

    private static void IsUnderWay(RefereeTask task)
    {
        task.IsUnderWay = true;
        if (task.Home.Expansion?.MaxParallel is { } most)
            Assert.True(task.Home.Tasks.Count(other => other.IsUnderWay) <= most, $"{task} is one too many.");
    }

    /// <summary>
    /// What a task ended its attempt with, and what came to no good end, runs again when the task is due.
    /// </summary>
    private static void RunsAgainIfSpoilt(RefereeScope scope)
    {
        if (scope.Owner is not { } owner || !scope.IsOver || !scope.IsSpoilt) return;
        RunsAgainIfSpoilt(owner.Home);
        Assert.True(
            owner.WaitsBetween == scope && owner.IsDueAgain, $"What {owner} had added runs again, and was not to.");
        MayGoOn(owner);
        scope.BeginRound();
        IsUnderWay(owner);
    }

    // As above; but the job, or all around it, stops before anything of it has begun: that it was due does not show.
    private static void WasToRunAgainIfSpoilt(RefereeScope? scope)
    {
        if (scope?.Owner is not { } owner) return;
        WasToRunAgainIfSpoilt(owner.Home);
        if (scope.IsOver && scope.IsSpoilt && owner.WaitsBetween == scope && owner.IsDueAgain) scope.BeginRound();
    }

    private void Expanded(RefereeTask task, JobEvent.TaskExpanded e)
    {
        IsAlive(task, e.Attempt);
        var scope = RefereeScope.Of(task, e.Expansion, _tasks.Count);
        Assert.Equal(scope.Tasks.Select(added => added.Name), e.TaskNames);
        Assert.Empty(scope.Tasks.Select(added => added.Name).Intersect(_tasks.Select(other => other.Name)));
        Assert.DoesNotContain(task.Added, other => other.Expansion!.Key is { } key && key == e.Expansion.Key);
        _tasks.AddRange(scope.Tasks);
        _added.Add(scope);
        task.Added.Add(scope);
        task.IsWaiting = e.Expansion.Key is not null;
        scope.AwaitedBy = e.Attempt;
        if (task.IsWaiting) task.Awaits.Add(scope);
        else (task.IsOpen, task.WaitsBetween) = (false, scope);
    }

    private void Awaits(RefereeTask task, JobEvent.TaskAwaits e)
    {
        IsAlive(task, e.Attempt);
        var scope = _added[e.Scope];
        Assert.True(scope.Owner == task && scope.Expansion!.Key is not null, $"{task} awaits what it has not added.");
        task.IsWaiting = true;
        task.Awaits.Add(scope);
        if (scope.IsOver && scope.IsSpoilt) scope.BeginRound();
        else scope.RunsAgain = scope.AwaitedBy != e.Attempt && scope.IsStopped;
        scope.AwaitedBy = e.Attempt;
    }

    private void Continued(RefereeTask task, JobEvent.TaskContinued e)
    {
        var scope = _added[e.Scope];
        Assert.True(task.IsOpen && task.Attempts == e.Attempt, $"{task} has no attempt that could go on.");
        Assert.True(scope.Owner == task && scope.Expansion!.Key is not null, $"{task} awaited something else.");
        Assert.True(scope.IsOver, $"{task} goes on before its parts have ended.");
        task.Awaits.Remove(scope);
        task.IsWaiting = task.Awaits.Any(other => !other.IsOver);
    }

    private static void IsAlive(RefereeTask task, int attempt)
    {
        Assert.True(task.IsOpen && !task.IsStopping && task.Attempts == attempt, $"{task} adds without an attempt.");
        Assert.False(task.Home.IsStopped, $"{task} adds though it is to stop with others.");
    }

    private static void Stopping(RefereeTask task, JobEvent.AttemptStopping e)
    {
        Assert.Equal(task.Attempts, e.Attempt);
        WasToRunAgainIfSpoilt(task.Home);
        WasToRunAgainIfSpoilt(task.WaitsBetween);
        if (e.Reason is not (Reason.AttemptTimeout or Reason.HeartbeatTimeout or Reason.TaskTimeout))
            IsToStop(task, e.Reason);
        // One that waits between its attempts has a time limit, but its attempt has none.
        var isBetween = task is { WaitsBetween: not null, IsBackingOff: false, Outcome: null };
        Assert.True(
            task.IsOpen || (isBetween && e.Reason is not (Reason.AttemptTimeout or Reason.HeartbeatTimeout)),
            $"{task} has no attempt.");
        task.IsStopping = true;
        foreach (var scope in task.AddedAndOpen) scope.Stop();
    }

    /// <summary>It stops with all around it; that an attempt stops what it awaits shows there only.</summary>
    private static void IsToStop(RefereeTask task, Reason reason)
    {
        if (task.Home.IsStopped) return;
        Assert.True(
            reason == Reason.OwnerEnded && task.Home is { Expansion.Key: not null, Owner.IsOpen: true },
            $"{task} is stopped, and nothing was to stop.");
        task.Home.Stop();
    }

    private static void AttemptFailed(RefereeTask task, JobEvent.AttemptFailed e)
    {
        Assert.Equal(task.Attempts, e.Attempt);
        if (!task.IsOpen)
        {
            Assert.True(task.WaitsBetween is { IsOver: true }, $"{task} fails before its parts have ended.");
            Assert.True(task.IsStopping == (e.Reason != Reason.PartsFailed), $"{task} fails of {e.Reason}.");
            Assert.True(task.IsStopping || task.WaitsBetween.IsSpoilt, $"{task} fails, and its parts did not.");
            if (task.IsStopping) Assert.Empty(task.AddedAndOpen);
        }

        (task.IsOpen, task.IsStopping, task.IsBackingOff, task.IsDueAgain) = (false, false, true, false);
        if (e.Reason == Reason.AttemptLost) task.Lost++;
        else task.Failures++;
    }

    private static void RetryScheduled(RefereeTask task, JobEvent.RetryScheduled e)
    {
        if (e.Reason == Reason.Operator) task.Granted++;
        task.IsBackingOff = e.DueAt > e.At;
        task.IsDueAgain = !task.IsBackingOff;
    }

    private static void RetryDue(RefereeTask task) => (task.IsBackingOff, task.IsDueAgain) = (false, true);

    private static void Succeeded(RefereeTask task)
    {
        Assert.True(task.IsOpen && !task.IsStopping, $"{task} succeeds without an attempt.");
        Assert.False(task.Home.IsStopped, $"{task} succeeds though it was to stop with others.");
        Ended(task, TaskPhase.Succeeded);
    }

    private static void Failed(RefereeTask task)
    {
        RunsAgainIfSpoilt(task.Home);
        Ended(task, TaskPhase.Failed);
        if (task.Home is { HasFailedEnough: true, IsOver: false }) task.Home.Stop();
    }

    private static void Skipped(RefereeTask task, JobEvent.TaskSkipped e)
    {
        // What was due with the failure that stops all around it is skipped first where it cannot run, then stopped.
        if (task.Home.Owner?.Home.IsStopped == true) WasToRunAgainIfSpoilt(task.Home);
        else RunsAgainIfSpoilt(task.Home);
        switch (e.Reason)
        {
            case Reason.UpstreamNotSucceeded or Reason.NothingFailed:
                task.Home.Skip(task, e.Cause);
                HasOutcome(task, TaskPhase.Skipped);
                break;
            case Reason.ConditionFalse:
                Assert.True(task.IsOpen && !task.IsStopping, $"{task} is skipped without an attempt.");
                if (!task.Home.IsStopped) task.Home.Model.FoundConditionFalse(task.Place);
                HasOutcome(task, TaskPhase.Skipped);
                break;
            default:
                Ended(task, TaskPhase.Skipped);
                break;
        }
    }

    private static void Cancelled(RefereeTask task, Reason reason)
    {
        WasToRunAgainIfSpoilt(task.Home);
        IsToStop(task, reason);
        Assert.Equal(0, task.AddedAndOpen.Count(scope => scope.Expansion!.Key is null));
        HasOutcome(task, TaskPhase.Cancelled);
    }

    private static void Ended(RefereeTask task, TaskPhase outcome)
    {
        if (!task.Home.IsStopped) task.Home.Model.Ended(task.Place, outcome);
        HasOutcome(task, outcome);
    }

    private static void HasOutcome(RefereeTask task, TaskPhase outcome)
    {
        Assert.False(task.Outcome is not null, $"{task} is {task.Outcome} and ends again.");
        task.Outcome = outcome;
        (task.IsOpen, task.IsStopping, task.IsBackingOff, task.IsUnderWay) = (false, false, false, false);
        foreach (var scope in task.AddedAndOpen) scope.Stop();
        if (task.Home is { RunsAgain: true, IsOver: true, IsSpoilt: true, Owner: { IsOpen: true } owner }
            && !owner.IsStopping && owner.Attempts == task.Home.AwaitedBy)
            task.Home.BeginRound();
    }

    /// <summary>Whoever waits for what has ended was told of it in the same step.</summary>
    private void NobodyIsForgotten()
    {
        foreach (var task in _tasks.Where(task => task.IsOpen))
            Assert.False(task.Awaits.Any(scope => scope.IsOver), $"{task} awaits what has ended.");
    }

    private void JobEnded(JobEvent.JobEnded e)
    {
        NobodyIsForgotten();
        Assert.All(_tasks, task => Assert.NotNull(task.Outcome));
        _own.SkipsAreExact();
        foreach (var scope in _added) scope.SkipsAreExact();
        // What was added fails the job only if its owner does.
        var hasFailed = _own.Tasks.Exists(task => task.Outcome == TaskPhase.Failed);
        if (!_own.IsStopped) Assert.Equal(hasFailed ? JobPhase.Failed : JobPhase.Succeeded, e.Outcome);
        var counts = new TaskCounts(
            Count(TaskPhase.Succeeded), Count(TaskPhase.Failed),
            Count(TaskPhase.Skipped), Count(TaskPhase.Cancelled));
        Assert.Equal(counts, e.Counts);
    }

    private int Count(TaskPhase outcome) => _tasks.Count(task => task.Outcome == outcome);
}
