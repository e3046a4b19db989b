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

    /// <summary>The type of its output, as a reader would write it.</summary>
    public string? OutputType { get; set; }

    /// <summary>The policies that it runs under.</summary>
    public TaskPolicy Policy { get; set; } = TaskPolicy.Default;

    /// <summary>Where its parameters get their values.</summary>
    public List<InputDraft> Inputs { get; } = [];

    /// <summary>The parameters that must be bound; null if any may be.</summary>
    public IReadOnlyList<string>? Parameters { get; set; }

    /// <summary>The flows that it can add to its job while the job runs.</summary>
    public IReadOnlyList<FlowTemplate> Templates { get; set; } = [];

    /// <summary>Where in a file it is declared, as <c>file:line:column</c>; null for flows in code.</summary>
    public string? Location { get; set; }
}

/// <summary>One binding in the making. Exactly one source is set.</summary>
public sealed record InputDraft
{
    private InputDraft(string parameter) => Parameter = parameter;

    /// <summary>The parameter; empty for an edge that only orders.</summary>
    public string Parameter { get; }

    /// <summary>The upstream task by name, or <c>NAME.field</c> if there is no task of that whole name.</summary>
    public string? TaskName { get; private init; }

    /// <summary>The upstream task by number; -1 if it is not one.</summary>
    public int TaskNumber { get; private init; } = -1;

    /// <summary>The path of the field; null for the whole value.</summary>
    public string? Field { get; init; }

    /// <summary>Whether the upstream task must succeed.</summary>
    public bool Required { get; init; } = true;

    /// <summary>A value that the flow names.</summary>
    public Payload? Value { get; private init; }

    /// <summary>Where in a file, as <c>file:line:column</c>.</summary>
    public string? Location { get; init; }

    internal bool IsFromTask => TaskName is not null || TaskNumber >= 0;

    /// <summary>Binds to a task, or to a field of it, by name; forward references are fine.</summary>
    public static InputDraft FromTask(string parameter, string reference) => new(parameter) { TaskName = reference };

    /// <summary>Binds to a task by number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public static InputDraft FromTask(string parameter, int task)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(task);
        return new(parameter) { TaskNumber = task };
    }

    /// <summary>Binds to the job's input.</summary>
    public static InputDraft FromJob(string parameter) => new(parameter);

    /// <summary>Binds to a value.</summary>
    public static InputDraft FromValue(string parameter, Payload value) => new(parameter) { Value = value };
}
