namespace ActorFlow;

/// <summary>
/// A flow in the making, by names: what builders and readers of files fill, and what finds every fault.
/// </summary>
public sealed class FlowDraft(string name)
{
    /// <summary>The flow's name: the rules of task names hold.</summary>
    public string Name { get; } = name;

    /// <summary>What the flow is for; null if nobody said.</summary>
    public string? Description { get; set; }

    /// <summary>Words to find the flow by. The default is none.</summary>
    public IReadOnlyList<string> Tags { get; set; } = [];

    /// <summary>What holds for the flow as a whole.</summary>
    public FlowPolicy Policy { get; set; } = FlowPolicy.Default;

    /// <summary>The tasks, in declared order.</summary>
    public List<TaskDraft> Tasks { get; } = [];

    /// <summary>Faults that the one who fills the draft has found already.</summary>
    public List<FlowFault> Faults { get; } = [];

    /// <summary>Checks everything and makes the flow.</summary>
    /// <exception cref="FlowDefinitionException">The draft has faults: all of them are listed.</exception>
    public Flow Build() => FlowAssembler.Assemble(this);
}

/// <summary>A task in the making.</summary>
public sealed class TaskDraft(string name)
{
    /// <summary>Its name: 1 to 200 characters, no white space, no control characters.</summary>
    public string Name { get; } = name;

    /// <summary>What runs; see <see cref="FlowTask.Kind"/>.</summary>
    public string Kind { get; set; } = "";

    /// <summary>What it is for.</summary>
    public string? Description { get; set; }

    /// <summary>Words to find it by. The default is none.</summary>
    public IReadOnlyList<string> Tags { get; set; } = [];

    /// <summary>The type of its output, as a reader would write it.</summary>
    public string? OutputType { get; set; }

    /// <summary>The policies that it runs under.</summary>
    public TaskPolicy Policy { get; set; } = TaskPolicy.Default;

    /// <summary>Where its parameters get their values.</summary>
    public List<InputDraft> Inputs { get; } = [];

    /// <summary>The parameters that must be bound; null if any may be.</summary>
    public IReadOnlyList<string>? Parameters { get; set; }

    /// <summary>Whether it sees the job's input though no parameter is bound to it. The default is false.</summary>
    public bool SeesInput { get; set; }

    /// <summary>The flows that it can add to its job while the job runs.</summary>
    public IReadOnlyList<FlowTemplate> Templates { get; set; } = [];

    /// <summary>
    /// Makes flows that it can add besides, out of what its attempts give; null, the default, for none.
    /// </summary>
    public IFlowMaker? Maker { get; set; }

    /// <summary>Where in a file it is declared, as <c>file:line:column</c>; null for flows in code.</summary>
    public string? Location { get; set; }
}
