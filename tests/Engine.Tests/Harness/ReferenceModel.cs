namespace ActorFlow.Engine.Tests;

/// <summary>Who runs and who is skipped, said again as simply as can be: told how tasks end, asks every rule anew.</summary>
internal sealed class ReferenceModel(Flow flow)
{
    private readonly Dictionary<int, string> _ended = [];

    /// <summary>The tasks that are skipped, each with the task to blame; -1 where a rule did not hold.</summary>
    public Dictionary<int, int> Skipped { get; } = [];

    /// <summary>A task that ran has ended.</summary>
    public void Ended(int task, TaskPhase outcome)
    {
        _ended[task] = outcome == TaskPhase.Succeeded ? "success" : "failure";
        while (Enumerable.Range(0, flow.Tasks.Count).Any(SkipIfItMust)) { }
    }

    /// <summary>Whether nothing keeps a task from running.</summary>
    public bool MayRun(int task) => !_ended.ContainsKey(task) && flow.Tasks[task].Policy.Trigger switch
    {
        TriggerRule.AllSucceeded => AllEnded(task) && Ups(task).All(u => !u.Required || _ended[u.Task] == "success"),
        TriggerRule.AllDone => AllEnded(task),
        _ => Ups(task).Any(u => _ended.GetValueOrDefault(u.Task) == "failure"),
    };

    private bool SkipIfItMust(int task)
    {
        if (_ended.ContainsKey(task)) return false;
        var rule = flow.Tasks[task].Policy.Trigger;
        var culprit = Ups(task).FirstOrDefault(
            u => u.Required && _ended.GetValueOrDefault(u.Task, "success") != "success", new EdgeEnd(0, required: false));
        if (rule == TriggerRule.AllSucceeded && culprit.Required) return Skip(task, culprit.Task);
        return rule == TriggerRule.AnyFailed && AllEnded(task) && !MayRun(task) && Skip(task, -1);
    }

    private bool Skip(int task, int culprit)
    {
        var cause = culprit >= 0 && Skipped.GetValueOrDefault(culprit, -1) is >= 0 and var root ? root : culprit;
        Skipped[task] = cause;
        _ended[task] = cause < 0 || _ended[cause] == "rule" ? "rule" : "failure";
        return true;
    }

    private bool AllEnded(int task) => Ups(task).All(u => _ended.ContainsKey(u.Task));

    private EdgeEnd[] Ups(int task) => flow.Edges.Upstream(task).ToArray();
}
