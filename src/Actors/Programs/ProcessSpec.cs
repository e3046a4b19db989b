namespace ActorFlow;

/// <summary>A program that an attempt runs, with all that it is started with.</summary>
public sealed record ProcessSpec
{
    /// <summary>The default of <see cref="OutputLimit"/>: 4 MiB.</summary>
    public const int DefaultOutputLimit = 4 * 1024 * 1024;

    /// <summary>The default of <see cref="LogLimit"/>: 256 MiB.</summary>
    public const long DefaultLogLimit = 256L * 1024 * 1024;

    /// <summary>The shell of texts that name none.</summary>
    public const string DefaultShell = "/bin/sh";

    private ProcessSpec(string fileName, IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        ArgumentNullException.ThrowIfNull(arguments);
        FileName = fileName;
        Arguments = arguments;
    }

    /// <summary>The program: a path, or a name that is looked for along <c>PATH</c>.</summary>
    public string FileName { get; }

    /// <summary>Its arguments; each reaches it as it is, and no shell reads them.</summary>
    public IReadOnlyList<string> Arguments { get; }

    /// <summary>Where it runs, from the scratch directory. The default is the scratch directory.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables beyond those of this process; null takes one away.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Its standard input. The default is an empty one.</summary>
    public string? Input { get; init; }

    /// <summary>
    /// The file that what it prints goes to, from the scratch directory; one that is there is replaced.
    /// </summary>
    /// <value>The default is one in the scratch directory, called after the program.</value>
    public string? LogFile { get; init; }

    /// <summary>
    /// A file for its standard error alone, from the scratch directory; null, the default, for both in one log.
    /// </summary>
    public string? ErrorFile { get; init; }

    /// <summary>
    /// The most that it may print, in bytes; looked at several times a second, and more than that ends it.
    /// </summary>
    /// <value>The default is 256 MiB.</value>
    public long LogLimit { get; init; } = DefaultLogLimit;

    /// <summary>The most that <see cref="ProcessResult.Output"/> holds, in bytes. The default is 4 MiB.</summary>
    public int OutputLimit { get; init; } = DefaultOutputLimit;

    /// <summary>Makes markers of lines that it prints; see <see cref="MarkerPattern"/>. The default is none.</summary>
    /// <remarks>
    /// It is called with one line after the other, on any thread, while the program runs; a line longer than 64 KiB is
    /// handed over in pieces. It gives null for a line that is no marker. What it throws ends the program, and goes to
    /// the caller.
    /// </remarks>
    public Func<string, Marker?>? LogFilter { get; init; }

    /// <summary>Whether an exit code other than 0 is noted as an error marker. The default is true.</summary>
    public bool MarksFailure { get; init; } = true;

    /// <summary>After this time it is ended, with its children. The default is never.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How long it may take to end when it is asked to (SIGTERM) before it is killed (SIGKILL).</summary>
    /// <value>The default is 2 seconds.</value>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The resources that it takes while it runs.</summary>
    /// <value>
    /// The default is one unit of <see cref="ResourceNeeds.Processors"/>; and none for a task that has needs of its
    /// own, which holds them for its programs.
    /// </value>
    public ResourceNeeds? Needs { get; init; }

    /// <summary>A program and its arguments. No shell has a part in it.</summary>
    public static ProcessSpec Program(string fileName, params IReadOnlyList<string> arguments) =>
        new(fileName, arguments);

    /// <summary>A text for a shell. Hand values over by variables: in the text they would be commands.</summary>
    /// <param name="text">What the shell reads.</param>
    /// <param name="shell">The program that takes it after <c>-c</c>.</param>
    public static ProcessSpec Shell(string text, string shell = DefaultShell) => new(shell, ["-c", text]);

    internal string ShortName => Path.GetFileName(FileName);

    /// <summary>Makes sure that the limits can be kept.</summary>
    /// <exception cref="ActorFlowException">One makes no sense.</exception>
    internal void RequireSense()
    {
        if (LogLimit < 1) throw Wrong($"{nameof(LogLimit)} is {LogLimit}; it must be at least 1.");
        if (OutputLimit < 0) throw Wrong($"{nameof(OutputLimit)} is {OutputLimit}; it must not be negative.");
        if (Timeout <= TimeSpan.Zero) throw Wrong($"{nameof(Timeout)} is {Timeout}; it must be longer than zero.");
        if (Grace < TimeSpan.Zero) throw Wrong($"{nameof(Grace)} is {Grace}; it must not be negative.");
    }

    private ActorFlowException Wrong(string problem) => new($"The command '{FileName}' cannot be run: its {problem}");
}
