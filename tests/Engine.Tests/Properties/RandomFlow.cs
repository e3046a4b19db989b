namespace ActorFlow.Engine.Tests.Properties;

/// <summary>Small acyclic flows with policies of every kind, from choices.</summary>
internal static class RandomFlow
{
    /// <summary>Flows that tasks add hold tasks that add others, and so on, so deep.</summary>
    private const int Deepest = 2;

    /// <summary>A flow, some of whose tasks may add what is made of what they give.</summary>
    public static Flow From(Choices choices, IFlowMaker maker) =>
        From(choices, maker, tasks: 1 + choices.Below(12), depth: 0);

    /// <summary>A small flow for tasks to add.</summary>
    public static FlowTemplate Template(Choices choices, IFlowMaker maker) => Template(choices, maker, Deepest);

    private static Flow From(Choices choices, IFlowMaker maker, int tasks, int depth)
    {
        var draft = new FlowDraft("random") { Policy = FlowPolicyFrom(choices) };
        for (var i = 0; i < tasks; i++)
        {
            var task = new TaskDraft($"t{i}") { Policy = TaskPolicyFrom(choices, isRoot: i == 0) };
            for (var up = 0; up < i; up++)
                if (choices.OneIn(4))
                    task.Inputs.Add(InputDraft.FromTask("", up) with { Required = !choices.OneIn(4) });
            if (task.Inputs.Count == 0 && task.Policy.Trigger == TriggerRule.AnyFailed)
                task.Policy = task.Policy with { Trigger = TriggerRule.AllDone };
            if (depth < Deepest && choices.OneIn(4)) task.Templates = TemplatesFrom(choices, maker, depth + 1);
            if (choices.OneIn(12)) task.Maker = maker;
            draft.Tasks.Add(task);
        }

        return draft.Build();
    }

    /// <summary>The flow as somebody may have edited it: a task changed, added, removed, or all renumbered.</summary>
    public static Flow Changed(Flow flow, Choices choices)
    {
        var draft = flow.ToDraft();
        var task = choices.OneOf(draft.Tasks)!;
        switch (choices.Below(4))
        {
            case 0: task.Kind += "'"; break;
            case 1:
                var added = new TaskDraft($"u{choices.Below(3)}");
                if (draft.Tasks.Exists(other => other.Name == added.Name)) break;
                added.Inputs.Add(InputDraft.FromTask("", task.Name));
                draft.Tasks.Add(added);
                break;
            case 2:
                var last = flow.Tasks.Where(t => flow.Edges.Downstream(t.Number).Length == 0).ToList();
                return flow.Tasks.Count > 1 ? flow.Without([choices.OneOf(last)!.Name]) : flow;
            default: return Renumbered(flow);
        }

        return draft.Build();
    }

    private static Flow Renumbered(Flow flow)
    {
        var draft = flow.ToDraft();
        var last = flow.Tasks.Count;
        draft.Tasks.Clear();
        foreach (var task in flow.Tasks.Reverse())
        {
            var copy = task.ToDraft();
            for (var i = 0; i < copy.Inputs.Count; i++)
                if (task.Inputs[i] is TaskInput.FromTask edge)
                    copy.Inputs[i] = InputDraft.FromTask(edge.Parameter, last - 1 - edge.Task)
                        with
                    { Required = edge.Required };
            draft.Tasks.Add(copy);
        }

        return draft.Build();
    }

    private static FlowTemplate[] TemplatesFrom(Choices choices, IFlowMaker maker, int depth)
    {
        var templates = new FlowTemplate[1 + choices.Below(2)];
        for (var i = 0; i < templates.Length; i++) templates[i] = Template(choices, maker, depth);
        return templates;
    }

    private static FlowTemplate Template(Choices choices, IFlowMaker maker, int depth)
    {
        var flow = From(choices, maker, tasks: choices.Of(1, 1, 2, 3), depth);
        return new FlowTemplate(flow, choices.OneIn(4) ? null : choices.Below(flow.Tasks.Count));
    }

    private static FlowPolicy FlowPolicyFrom(Choices choices) => new()
    {
        FailFast = choices.OneIn(6),
        Timeout = choices.OneIn(8) ? TimeSpan.FromSeconds(40) : null,
        MaxParallel = choices.OneIn(4) ? 2 : null,
        Supervision = choices.OneIn(6) ? [new SupervisionRule(choices.Of(Directives)) { On = ["Odd"] }] : [],
    };

    private static TaskPolicy TaskPolicyFrom(Choices choices, bool isRoot) => new()
    {
        Trigger = isRoot ? default : choices.Of(
            TriggerRule.AllSucceeded, TriggerRule.AllSucceeded, TriggerRule.AllDone, TriggerRule.AnyFailed),
        Pool = choices.Of(TaskPolicy.ComputePool, TaskPolicy.ComputePool, TaskPolicy.AsyncPool),
        Priority = choices.Of(0, 0, 0, 1, -1),
        Retry = choices.OneIn(2) ? RetryPolicy.None : RetryFrom(choices),
        Timeouts = choices.OneIn(2) ? TaskTimeouts.None : TimeoutsFrom(choices),
        Supervision = choices.OneIn(6) ? [new SupervisionRule(choices.Of(Directives)) { On = ["Odd"] }] : [],
    };

    private static RetryPolicy RetryFrom(Choices choices) => new()
    {
        MaxAttempts = 1 + choices.Below(3),
        MaxLost = choices.Below(3),
        Budget = choices.OneIn(4) ? TimeSpan.FromSeconds(20) : null,
        Never = choices.OneIn(4) ? ["Odd"] : [],
        OnExhausted = choices.Of(
            Directive.Fail, Directive.Fail, Directive.Skip, Directive.Ignore, Directive.Hold, Directive.Escalate),
        Backoff = new Backoff
        {
            Initial = TimeSpan.FromSeconds(choices.Of(0, 1, 5)),
            Shape = choices.Of(BackoffShape.Constant, BackoffShape.Linear, BackoffShape.Exponential),
            Jitter = choices.Of(Enum.GetValues<JitterKind>()),
            JitterFraction = 0.5,
        },
    };

    private static TaskTimeouts TimeoutsFrom(Choices choices) => new()
    {
        Start = Limit(choices, 15),
        Attempt = Limit(choices, 6),
        Total = Limit(choices, 20),
        Heartbeat = Limit(choices, 4),
        Grace = TimeSpan.FromSeconds(choices.Of(2, 0)),
    };

    private static TimeSpan? Limit(Choices choices, int seconds) =>
        choices.OneIn(3) ? TimeSpan.FromSeconds(seconds) : null;

    private static Directive[] Directives => Enum.GetValues<Directive>();
}
