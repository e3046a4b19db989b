namespace ActorFlow;

/// <summary>Why a program ended.</summary>
public enum ProcessEnding
{
    /// <summary>By itself, or by a signal of somebody else.</summary>
    Exited,

    /// <summary>Its time was over, and it was ended.</summary>
    TimedOut,

    /// <summary>It printed more than its log takes, and was ended.</summary>
    PrintedTooMuch,

    /// <summary>It did not begin: it could not be started.</summary>
    NotStarted,
}

/// <summary>What became of a program.</summary>
public sealed class ProcessResult
{
    // What a shell adds to the number of the signal that ended a process.
    private const int Signalled = 128;
    private const int LastSignal = 64;

    internal ProcessResult(ProcessSpec spec, int exitCode, ProcessEnding ending)
    {
        Spec = spec;
        ExitCode = exitCode;
        Ending = ending;
    }

    /// <summary>What was run.</summary>
    public ProcessSpec Spec { get; }

    /// <summary>Its exit code; 128 and the signal if one ended it; -1 if it could not be started.</summary>
    public int ExitCode { get; }

    /// <summary>Why it ended.</summary>
    public ProcessEnding Ending { get; }

    /// <summary>Whether it ended by itself, with exit code 0.</summary>
    public bool Succeeded => Ending == ProcessEnding.Exited && ExitCode == 0;

    /// <summary>The signal that ended it; null if none did.</summary>
    public int? Signal =>
        ExitCode is > Signalled and <= Signalled + LastSignal ? ExitCode - Signalled : null;

    /// <summary>
    /// What it printed, without its standard error if that has a file of its own; cut after
    /// <see cref="ProcessSpec.OutputLimit"/> bytes.
    /// </summary>
    public string Output { get; internal init; } = "";

    /// <summary>How much it printed there, in bytes, whether it is all in <see cref="Output"/> or not.</summary>
    public long OutputBytes { get; internal init; }

    /// <summary>Whether it printed more than <see cref="Output"/> holds.</summary>
    public bool IsOutputCut { get; internal init; }

    /// <summary>The end of what it wrote to its standard error, or of all that it printed if both are one.</summary>
    public string ErrorTail { get; internal init; } = "";

    /// <summary>The file with all that it printed; null if there is none, as it could not be started.</summary>
    public string? LogFile { get; internal init; }

    internal bool LogStays { get; init; }

    /// <summary>Gives this back if the program succeeded.</summary>
    /// <exception cref="ProcessExitException">It did not.</exception>
    public ProcessResult EnsureSuccess() => Succeeded ? this : throw new ProcessExitException(this);

    internal string Describe()
    {
        var what = Ending switch
        {
            ProcessEnding.NotStarted => "the command did not begin",
            ProcessEnding.TimedOut => $"the command did not end within {Spec.Timeout}",
            ProcessEnding.PrintedTooMuch =>
                $"the command printed more than the {Spec.LogLimit} bytes that its log takes",
            _ when Signal is { } signal => $"the command was ended by signal {signal}",
            _ => $"the command ended with exit code {ExitCode}",
        };
        var silent = Spec.ErrorFile is null ? " and printed nothing" : " and wrote nothing to standard error";
        var said = ErrorTail.Length > 0 ? $": {ErrorTail}" : silent;
        return what + said + (LogStays ? $" (its output: {LogFile})" : "");
    }
}
