namespace ActorFlow.Engine.Tests;

/// <summary>A task as the model knows it: when it runs, and whom it needs, by number.</summary>
internal sealed record ModelTask(TriggerRule Trigger, IReadOnlyList<ModelNeed> Needs)
{
    /// <summary>What must have run as a whole before it, whatever its trigger is.</summary>
    public IReadOnlyList<ModelPart> Parts { get; init; } = [];

    public static IReadOnlyList<ModelTask> Of(Flow flow) => [.. flow.Tasks.Select(task => new ModelTask(
        task.Policy.Trigger,
        [.. flow.Edges.Upstream(task.Number).ToArray().Select(up => new ModelNeed(up.Task, up.Required))]))];
}

/// <summary>A task that another needs, and whether it must succeed.</summary>
internal sealed record ModelNeed(int Task, bool Required);

/// <summary>Tasks that count as one, and the one of them that must have succeeded, if any.</summary>
internal sealed record ModelPart(IReadOnlyList<int> Tasks, int? Result);

/// <summary>
/// Who runs and who is skipped, said again as simply as can be: told how tasks end, asks every rule anew.
/// </summary>
internal sealed class ReferenceModel(IReadOnlyList<ModelTask> tasks)
{
    private readonly Dictionary<int, string> _ended = [];
    private readonly HashSet<int> _skipped = [];

    /// <summary>The tasks that are skipped, in the order of their numbers.</summary>
    public IEnumerable<int> Skipped => _skipped.Order();

    /// <summary>A task that ran has ended.</summary>
    public void Ended(int task, TaskPhase outcome)
    {
        _ended[task] = outcome == TaskPhase.Succeeded ? "success" : "failure";
        Conclude();
    }

    /// <summary>A task ran and found its condition false: it did not succeed, and nothing failed.</summary>
    public void FoundConditionFalse(int task)
    {
        _ended[task] = "rule";
        Conclude();
    }

    /// <summary>Successes of an earlier round stay, all of them before anything follows from one.</summary>
    public void Keep(IEnumerable<int> succeeded)
    {
        foreach (var task in succeeded) _ended[task] = "success";
        Conclude();
    }

    private void Conclude()
    {
        while (Enumerable.Range(0, tasks.Count).Any(SkipIfItMust)) { }
    }

    /// <summary>Whether nothing keeps a task from running.</summary>
    public bool MayRun(int task) => !_ended.ContainsKey(task) && tasks[task].Trigger switch
    {
        _ when tasks[task].Parts is [_, ..] parts => AllEnded(parts) && !parts.Any(part => Spoilers(part).Any()),
        TriggerRule.AllSucceeded => AllEnded(task) && Needs(task).All(u => !u.Required || _ended[u.Task] == "success"),
        TriggerRule.AllDone => AllEnded(task),
        _ => Needs(task).Any(u => _ended.GetValueOrDefault(u.Task) == "failure"),
    };

    /// <summary>
    /// The tasks that may be blamed for a skip: the ends of all ways up that did not succeed; -1 for a rule.
    /// </summary>
    public IEnumerable<int> Blamable(int task)
    {
        if (tasks[task] is { Trigger: TriggerRule.AnyFailed, Parts: [] }) return [-1];
        return Culprits(task).SelectMany(up => IsRoot(up) ? [up] : Blamable(up)).Distinct();
    }

    private bool IsRoot(int task) => !_skipped.Contains(task) || Blamable(task).Contains(-1);

    private bool SkipIfItMust(int task)
    {
        if (_ended.ContainsKey(task)) return false;
        if (tasks[task].Parts is [_, ..] parts)
            return AllEnded(parts) && Culprits(task).Any()
                && Skip(task, Culprits(task).Any(up => _ended[up] == "failure") ? "failure" : "rule");
        var rule = tasks[task].Trigger;
        if (rule == TriggerRule.AllSucceeded && Culprits(task).Any()) return Skip(task, _ended[Culprits(task).First()]);
        return rule == TriggerRule.AnyFailed && AllEnded(task) && !MayRun(task) && Skip(task, "rule");
    }

    private bool Skip(int task, string because)
    {
        _ended[task] = because;
        return _skipped.Add(task);
    }

    private IEnumerable<int> Culprits(int task) => Needs(task)
        .Where(u => u.Required && _ended.GetValueOrDefault(u.Task, "success") != "success")
        .Select(u => u.Task)
        .Concat(tasks[task].Parts.SelectMany(Spoilers));

    /// <summary>The tasks for which a part does not count as run.</summary>
    private IEnumerable<int> Spoilers(ModelPart part) => part.Tasks.Where(task =>
        _ended.GetValueOrDefault(task) == "failure"
        || (_skipped.Contains(task) && tasks[task].Parts.Count > 0)
        || (task == part.Result && _ended.GetValueOrDefault(task, "success") != "success"));

    private bool AllEnded(IEnumerable<ModelPart> parts) =>
        parts.SelectMany(part => part.Tasks).All(_ended.ContainsKey);

    private bool AllEnded(int task) => Needs(task).All(u => _ended.ContainsKey(u.Task));

    private IReadOnlyList<ModelNeed> Needs(int task) => tasks[task].Needs;
}
