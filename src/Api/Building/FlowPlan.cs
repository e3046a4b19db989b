using System.Text.Json.Nodes;
using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>A typed flow in the making: what all its handles belong to.</summary>
internal sealed class FlowPlan
{
    private readonly List<TaskPlan> _tasks = [];
    private readonly List<FlowFault> _faults = [];
    private FlowPolicy _policy = FlowPolicy.Default;
    private readonly List<(string Task, JsonObject Values)> _configuration = [];
    private string? _description;
    private IReadOnlyList<string> _tags = [];
    private bool _isBuilt;

    public FlowPlan(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
    }

    /// <summary>Goes on with a flow that was built before, which stays as it is.</summary>
    public FlowPlan(ExecutableFlow flow) : this(flow.Definition.Name)
    {
        _policy = flow.Definition.Policy;
        _description = flow.Definition.Description;
        _tags = flow.Definition.Tags;
        // Each adds itself.
        foreach (var task in flow.Definition.Tasks) _ = new TaskPlan(this, task, flow.BodyOf(task.Number));
    }

    public string Name { get; }

    /// <summary>Where the results of its tasks are cached; null for where the engine says.</summary>
    public ICacheStore? Cache { get; set; }

    /// <summary>Where its tasks keep datasets; null for where the engine says.</summary>
    public IDatasetStore? Datasets { get; set; }

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

    public void Tag(IReadOnlyList<string> tags)
    {
        ThrowIfBuilt();
        _tags = [.. _tags, .. tags];
    }

    /// <summary>Says what is configured for a task; what is said later wins.</summary>
    public void Configure(string task, JsonObject values)
    {
        ThrowIfBuilt();
        _configuration.Add((task, values));
    }

    /// <summary>A task by its name, without regard to case; the first one if there are several.</summary>
    /// <exception cref="ActorFlowException">There is none.</exception>
    public TaskPlan Find(string name) =>
        _tasks.Find(task => task.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ActorFlowException($"Flow '{Name}' has no task '{name}'."
            + Suggestions.For(name, _tasks.Select(task => task.Name)));

    /// <summary>Puts tasks that were added in the places of those of their names.</summary>
    /// <param name="from">The number of the first that was added.</param>
    public void Replace(int from)
    {
        var places = new Dictionary<int, int>();
        var replaced = new HashSet<int>();
        foreach (var task in _tasks[from..])
        {
            var old = _tasks.FindIndex(0, from, t => t.Name.Equals(task.Name, StringComparison.OrdinalIgnoreCase));
            if (old < 0)
                task.Report(
                    FlowFaultCode.UnknownTask,
                    $"replaces none: there is no task of its name.{Suggestions.For(task.Name, _tasks[..from]
                        .Select(t => t.Name))}");
            else if (_tasks[old].Output != task.Output)
                task.Report(
                    FlowFaultCode.TypeMismatch,
                    $"gives {TypeNames.WithArticle(task.Output ?? typeof(Nothing))}, and the task that it is to "
                    + $"replace gives {TypeNames.WithArticle(_tasks[old].Output ?? typeof(Nothing))}.");
            else if (!replaced.Add(old))
                task.Report(FlowFaultCode.DuplicateName, "is replaced twice.");
            else places.Add(task.Number, old);
        }

        if (_faults.Count > 0) throw new FlowDefinitionException(Name, _faults);
        foreach (var (added, old) in places) _tasks[old] = _tasks[added];
        _tasks.RemoveRange(from, _tasks.Count - from);
        foreach (var old in places.Values) _tasks[old].MoveTo(old, places);
    }

    /// <summary>The one task that no other needs.</summary>
    /// <param name="output">The type that its output must have.</param>
    /// <param name="faults">Where faults go.</param>
    /// <returns>The task; null if it cannot be told, which is reported.</returns>
    private TaskPlan? Sole(Type output, List<FlowFault> faults)
    {
        var needed = _tasks.SelectMany(task => task.Upstream).ToHashSet();
        var last = _tasks.Where(task => !needed.Contains(task.Number)).ToList();
        if (last.Count == 1 && last[0].Output == output) return last[0];
        if (last.Count == 1)
            faults.Add(new FlowFault(
                FlowFaultCode.TypeMismatch,
                last[0].Name,
                $"The result is to be {TypeNames.WithArticle(output)}, and the last task, '{last[0].Name}', gives "
                + $"{TypeNames.WithArticle(last[0].Output ?? typeof(Nothing))}."));
        else if (last.Count > 1)
            faults.Add(new FlowFault(
                FlowFaultCode.AmbiguousResult,
                null,
                $"No other task needs any of {string.Join(", ", last.Take(10).Select(task => $"'{task.Name}'"))}"
                + $"{(last.Count > 10 ? $" and {last.Count - 10} more" : "")}, so the result could be the output of "
                + "each: give Build() the handle of the one that is meant."));
        return null;
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
    public ExecutableFlow Build(TaskPlan? result) => Build(result, []);

    /// <summary>Makes the flow; the output of the one task that no other needs is the result.</summary>
    /// <param name="output">The type that it must have.</param>
    /// <param name="result">That task.</param>
    /// <exception cref="FlowDefinitionException">It has faults: all of them are listed.</exception>
    public ExecutableFlow Build(Type output, out TaskPlan? result)
    {
        var faults = new List<FlowFault>();
        result = Sole(output, faults);
        return Build(result, faults);
    }

    private ExecutableFlow Build(TaskPlan? result, List<FlowFault> faults)
    {
        ThrowIfBuilt();
        var draft = new FlowDraft(Name) { Description = _description, Policy = _policy, Tags = _tags };
        draft.Faults.AddRange([.. _faults, .. faults]);
        if (result is not null && result.Flow != this)
            draft.Faults.Add(new FlowFault(
                FlowFaultCode.ForeignHandle,
                null,
                $"The result is the output of '{result.Name}' of another flow, '{result.Flow.Name}'; use the handle "
                + "of a task of this flow."));
        var configured = ConfigurationByTask(draft.Faults);
        foreach (var task in _tasks)
            draft.Tasks.Add(task.Draft(configured.GetValueOrDefault(task) ?? [], draft.Faults));
        ShareEqualPolicies(draft.Tasks);
        var definition = draft.Build();
        _isBuilt = true;
        return new ExecutableFlow(definition, [.. _tasks.Select(t => t.Finish())]);
    }

    private Dictionary<TaskPlan, List<JsonObject>> ConfigurationByTask(List<FlowFault> faults)
    {
        var byTask = new Dictionary<TaskPlan, List<JsonObject>>();
        foreach (var (name, values) in _configuration)
        {
            if (_tasks.Find(task => task.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } task)
            {
                if (!byTask.TryGetValue(task, out var all)) byTask[task] = all = [];
                all.Add(values);
                continue;
            }

            faults.Add(new FlowFault(
                FlowFaultCode.UnknownTask,
                null,
                $"There is configuration for a task '{name}', and there is no such task."
                + Suggestions.For(name, _tasks.Select(each => each.Name))));
        }

        return byTask;
    }

    // Each modifier makes a policy of its own; a flow of a million tasks keeps one of all that are the same.
    private static void ShareEqualPolicies(List<TaskDraft> tasks)
    {
        var known = new Dictionary<TaskPolicy, TaskPolicy>();
        foreach (var task in tasks)
            if (!known.TryAdd(task.Policy, task.Policy)) task.Policy = known[task.Policy];
    }
}
