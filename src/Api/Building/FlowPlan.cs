using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>A typed flow in the making: what all its handles belong to.</summary>
internal sealed class FlowPlan
{
    private readonly List<TaskPlan> _tasks = [];
    private readonly List<FlowFault> _faults = [];
    private FlowPolicy _policy = FlowPolicy.Default;
    private string? _description;
    private bool _isBuilt;

    public FlowPlan(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
    }

    public string Name { get; }

    /// <summary>Where the results of its tasks are cached; null for where the engine says.</summary>
    public ICacheStore? Cache { get; set; }

    public string NameOf(int task) => _tasks[task].Name;

    public int Add(TaskPlan task)
    {
        _tasks.Add(task);
        return _tasks.Count - 1;
    }

    public void Report(FlowFault fault) => _faults.Add(fault);

    public void Change(Func<FlowPolicy, FlowPolicy> change)
    {
        ThrowIfBuilt();
        _policy = change(_policy);
    }

    public void Describe(string description)
    {
        ThrowIfBuilt();
        _description = description;
    }

    public void ThrowIfBuilt()
    {
        if (_isBuilt)
            throw new ActorFlowException(
                $"Flow '{Name}' is built and cannot change any more; say everything before Build().");
    }

    /// <summary>Makes the flow.</summary>
    /// <param name="result">The task whose output is the result; null for none.</param>
    /// <exception cref="FlowDefinitionException">It has faults: all of them are listed.</exception>
    public ExecutableFlow Build(TaskPlan? result)
    {
        ThrowIfBuilt();
        var draft = new FlowDraft(Name) { Description = _description, Policy = _policy };
        draft.Faults.AddRange(_faults);
        if (result is not null && result.Flow != this)
            draft.Faults.Add(new FlowFault(
                FlowFaultCode.ForeignHandle,
                null,
                $"The result is the output of '{result.Name}' of another flow, '{result.Flow.Name}'; use the handle "
                + "of a task of this flow."));
        foreach (var task in _tasks) draft.Tasks.Add(task.Draft(draft.Faults));
        ShareEqualPolicies(draft.Tasks);
        var definition = draft.Build();
        _isBuilt = true;
        return new ExecutableFlow(definition, [.. _tasks.Select(t => t.Finish())]);
    }

    // Each modifier makes a policy of its own; a flow of a million tasks keeps one of all that are the same.
    private static void ShareEqualPolicies(List<TaskDraft> tasks)
    {
        var known = new Dictionary<TaskPolicy, TaskPolicy>();
        foreach (var task in tasks)
            if (!known.TryAdd(task.Policy, task.Policy)) task.Policy = known[task.Policy];
    }
}
