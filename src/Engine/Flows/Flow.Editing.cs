namespace ActorFlow;

/// <content>Changed flows: each change gives a new flow with all checks made anew; this one stays as it is.</content>
public sealed partial class Flow
{
    /// <summary>A draft of the same flow.</summary>
    public FlowDraft ToDraft()
    {
        var draft = new FlowDraft(Name) { Description = Description, Policy = Policy, Tags = Tags };
        foreach (var task in Tasks) draft.Tasks.Add(task.ToDraft());
        return draft;
    }

    /// <summary>The flow with further tasks; they may need those that are there, by name or by number.</summary>
    /// <exception cref="FlowDefinitionException">A name is taken, a need is unknown, or the like.</exception>
    public Flow With(params IReadOnlyList<TaskDraft> tasks)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        var draft = ToDraft();
        draft.Tasks.AddRange(tasks);
        return draft.Build();
    }

    /// <summary>The flow without some tasks, named without regard to case.</summary>
    /// <exception cref="FlowDefinitionException">One is not there, or a task that stays needs it.</exception>
    public Flow Without(params IReadOnlyList<string> tasks)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        var draft = new FlowDraft(Name) { Description = Description, Policy = Policy, Tags = Tags };
        var removed = new HashSet<int>();
        foreach (var name in tasks)
            if (Find(draft, name) is { } task) removed.Add(task);
        foreach (var task in removed.Order()) RequireUnneeded(draft, task, removed);
        if (draft.Faults.Count > 0) throw new FlowDefinitionException(Name, draft.Faults);
        var numbers = new int[Tasks.Count];
        for (int task = 0, next = 0; task < numbers.Length; task++)
            numbers[task] = removed.Contains(task) ? -1 : next++;
        foreach (var task in Tasks.Where(task => !removed.Contains(task.Number)))
        {
            var kept = task.ToDraft();
            for (var i = 0; i < kept.Inputs.Count; i++)
                if (kept.Inputs[i].TaskNumber is >= 0 and var upstream)
                    kept.Inputs[i] = kept.Inputs[i].Renumbered(numbers[upstream]);
            draft.Tasks.Add(kept);
        }

        return draft.Build();
    }

    /// <summary>The flow with one more edge that only orders.</summary>
    /// <param name="task">The task that is to come later, without regard to case.</param>
    /// <param name="needs">The task that it is to need.</param>
    /// <param name="required">Whether that task must succeed; otherwise it must only have ended.</param>
    /// <exception cref="FlowDefinitionException">
    /// One of them is not there, the edge is there already, or it would close a cycle.
    /// </exception>
    public Flow WithDependency(string task, string needs, bool required = true)
    {
        var draft = ToDraft();
        if (Find(draft, task) is { } later && Find(draft, needs) is { } earlier)
        {
            if (draft.Tasks[later].Inputs.Exists(input => input.TaskNumber == earlier))
                draft.Faults.Add(new FlowFault(
                    FlowFaultCode.DuplicateEdge,
                    Tasks[later].Name,
                    $"Task '{Tasks[later].Name}' needs '{Tasks[earlier].Name}' already."));
            draft.Tasks[later].Inputs.Add(InputDraft.FromTask("", earlier) with { Required = required });
        }

        return draft.Build();
    }

    private int? Find(FlowDraft draft, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (TryFind(name, out var number)) return number;
        draft.Faults.Add(new FlowFault(
            FlowFaultCode.UnknownTask, null, $"There is no task '{name}'.{Suggestions.For(name, TaskNames)}"));
        return null;
    }

    private void RequireUnneeded(FlowDraft draft, int task, HashSet<int> removed)
    {
        var dependants = new List<string>();
        foreach (var edge in Edges.Downstream(task))
            if (!removed.Contains(edge.Task)) dependants.Add($"'{Tasks[edge.Task].Name}'");
        if (dependants.Count == 0) return;
        var more = dependants.Count > 10 ? $" and {dependants.Count - 10} more" : "";
        var (need, those) = dependants.Count == 1 ? ("needs", "that") : ("need", "those");
        draft.Faults.Add(new FlowFault(
            FlowFaultCode.StillNeeded,
            Tasks[task].Name,
            $"Task '{Tasks[task].Name}' cannot be removed, because {string.Join(", ", dependants.Take(10))}{more} "
            + $"{need} it; remove {those} too."));
    }
}
