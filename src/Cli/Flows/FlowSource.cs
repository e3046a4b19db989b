namespace ActorFlow.Cli;

/// <summary>What a file says of a flow: the draft of it, what its tasks run, and what input it wants.</summary>
/// <param name="Draft">The flow in the making; it may have faults of its own already.</param>
/// <param name="Recipes">What the tasks of the draft run, in their order.</param>
/// <param name="Inputs">The fields of the job's input; null if the flow does not say and takes any.</param>
internal sealed record FlowSource(
    FlowDraft Draft, IReadOnlyList<TaskRecipe> Recipes, IReadOnlyList<InputField>? Inputs);

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

/// <summary>What a task of a file runs.</summary>
internal abstract record TaskRecipe
{
    private TaskRecipe() { }

    /// <summary>A shell command. Values reach it as environment variables, never as text of the command.</summary>
    /// <param name="Command">The command.</param>
    public sealed record Shell(string Command) : TaskRecipe
    {
        /// <summary>The program that takes the command after <c>-c</c>; <c>/bin/sh</c> if null.</summary>
        public string? Interpreter { get; init; }

        /// <summary>
        /// Where it runs, relative to the directory that the job was submitted in; that directory if null.
        /// </summary>
        public string? WorkingDirectory { get; init; }

        /// <summary>Further variables: their values may hold <c>${input.NAME}</c> and <c>${needs.NAME}</c>.</summary>
        public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

        /// <summary>Whether what it prints is JSON; otherwise it is text.</summary>
        public bool PrintsJson { get; init; }

        /// <summary>What the lines look like that it prints and that are markers.</summary>
        public IReadOnlyList<MarkerPattern> Markers { get; init; } = [];
    }

    /// <summary>A .NET task by its registered name; its inputs are bound by name.</summary>
    /// <param name="Name">The name.</param>
    public sealed record Registered(string Name) : TaskRecipe;

    /// <summary>Sleeps as long as the task of a recorded workflow ran, times the time scale.</summary>
    /// <param name="Recorded">How long it ran; zero if that is not known.</param>
    public sealed record Sleep(TimeSpan Recorded) : TaskRecipe;
}
