namespace ActorFlow.Engine.Tests;

/// <summary>The first word of a machine test: a small flow with its policies, ready to be submitted.</summary>
internal sealed class Given
{
    private readonly FlowDraft _draft;

    private Given(FlowDraft draft) => _draft = draft;

    /// <summary>A flow from text; see <see cref="FlowText"/>.</summary>
    public static Given Flow(string text) => new(FlowText.Draft(text));

    /// <summary>A flow of one task <c>a</c> that retries so.</summary>
    public static Given Retrying(RetryPolicy retry, string text = "a") =>
        Flow(text).Task("a", p => p with { Retry = retry });

    /// <summary>A flow in which <c>a</c> has such time limits.</summary>
    public static Given Limited(TaskTimeouts timeouts, string text = "a") =>
        Flow(text).Task("a", p => p with { Timeouts = timeouts });

    /// <summary>Changes the policy of some tasks, named with commas between.</summary>
    public Given Task(string names, Func<TaskPolicy, TaskPolicy> change)
    {
        foreach (var name in names.Split(',', StringSplitOptions.TrimEntries))
        {
            var task = _draft.Tasks.Find(t => t.Name == name)!;
            task.Policy = change(task.Policy);
        }

        return this;
    }

    /// <summary>Lets some tasks add flows, each from text; the last task of each gives its result.</summary>
    public Given Adds(string names, params string[] flows) => Adds(names, [.. flows.Select(FlowText.Draft)]);

    /// <inheritdoc cref="Adds(string, string[])"/>
    public Given Adds(string names, params FlowDraft[] flows) =>
        Adds(names, [.. flows.Select(draft => new FlowTemplate(draft.Build(), draft.Tasks.Count - 1))]);

    /// <summary>Lets some tasks add flows.</summary>
    public Given Adds(string names, params FlowTemplate[] templates)
    {
        foreach (var name in names.Split(',', StringSplitOptions.TrimEntries))
            _draft.Tasks.Find(t => t.Name == name)!.Templates = templates;
        return this;
    }

    /// <summary>Lets a task add flows that are made of what its attempts give.</summary>
    public Given Makes(string name, IFlowMaker maker)
    {
        _draft.Tasks.Find(t => t.Name == name)!.Maker = maker;
        return this;
    }

    /// <summary>Changes when some tasks run.</summary>
    public Given Trigger(string names, TriggerRule rule) => Task(names, p => p with { Trigger = rule });

    /// <summary>Changes the policy of the flow.</summary>
    public Given Job(Func<FlowPolicy, FlowPolicy> change)
    {
        _draft.Policy = change(_draft.Policy);
        return this;
    }

    public Flow Build() => _draft.Build();

    /// <summary>A job of the flow that has not been submitted.</summary>
    public JobUnderTest Unsubmitted() => new(Build());

    /// <summary>A job of the flow, submitted at <see cref="JobUnderTest.Epoch"/>.</summary>
    public JobUnderTest Submit() => Unsubmitted().Submit();

    /// <summary>A job of the flow with every task that can start started.</summary>
    public JobUnderTest Started() => Submit().StartAll();
}
