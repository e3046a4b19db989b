namespace ActorFlow.Cli;

/// <summary>What the exit code says: a contract that scripts rely on.</summary>
internal static class ExitCodes
{
    /// <summary>The job succeeded, or the command did what it was asked.</summary>
    public const int Success = 0;

    /// <summary>The job ended otherwise.</summary>
    public const int JobFailed = 1;

    /// <summary>
    /// Bad usage, an unknown job, an invalid flow or input, or a job id that is taken by something else.
    /// </summary>
    public const int BadUsage = 2;

    /// <summary>The journal is locked, damaged or cannot be written.</summary>
    public const int JournalTrouble = 3;

    /// <summary>Interrupted by Ctrl-C or SIGTERM.</summary>
    public const int Interrupted = 130;
}
