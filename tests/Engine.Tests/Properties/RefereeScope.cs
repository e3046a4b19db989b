namespace ActorFlow.Engine.Tests.Properties;

/// <summary>Tasks that came together: those of the flow, or what one of them has added at once.</summary>
internal sealed class RefereeScope
{
    private readonly List<ModelTask> _modelled = [];
    private readonly Dictionary<int, int> _skipped = [];

    private RefereeScope(RefereeTask? owner, Expansion? expansion, int first) =>
        (Owner, Expansion, First) = (owner, expansion, first);

    /// <summary>The task that has added them; null for the flow's own.</summary>
    public RefereeTask? Owner { get; }

    /// <summary>What they were made of; null for the flow's own.</summary>
    public Expansion? Expansion { get; }

    /// <summary>The number of the first one.</summary>
    public int First { get; }

    public List<RefereeTask> Tasks { get; } = [];

    /// <summary>Who may run and who is skipped, in this round.</summary>
    public ReferenceModel Model { get; private set; } = null!;

    /// <summary>Whether nothing of it is to run any more in this round.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>The last attempt that awaited it.</summary>
    public int AwaitedBy { get; set; }

    /// <summary>Whether it was being stopped when another attempt came to await it.</summary>
    public bool RunsAgain { get; set; }

    public bool IsOver => Tasks.TrueForAll(task => task.Outcome is not null);

    /// <summary>Whether its owner cannot go on with what came out of it.</summary>
    public bool IsSpoilt => Expansion is { HandsOverFailures: true }
        ? Count(TaskPhase.Cancelled) > 0 && !HasFailedEnough
        : Count(TaskPhase.Failed) + Count(TaskPhase.Cancelled) > 0;

    /// <summary>Whether so many of them failed that the others are to stop.</summary>
    public bool HasFailedEnough =>
        Expansion is { StopAfterFailures: > 0 and var most } && Count(TaskPhase.Failed) >= most;

    /// <summary>The flow's own tasks.</summary>
    public static RefereeScope Of(Flow flow)
    {
        var scope = new RefereeScope(null, null, 0);
        scope.Add(flow, task => task.Name, []);
        scope.BeginRound();
        return scope;
    }

    /// <summary>What a task adds; the first of it gets a number.</summary>
    public static RefereeScope Of(RefereeTask owner, Expansion expansion, int first)
    {
        var scope = new RefereeScope(owner, expansion, first);
        var parts = new List<ModelPart>();
        foreach (var part in expansion.Parts)
        {
            var (flow, result) = expansion.Source is { } source
                ? owner.Definition.Maker!.Make(source)
                : owner.Definition.Templates[part.Template];
            var called = part.Name.StartsWith('[') ? owner.Name + part.Name : $"{owner.Name}.{part.Name}";
            var begin = scope.Tasks.Count;
            var needs = part.From.Select(other => parts[other])
                .Concat(part.After.Select(other => parts[other] with { Result = null }));
            scope.Add(flow, task => flow.Tasks.Count == 1 ? called : $"{called}.{task.Name}", [.. needs]);
            parts.Add(new ModelPart([.. Enumerable.Range(begin, flow.Tasks.Count)], begin + result));
        }

        scope.BeginRound();
        return scope;
    }

    /// <summary>What has not succeeded is to run again.</summary>
    public void BeginRound()
    {
        SkipsAreExact();
        _skipped.Clear();
        (IsStopped, RunsAgain) = (false, false);
        if (Owner is not null) Owner.IsDueAgain = false;
        foreach (var task in Tasks) task.BeginAnew();
        Model = new ReferenceModel(_modelled);
        Model.Keep(Tasks.Where(task => task.Outcome is not null).Select(task => task.Place));
    }

    /// <summary>Nothing more of it is to run in this round, nor of what its tasks have added.</summary>
    public void Stop()
    {
        IsStopped = true;
        foreach (var task in Tasks.Where(task => task.Outcome is null))
            foreach (var inner in task.AddedAndOpen) inner.Stop();
    }

    /// <summary>A task cannot run any more; the other is to blame, or -1.</summary>
    public void Skip(RefereeTask task, int cause) => _skipped.Add(task.Place, cause < 0 ? -1 : cause - First);

    /// <summary>Nobody is skipped but those whom the model skips, and none of those is forgotten.</summary>
    public void SkipsAreExact()
    {
        // Where parts were stopped, those that came too late are cancelled.
        if (Model is null || (IsStopped && Owner is not null)) return;
        Assert.Equal(Model.Skipped, _skipped.Keys.Order());
        foreach (var (task, cause) in _skipped) Assert.Contains(cause, Model.Blamable(task));
    }

    private void Add(Flow flow, Func<FlowTask, string> nameOf, IReadOnlyList<ModelPart> needs)
    {
        var begin = Tasks.Count;
        foreach (var (model, task) in ModelTask.Of(flow).Zip(flow.Tasks))
        {
            Tasks.Add(new RefereeTask(nameOf(task), task, this, Tasks.Count));
            _modelled.Add(model with
            {
                Needs = [.. model.Needs.Select(need => need with { Task = begin + need.Task })],
                Parts = model.Needs.Count == 0 ? needs : [],
            });
        }
    }

    private int Count(TaskPhase outcome) => Tasks.Count(task => task.Outcome == outcome);
}
