using System.Runtime.InteropServices;

namespace ActorFlow;

/// <summary>Makes a flow of a draft, and collects every fault on the way.</summary>
internal sealed class FlowAssembler
{
    private readonly FlowDraft _draft;
    private readonly List<FlowFault> _faults;
    private readonly Dictionary<string, int> _numbers;
    private readonly HashSet<TaskPolicy> _soundPolicies = new(ReferenceEqualityComparer.Instance);
    private readonly List<TaskInput> _inputs = [];
    private readonly HashSet<string> _bound = new(StringComparer.OrdinalIgnoreCase);
    private readonly FlowTask[] _tasks;
    private readonly int[] _upStarts;
    private readonly List<EdgeEnd> _ups = [];
    private Dictionary<int, int> _places = [];
    private int _placesFrom = -1;
    private bool _hasSettings;

    private FlowAssembler(FlowDraft draft)
    {
        _draft = draft;
        _faults = [.. draft.Faults];
        _numbers = new(draft.Tasks.Count, StringComparer.OrdinalIgnoreCase);
        _tasks = new FlowTask[draft.Tasks.Count];
        _upStarts = new int[draft.Tasks.Count + 1];
    }

    public static Flow Assemble(FlowDraft draft) => new FlowAssembler(draft).Assemble();

    private Flow Assemble()
    {
        CheckSize("tasks", _tasks.Length, Limits.Tasks);
        CheckFlow();
        NumberTasks();
        for (var i = 0; i < _tasks.Length; i++) AddTask(i, _draft.Tasks[i]);
        CheckSize("edges", _ups.Count, Limits.Edges);
        var edges = new FlowEdges(_tasks.Length, _upStarts, [.. _ups]);
        foreach (var cycle in CyclePath.Find(edges, _tasks.Length)) ReportCycle(cycle);
        if (_faults.Count > 0) throw new FlowDefinitionException(_draft.Name, _faults);
        return new Flow(_draft, _tasks, edges, _hasSettings);
    }

    /// <summary>A flow that is too large is not looked at any closer.</summary>
    private void CheckSize(string what, int count, int most)
    {
        if (count <= most) return;
        Report(FlowFaultCode.TooLarge, null, $"The flow has {count} {what}; {most} is the most.");
        throw new FlowDefinitionException(_draft.Name, _faults);
    }

    private void CheckFlow()
    {
        if (NameRules.Fault("A flow's name", _draft.Name) is { } fault)
            Report(FlowFaultCode.BadName, null, fault);
        if (_draft.Tasks.Count == 0)
            Report(FlowFaultCode.NoTasks, null, "The flow has no tasks; it needs at least one.");
        foreach (var problem in PolicyRules.Of(_draft.Policy))
            Report(FlowFaultCode.BadPolicy, null, problem);
        var pools = _draft.Tasks.Select(t => t.Policy.Pool)
            .Concat(_draft.Tasks.SelectMany(t => t.Templates).SelectMany(t => t.Flow.Pools.Names))
            .Concat(_draft.Tasks.SelectMany(t => t.Maker?.Pools ?? []))
            .Distinct(StringComparer.Ordinal).Count();
        if (pools > FlowPools.Max)
            Report(FlowFaultCode.TooLarge, null, $"The flow uses {pools} pools; {FlowPools.Max} is the most.");
    }

    private void NumberTasks()
    {
        for (var i = 0; i < _tasks.Length; i++)
        {
            var task = _draft.Tasks[i];
            if (NameRules.Fault("A task's name", task.Name) is { } fault)
                Report(FlowFaultCode.BadName, task, fault);
            if (!_numbers.TryAdd(task.Name, i))
            {
                var first = _draft.Tasks[_numbers[task.Name]];
                Report(FlowFaultCode.DuplicateName, task, first.Name == task.Name
                    ? $"There are two tasks '{task.Name}'; names must differ."
                    : $"Tasks '{first.Name}' and '{task.Name}' have the same name but for case; names must differ.");
            }
        }
    }

    private void AddTask(int number, TaskDraft draft)
    {
        _inputs.Clear();
        foreach (var input in draft.Inputs)
            if (Resolve(draft, input) is { } resolved) _inputs.Add(resolved);
        _tasks[number] = new FlowTask(number, draft, _inputs.Count == 0 ? [] : _inputs.ToArray());
        AddEdges();
        _upStarts[number + 1] = _ups.Count;
        CheckParameters(draft);
        CheckPolicy(draft);
    }

    private void AddEdges()
    {
        var first = _ups.Count;
        foreach (var input in _inputs)
        {
            if (input is not TaskInput.FromTask edge) continue;
            var known = IndexOf(first, edge.Task);
            if (known < 0) _ups.Add(new EdgeEnd(edge.Task, edge.Required));
            else if (edge.Required) _ups[known] = new EdgeEnd(edge.Task, required: true);
        }
    }

    // Wide fan-ins have distinct upstreams by construction more often than not, but a set pays off past a few dozen.
    private int IndexOf(int first, int task)
    {
        var span = CollectionsMarshal.AsSpan(_ups)[first..];
        if (span.Length > 32) return LookUp(first, task, span);
        for (var i = 0; i < span.Length; i++)
            if (span[i].Task == task) return first + i;
        return -1;
    }

    private int LookUp(int first, int task, ReadOnlySpan<EdgeEnd> span)
    {
        if (_placesFrom != first)
        {
            _places = [];
            _placesFrom = first;
        }

        for (var i = _places.Count; i < span.Length; i++) _places[span[i].Task] = first + i;
        return _places.GetValueOrDefault(task, -1);
    }

    private TaskInput? Resolve(TaskDraft draft, InputDraft input)
    {
        if (input.Value is { } value)
        {
            _hasSettings |= input.Setting is not null;
            return new TaskInput.Constant(input.Parameter, value) { Setting = input.Setting };
        }

        if (!input.IsFromTask) return new TaskInput.FromJob(input.Parameter, input.Field);
        var (task, field) = input.TaskName is null ? TakeTask(draft, input) : FindTask(draft, input);
        return task < 0 ? null : new TaskInput.FromTask(input.Parameter, task, field, input.Required)
        {
            IsOutcome = input.IsOutcome,
        };
    }

    private (int Task, string? Field) TakeTask(TaskDraft draft, InputDraft input)
    {
        if (input.TaskNumber < _tasks.Length) return (input.TaskNumber, input.Field);
        Report(FlowFaultCode.UnknownTask, draft,
            $"Task '{draft.Name}' needs task number {input.TaskNumber}, and the flow has {_tasks.Length}, from 0.",
            input.Location);
        return (-1, null);
    }

    /// <summary>The whole reference as a name first, then ever shorter names with a field behind.</summary>
    private (int Task, string? Field) FindTask(TaskDraft draft, InputDraft input)
    {
        var reference = input.TaskName!;
        if (_numbers.TryGetValue(reference, out var task)) return (task, input.Field);
        // No longer than names are: a reference may have dots without number.
        var longest = Math.Min(reference.Length - 1, Limits.NameLength);
        for (var dot = reference.LastIndexOf('.', longest); dot > 0; dot = reference.LastIndexOf('.', dot - 1))
            if (_numbers.TryGetValue(reference[..dot], out task))
                return (task, FieldOf(draft, input, reference[(dot + 1)..]));
        // A file with thousands of faults has one cause, and no need of thousands of searches.
        var hint = _faults.Count < 100 ? Suggestions.For(reference, _numbers.Keys) : "";
        Report(FlowFaultCode.UnknownTask, draft,
            $"Task '{draft.Name}' needs '{reference}', and there is no task of that name.{hint}", input.Location);
        return (-1, null);
    }

    private string FieldOf(TaskDraft draft, InputDraft input, string field)
    {
        if (field.Split('.').Contains("", StringComparer.Ordinal))
            Report(FlowFaultCode.UnknownField, draft,
                $"Task '{draft.Name}' needs '{input.TaskName}', and a field's name is missing beside a dot.",
                input.Location);
        return input.Field is null ? field : $"{field}.{input.Field}";
    }

    private void CheckParameters(TaskDraft draft)
    {
        // One set serves all tasks but the wide: emptying a set costs what it has grown to.
        var bound = draft.Inputs.Count > 64 ? new HashSet<string>(StringComparer.OrdinalIgnoreCase) : _bound;
        bound.Clear();
        foreach (var input in draft.Inputs)
        {
            if (input.Parameter.Length == 0) continue;
            if (!bound.Add(input.Parameter))
                Report(FlowFaultCode.BoundTwice, draft,
                    $"Parameter '{input.Parameter}' of task '{draft.Name}' is bound twice; bind it once.",
                    input.Location);
            if (draft.Parameters is { } known && !known.Contains(input.Parameter, StringComparer.OrdinalIgnoreCase))
                Report(FlowFaultCode.UnknownParameter, draft,
                    $"Task '{draft.Name}' has no parameter '{input.Parameter}'."
                    + Suggestions.For(input.Parameter, known), input.Location);
        }

        foreach (var parameter in draft.Parameters ?? [])
            if (!bound.Contains(parameter))
                Report(FlowFaultCode.Unbound, draft,
                    $"Parameter '{parameter}' of task '{draft.Name}' is bound to nothing; bind it to a task, "
                    + "to the job's input or to a constant.");
    }

    private void CheckPolicy(TaskDraft draft)
    {
        if (!_soundPolicies.Contains(draft.Policy))
        {
            var before = _faults.Count;
            foreach (var problem in PolicyRules.Of(draft.Policy))
                Report(FlowFaultCode.BadPolicy, draft, $"Task '{draft.Name}': {problem}");
            if (_faults.Count == before) _soundPolicies.Add(draft.Policy);
        }

        if (draft.Policy.Trigger == TriggerRule.AnyFailed && !draft.Inputs.Exists(i => i.IsFromTask))
            Report(FlowFaultCode.BadPolicy, draft,
                $"Task '{draft.Name}' runs when an upstream task fails, and it needs none; name what it needs.");
    }

    private void ReportCycle(int[] cycle)
    {
        var path = string.Join(" -> ", cycle.Append(cycle[0]).Select(n => _draft.Tasks[n].Name));
        Report(FlowFaultCode.Cycle, _draft.Tasks[cycle[0]],
            cycle.Length == 1
                ? $"Task '{_draft.Tasks[cycle[0]].Name}' needs itself: {path}."
                : $"Tasks need each other in a cycle: {path}.");
    }

    private void Report(FlowFaultCode code, TaskDraft? task, string message, string? location = null)
    {
        _faults.Add(new FlowFault(code, task?.Name, message) { Location = location ?? task?.Location });
        // So many have few causes, such as one policy of all tasks: whoever mends those sees the others next.
        if (_faults.Count >= FlowDefinitionException.MostFaults)
            throw new FlowDefinitionException(_draft.Name, _faults);
    }
}
