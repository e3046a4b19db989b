using System.IO.Enumeration;

namespace ActorFlow.TestKit;

/// <summary>What a test has said about tasks, also about those that come into the job while it runs.</summary>
internal sealed class TaskScripts(Flow flow)
{
    private readonly List<(Func<FlowTask, bool> IsMeant, Action<TaskScript> Act)> _said = [];
    private readonly Dictionary<string, (FlowTask Task, TaskScript Script)> _scripts =
        new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The script of a task.</summary>
    public TaskScript Of(FlowTask task)
    {
        if (_scripts.TryGetValue(task.Name, out var known)) return known.Script;
        var script = new TaskScript();
        foreach (var (isMeant, act) in _said)
            if (isMeant(task)) act(script);
        _scripts.Add(task.Name, (task, script));
        return script;
    }

    /// <summary>Says something about a task by its name, or about several: a * in it stands for anything.</summary>
    /// <exception cref="ActorFlowException">No task of a job of the flow can be called so.</exception>
    public void Say(string name, Action<TaskScript> act)
    {
        TaskNames.Require(flow, name);
        var isPattern = name.Contains('*', StringComparison.Ordinal) && !flow.TryFind(name, out _);
        Say(
            task => isPattern
                ? FileSystemName.MatchesSimpleExpression(name, task.Name)
                : task.Name.Equals(name, StringComparison.OrdinalIgnoreCase),
            act);
    }

    /// <summary>Says something about every task of a kind.</summary>
    public void Say(Func<FlowTask, bool> isMeant, Action<TaskScript> act)
    {
        _said.Add((isMeant, act));
        foreach (var (task, script) in _scripts.Values)
            if (isMeant(task)) act(script);
    }
}
