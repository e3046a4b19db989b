namespace ActorFlow.Journal;

/// <summary>The base of what can be wrong with a journal.</summary>
public class JournalException : ActorFlowException
{
    /// <summary>Says what is wrong.</summary>
    public JournalException(string message, Exception? inner = null) : base(message, inner) { }
}

/// <summary>Somebody else appended to the job: what the writer knows of it is out of date.</summary>
public sealed class JournalConflictException(JobId job, long expected, long actual)
    : JournalException($"Job '{job}' has {actual} events, and the append expected {expected}: somebody else appended.")
{
    /// <summary>The job.</summary>
    public JobId Job { get; } = job;

    /// <summary>The version that the append expected.</summary>
    public long Expected { get; } = expected;

    /// <summary>The version that the job has.</summary>
    public long Actual { get; } = actual;
}

/// <summary>Another process uses the directory.</summary>
public sealed class JournalLockedException(string directory, string? owner, Exception? inner = null)
    : JournalException(
        $"The journal in '{directory}' is in use by {(owner is null ? "another process" : $"process {owner}")}. "
        + "Wait until it has ended, interrupt it, or use another data directory.", inner)
{
    /// <summary>The directory.</summary>
    public string Directory { get; } = directory;
}

/// <summary>What is stored is not what was written. Nothing was changed or deleted.</summary>
public sealed class JournalDamagedException(string file, long offset, string problem)
    : JournalException($"The journal is damaged: {file}, at byte {offset}: {problem} Nothing was changed; "
        + "'actorflow journal verify' lists all damage.")
{
    /// <summary>The file.</summary>
    public string File { get; } = file;

    /// <summary>Where in the file, in bytes.</summary>
    public long Offset { get; } = offset;

    /// <summary>What is wrong there.</summary>
    public string Problem { get; } = problem;
}

/// <summary>The journal cannot be written.</summary>
/// <remarks>
/// If an append failed, it takes nothing more until it is opened again: after a failed sync nobody knows what is on the
/// disk, and trying again may report a success that is none. If only a compaction failed, it goes on.
/// </remarks>
public sealed class JournalWriteException : JournalException
{
    private readonly string _directory;

    /// <summary>A write has failed.</summary>
    public JournalWriteException(string directory, Exception inner)
        : this(directory, $"cannot be written: {inner.Message}", inner)
    {
    }

    private JournalWriteException(string directory, string problem, Exception inner)
        : base($"The journal in '{directory}' {problem}", inner) => _directory = directory;

    /// <summary>A journal that nothing was written to yet.</summary>
    internal static JournalWriteException AtOpening(string directory, Exception inner) =>
        new(directory, $"cannot be opened: {inner.Message}", inner);

    /// <summary>What is told to those who come later, when the cause may be gone.</summary>
    internal JournalWriteException ForLater => new(
        _directory,
        $"takes nothing more, since it could not be written: {InnerException!.Message.TrimEnd('.')}. When that is "
        + "mended, close the engine and create it anew: what is recorded goes on.", InnerException);
}
