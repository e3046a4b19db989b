namespace ActorFlow.Engine.Tests;

/// <summary>
/// Who runs and who is skipped, said again as simply as can be: told how tasks end, asks every rule anew.
/// </summary>
internal sealed class ReferenceModel(Flow flow)
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

    /// <summary>Successes of an earlier round stay, all of them before anything follows from one.</summary>
    public void Keep(IEnumerable<int> succeeded)
    {
        foreach (var task in succeeded) _ended[task] = "success";
        Conclude();
    }

    private void Conclude()
    {
        while (Enumerable.Range(0, flow.Tasks.Count).Any(SkipIfItMust)) { }
    }

    /// <summary>Whether nothing keeps a task from running.</summary>
    public bool MayRun(int task) => !_ended.ContainsKey(task) && flow.Tasks[task].Policy.Trigger switch
    {
        TriggerRule.AllSucceeded => AllEnded(task) && Ups(task).All(u => !u.Required || _ended[u.Task] == "success"),
        TriggerRule.AllDone => AllEnded(task),
        _ => Ups(task).Any(u => _ended.GetValueOrDefault(u.Task) == "failure"),
    };

    /// <summary>
    /// The tasks that may be blamed for a skip: the ends of all ways up that did not succeed; -1 for a rule.
    /// </summary>
    public IEnumerable<int> Blamable(int task)
    {
        if (flow.Tasks[task].Policy.Trigger == TriggerRule.AnyFailed) return [-1];
        return Culprits(task).SelectMany(up => IsRoot(up) ? [up] : Blamable(up)).Distinct();
    }

    private bool IsRoot(int task) => !_skipped.Contains(task) || Blamable(task).Contains(-1);

    private bool SkipIfItMust(int task)
    {
        if (_ended.ContainsKey(task)) return false;
        var rule = flow.Tasks[task].Policy.Trigger;
        if (rule == TriggerRule.AllSucceeded && Culprits(task).Any()) return Skip(task, _ended[Culprits(task).First()]);
        return rule == TriggerRule.AnyFailed && AllEnded(task) && !MayRun(task) && Skip(task, "rule");
    }

    private bool Skip(int task, string because)
    {
        _ended[task] = because;
        return _skipped.Add(task);
    }

    private IEnumerable<int> Culprits(int task) => Ups(task)
        .Where(u => u.Required && _ended.GetValueOrDefault(u.Task, "success") != "success")
        .Select(u => u.Task);

    private bool AllEnded(int task) => Ups(task).All(u => _ended.ContainsKey(u.Task));

    private EdgeEnd[] Ups(int task) => flow.Edges.Upstream(task).ToArray();
}
