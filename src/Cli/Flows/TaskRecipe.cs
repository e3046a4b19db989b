namespace ActorFlow.Cli;

/// <summary>What a task of a file runs.</summary>
internal abstract partial record TaskRecipe
{
    private TaskRecipe() { }

    /// <summary>What must hold for the task to run; null for nothing. Otherwise it is skipped.</summary>
    public Expression? Condition { get; init; }

    /// <summary>What is kept of its runs; null for nothing.</summary>
    public Keeping? Keeping { get; init; }

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

        /// <summary>What becomes of what it prints.</summary>
        public OutputForm Output { get; init; }

        /// <summary>Whether it runs as a part that another task adds, and finds all values in its input.</summary>
        public bool IsPart { get; init; }

        /// <summary>What the lines look like that it prints and that are markers.</summary>
        public IReadOnlyList<MarkerPattern> Markers { get; init; } = [];
    }

    /// <summary>A .NET task by its registered name; its inputs are bound by name.</summary>
    /// <param name="Name">The name.</param>
    public sealed record Registered(string Name) : TaskRecipe
    {
        /// <summary>The services that it sees; null for those of the host alone.</summary>
        public ServiceScope? Services { get; init; }

        /// <summary>Where it is named, as <c>file:line:column</c>; null for where the task is.</summary>
        public string? Location { get; init; }
    }

    /// <summary>Sleeps as long as the task of a recorded workflow ran, times the time scale.</summary>
    /// <param name="Recorded">How long it ran; zero if that is not known.</param>
    public sealed record Sleep(TimeSpan Recorded) : TaskRecipe;
}

/// <summary>What becomes of what a command prints.</summary>
internal enum OutputForm
{
    /// <summary>A text, without the line ends behind it.</summary>
    Text,

    /// <summary>It is parsed as JSON.</summary>
    Json,

    /// <summary>A list of its lines.</summary>
    Lines,
}
