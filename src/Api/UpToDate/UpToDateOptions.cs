using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>What a task reads and writes, so that it need not run when all is up to date.</summary>
/// <remarks>
/// Files are named by patterns: <c>*</c> and <c>?</c> within a name, <c>**</c> for any number of directories. They, and
/// the run directory, may have the placeholders of <see cref="TaskHandle{T}.SaveTo"/>.
/// </remarks>
public sealed record UpToDateOptions
{
    /// <summary>The defaults: no files, and a run directory of the engine.</summary>
    public static UpToDateOptions Default { get; } = new();

    /// <summary>The files that the task reads. One without <c>*</c> and <c>?</c> must be there.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>The directory that relative input files are below. Null: the working directory (the default).</summary>
    public string? InputDirectory { get; init; }

    /// <summary>
    /// The files that the task writes; relative ones are below the run directory. If nothing matches one of them when
    /// the code has succeeded, the attempt fails. A task with files to write cannot be cached: a result from the cache
    /// would leave those of another input.
    /// </summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>
    /// The directory that the task works in and that stays from run to run. Null: one of the engine (the default).
    /// </summary>
    public string? RunDirectory { get; init; }

    /// <summary>A further condition, asked last: false makes the task run, and so does an exception.</summary>
    public Func<UpToDateCheck, CancellationToken, ValueTask<bool>>? Check { get; init; }

    /// <summary>Whether the code runs always, and only its state is kept. The default is false.</summary>
    public bool Always { get; init; }
}

/// <summary>What a check of one's own looks at.</summary>
/// <param name="RunDirectory">The directory of the task; it is there.</param>
/// <param name="Memento">What the last run left behind; it cannot be changed by a check.</param>
public sealed record UpToDateCheck(string RunDirectory, TaskMemento Memento);
