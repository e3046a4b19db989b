namespace ActorFlow;

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

    /// <summary>
    /// Whether a body that is bound by names gets how the upstream task ended in place of its output. The default is
    /// false.
    /// </summary>
    public bool IsOutcome { get; init; }

    /// <summary>A value that the flow names.</summary>
    public Payload? Value { get; private init; }

    /// <summary>What the configuration of the task calls the value; null if the flow itself names it.</summary>
    public string? Setting { get; init; }

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

    internal static InputDraft Of(TaskInput input) => input switch
    {
        TaskInput.FromTask edge => FromTask(edge.Parameter, edge.Task) with
        {
            Field = edge.Field,
            Required = edge.Required,
            IsOutcome = edge.IsOutcome,
        },
        TaskInput.FromJob job => FromJob(job.Parameter) with { Field = job.Field },
        TaskInput.Constant constant => FromValue(constant.Parameter, constant.Value) with
        {
            Setting = constant.Setting,
        },
        _ => throw new System.Diagnostics.UnreachableException("An input has no arm [this is a bug in ActorFlow]."),
    };

    /// <summary>The same binding to a task that has another number now.</summary>
    internal InputDraft Renumbered(int task) => this with { TaskNumber = task };
}
