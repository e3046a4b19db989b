namespace ActorFlow.Engine.Tests.Properties;

/// <summary>Reads the events of a job in order and says where they break a promise, by rules of its own.</summary>
internal sealed class Referee
{
    private readonly Flow _flow;
    private readonly Dictionary<int, string> _open = [];
    private readonly HashSet<int> _succeeded = [];
    private readonly int[] _attempts;
    private readonly int[] _failures;
    private readonly int[] _lost;
    private readonly int[] _granted;
    private Dictionary<int, int> _skipped = [];
    private ReferenceModel _model;
    private bool _stopping;

    private Referee(Flow flow)
    {
        _flow = flow;
        _model = new ReferenceModel(flow);
        _attempts = new int[flow.Tasks.Count];
        _failures = new int[flow.Tasks.Count];
        _lost = new int[flow.Tasks.Count];
        _granted = new int[flow.Tasks.Count];
    }

    public static void Check(Flow flow, IEnumerable<JobEvent> events)
    {
        var referee = new Referee(flow);
        foreach (var fact in events) referee.See(fact);
        Assert.Empty(referee._open);
    }

    private void See(JobEvent fact)
    {
        switch (fact)
        {
            case JobEvent.TaskStarted e: Started(e.Task, e.Attempt); break;
            case JobEvent.AttemptFailed e: AttemptFailed(e); break;
            case JobEvent.RetryScheduled { Reason: Reason.Operator } e: _granted[e.Task]++; break;
            case JobEvent.TaskSucceeded e: Succeeded(e.Task); Assert.True(_open.Remove(e.Task)); break;
            case JobEvent.TaskIgnored e: Succeeded(e.Task); break;
            case JobEvent.TaskFailed e: Ended(e.Task, TaskPhase.Failed); break;
            case JobEvent.TaskSkipped e: Skipped(e); break;
            case JobEvent.JobStopping: _stopping = true; break;
            case JobEvent.JobReopened: Reopened(); break;
            case JobEvent.JobEnded: SkipsAreExact(); break;
        }
    }

    private void Started(int task, int attempt)
    {
        Assert.DoesNotContain(task, _succeeded);
        Assert.False(_stopping);
        Assert.True(_model.MayRun(task), $"Task {task} started before its needs were met.");
        Assert.Equal(++_attempts[task], attempt);
        _open.Add(task, $"attempt {attempt}");
        Assert.True(_open.Count <= (_flow.Policy.MaxParallel ?? int.MaxValue));
        var retry = _flow.Tasks[task].Policy.Retry;
        Assert.True(_failures[task] < retry.MaxAttempts + _granted[task], $"Task {task} has had its attempts.");
        Assert.True(_lost[task] <= retry.MaxLost, $"Task {task} was lost too often.");
    }

    private void AttemptFailed(JobEvent.AttemptFailed e)
    {
        Assert.Equal(_attempts[e.Task], e.Attempt);
        Assert.True(_open.Remove(e.Task));
        if (e.Reason == Reason.AttemptLost) _lost[e.Task]++;
        else _failures[e.Task]++;
    }

    private void Succeeded(int task)
    {
        Assert.True(_succeeded.Add(task));
        Ended(task, TaskPhase.Succeeded);
    }

    private void Ended(int task, TaskPhase outcome)
    {
        if (!_stopping) _model.Ended(task, outcome);
    }

    private void Skipped(JobEvent.TaskSkipped e)
    {
        var byPolicy = e.Reason is not (Reason.UpstreamNotSucceeded or Reason.NothingFailed);
        if (byPolicy) Ended(e.Task, TaskPhase.Skipped);
        else _skipped.Add(e.Task, e.Cause);
    }

    /// <summary>Nobody is skipped but those whom the model skips, and none of those is forgotten.</summary>
    private void SkipsAreExact()
    {
        Assert.Equal(_model.Skipped, _skipped.Keys.Order());
        foreach (var (task, cause) in _skipped) Assert.Contains(cause, _model.Blamable(task));
    }

    private void Reopened()
    {
        (_stopping, _skipped, _model) = (false, [], new ReferenceModel(_flow));
        _model.Keep(_succeeded);
        Array.Clear(_failures);
        Array.Clear(_lost);
        Array.Clear(_granted);
    }
}
