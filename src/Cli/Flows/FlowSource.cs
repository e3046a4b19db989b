namespace ActorFlow.Cli;

/// <summary>What a file says of a flow: the draft of it, what its tasks run, and what input it wants.</summary>
/// <param name="Draft">The flow in the making; it may have faults of its own already.</param>
/// <param name="Recipes">What the tasks of the draft run, in their order.</param>
/// <param name="Inputs">The fields of the job's input; null if the flow does not say and takes any.</param>
internal sealed record FlowSource(
    FlowDraft Draft, IReadOnlyList<TaskRecipe> Recipes, IReadOnlyList<InputField>? Inputs)
{
    /// <summary>The task whose output is the flow's result; null for the one that no other needs.</summary>
    public string? ResultTask { get; init; }

    /// <summary>Whether the flow has no result.</summary>
    public bool HasNoResult { get; init; }

    /// <summary>Where it is declared, as <c>file:line:column</c>.</summary>
    public string? Location { get; init; }

    /// <summary>Whether it is what a single task of a file runs, and was not written as a flow.</summary>
    public bool IsPart { get; init; }

    /// <summary>Whether it may have no tasks: it is a library, or it is told already why it has none.</summary>
    public bool NeedsNoTasks { get; init; }

    /// <summary>Who is told of its jobs.</summary>
    public FlowTelling Telling { get; init; } = FlowTelling.None;

    /// <summary>The services that its .NET tasks see; null for none.</summary>
    public ServiceScope? Services { get; init; }

    /// <summary>The other flows of the file and of those that it imports, whether a task runs them or not.</summary>
    public IReadOnlyList<FlowSource> Others { get; init; } = [];
}

/// <summary>The input that a flow wants.</summary>
/// <param name="Flow">The flow's name.</param>
/// <param name="Fields">The fields; null if it takes any.</param>
internal sealed record DeclaredInputs(string Flow, IReadOnlyList<InputField>? Fields);

/// <summary>A field of the job's input.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it holds.</param>
/// <param name="IsRequired">Whether it must be given.</param>
/// <param name="Default">The value if it is not, as JSON; null for none.</param>
internal sealed record InputField(string Name, InputType Type, bool IsRequired, string? Default)
{
    /// <summary>The parameter of a flow in code that the field is for; null for a flow file.</summary>
    public TaskParameter? Parameter { get; init; }

    /// <summary>What it holds, as a reader would say it.</summary>
    public string TypeName => Parameter?.TypeName ?? Type.ToString().ToLowerInvariant();

    /// <summary>The same with an article.</summary>
    public string ATypeName =>
        $"{("aeioAEIO".Contains(TypeName[0], StringComparison.Ordinal) ? "an" : "a")} {TypeName}";

    /// <summary>Whether it is meant by a name.</summary>
    public bool IsNamed(string name) => Name.Equals(
        name, Parameter is null ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);
}

/// <summary>What a field of the job's input holds.</summary>
internal enum InputType
{
    /// <summary>Anything.</summary>
    Any,

    /// <summary>A text.</summary>
    String,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Number,

    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>A list.</summary>
    List,

    /// <summary>An object.</summary>
    Object,
}
