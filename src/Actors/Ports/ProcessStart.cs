namespace ActorFlow.Actors;

/// <summary>A program, with all that its process is started with.</summary>
/// <param name="FileName">The program: a path, or a name that is looked for along <c>PATH</c>.</param>
/// <param name="Arguments">Its arguments, each as it is.</param>
/// <param name="Directory">Where it runs.</param>
/// <param name="Environment">Variables beyond those of this process; null takes one away.</param>
/// <param name="OutputFile">The file that what it prints is appended to.</param>
public sealed record ProcessStart(
    string FileName,
    IReadOnlyList<string> Arguments,
    string Directory,
    IReadOnlyDictionary<string, string?> Environment,
    string OutputFile)
{
    /// <summary>
    /// The file that its standard error is appended to; null for the same as the output, in the order of printing.
    /// </summary>
    public string? ErrorFile { get; init; }

    /// <summary>The file that is its standard input; null for an empty one.</summary>
    public string? InputFile { get; init; }

    /// <summary>What it and its children are known by, when this process is dead; null for nothing.</summary>
    public string? Mark { get; init; }

    /// <summary>After this time it is ended; null for never.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How long it may take to end when it is asked to, before it is killed.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(2);
}
