namespace ActorFlow.Engine.Tests.Properties;

/// <summary>A random flow, lived through random commands and crashes, and then driven to its end.</summary>
/// <remarks>The laws of the machine are checked after every command by <see cref="JobUnderTest"/>.</remarks>
internal sealed class RandomHistory
{
    private const int MostTasks = 40;
    private static readonly string[] Failures = ["System.IO.IOException", "Odd"];
    private readonly Choices _choices;

    private readonly bool _mayChange;

    private RandomHistory(int[] numbers, bool mayChange)
    {
        _mayChange = mayChange;
        _choices = new Choices(numbers);
        Job = new JobUnderTest(RandomFlow.From(_choices, RandomMaker.Instance)).Submit();
    }

    public JobUnderTest Job { get; private set; }

    /// <summary>Lives a job to its end.</summary>
    /// <param name="numbers">What is chosen.</param>
    /// <param name="mayChange">Whether the flow may change on the way.</param>
    public static JobUnderTest Live(int[] numbers, bool mayChange = false)
    {
        var history = new RandomHistory(numbers, mayChange);
        while (!history._choices.IsUsedUp) history.DoSomething();
        history.DriveToTheEnd();
        return history.Job;
    }

    private void DoSomething()
    {
        if (_mayChange && _choices.OneIn(20))
        {
            Change();
            return;
        }

        switch (_choices.Below(24))
        {
            case < 6: Job.Start(1 + _choices.Below(3), _choices.Below(Job.Flow.Pools.Names.Count)); break;
            case < 10: Succeed(); break;
            case < 14: Fail(); break;
            case < 17: Job.Advance(_choices.Of(0.5, 1, 3, 10)); break;
            case 17: Job.Crash(); break;
            case 18: StaleReport(); break;
            case 19: Job.Heartbeat(AnyRunning() ?? AnyTask()); break;
            case 20: SettleAny(_choices.Of(Enum.GetValues<Directive>())); break;
            case 21: Pause(); break;
            case 22: Rare(); break;
            default: Job.RetryFailed(); break;
        }
    }

    private void Rare()
    {
        if (_choices.OneIn(3)) Job.Cancel(_choices.Of(null, "enough"));
        else Job.SetClock(TimeSpan.FromSeconds(_choices.Below(30))).WakeUp();
    }

    private void Change()
    {
        if (Job.State.Phase.HasEnded()) return;
        var changed = RandomFlow.Changed(Job.Flow, _choices);
        if (changed.Fingerprint == Job.Flow.Fingerprint) return;
        Job = Job.Under(changed).Replace(_choices.Of(
            ChangedFlow.KeepUnchanged, ChangedFlow.KeepUnchanged, ChangedFlow.Restart));
        Assert.Null(Job.Refusal);
    }

    private void Pause()
    {
        if (Job.State.Phase == JobPhase.Paused) Job.Continue();
        else Job.Pause();
    }

    private void Succeed()
    {
        if (AnyRunning() is not { } task) return;
        var definition = Job.State.Graph.Find(task);
        var mayExpand = definition.MayGrow && Job.State.Graph.Count <= MostTasks;
        if (_choices.OneIn(12)) Job.Skip(task);
        else if (mayExpand && !_choices.OneIn(3)) Expand(task, definition);
        else Job.Succeed(task);
    }

    /// <summary>It adds to the job: between its attempts, or while one runs, which may ask again.</summary>
    private void Expand(string task, FlowTask definition)
    {
        var key = _choices.OneIn(2) ? null : _choices.Of("k", "l");
        var added = Job.State.Graph.ScopesOf(definition.Number).Count;
        if (key is not null && _choices.OneIn(4))
            Job.Send(new JobCommand.StopExpansion(Job.Now, definition.Number, Job.Attempt(task), key));
        else
            Job.Expand(task, Asked(definition, added, key));
    }

    // Code asks for the same by the same key, unless it is wrong.
    private Expansion Asked(FlowTask definition, int added, string? key)
    {
        var known = key is null ? null : Job.State.Graph.FindScope(definition.Number, key);
        return known is not null && !_choices.OneIn(8)
            ? known.Expansion
            : RandomExpansion.Of(_choices, definition, added, key);
    }

    private void Fail()
    {
        if (AnyRunning() is { } task) Job.Fail(task, _choices.Of(Failures));
    }

    private void StaleReport()
    {
        var task = AnyTask();
        var attempt = Job.Attempt(task) + _choices.Of(0, -1, 1);
        if (Job.State.HasAttempt(Job.Number(task)) && attempt == Job.Attempt(task)) attempt--;
        var before = Job.Events.Count;
        if (_choices.OneIn(2)) Job.Succeed(task, attempt: attempt);
        else Job.Fail(task, attempt: attempt);
        Assert.Equal(before, Job.Events.Count);
    }

    private void SettleAny(Directive directive)
    {
        if (_choices.OneOf(In(TaskPhase.Held)) is { } task) Job.Settle(task, directive);
    }

    private string AnyTask() => _choices.OneOf(Job.State.Graph.TaskNames.ToList())!;

    private string? AnyRunning() => _choices.OneOf(Running());

    /// <summary>Those with an attempt, also if it waits for what it has added.</summary>
    private List<string> Running() =>
        [.. Job.State.Graph.TaskNames.Where(name => Job.State.HasAttempt(Job.Number(name)))];

    private List<string> In(TaskPhase phase) =>
        [.. Job.State.Graph.TaskNames.Where(name => Job.Phase(name) == phase)];

    /// <summary>A shell that answers every effect, and an operator who settles every task that waits for one.</summary>
    private void DriveToTheEnd()
    {
        for (var round = 0; !Job.State.Phase.HasEnded(); round++)
        {
            Assert.True(round < 1_000, $"The job does not end: {Job.Tasks}.");
            if (Job.State.Phase == JobPhase.Paused) Job.Continue();
            foreach (var task in In(TaskPhase.Held)) Job.Settle(task, Directive.Fail);
            Job.StartAll();
            foreach (var task in Running().Where(name => Job.Phase(name) != TaskPhase.Expanded)) Job.Succeed(task);
            if (!Job.State.Phase.HasEnded() && Job.State.RunningTasks == 0) Job.Advance(1);
        }
    }
}
