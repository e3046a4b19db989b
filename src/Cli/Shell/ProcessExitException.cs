namespace ActorFlow.Cli;

/// <summary>A command ended with another exit code than 0.</summary>
internal sealed class ProcessExitException(int exitCode, string errorOutput, string? logFile)
    : ActorFlowException(Describe(exitCode, errorOutput, logFile)), IFailure
{
    // What a shell adds to the number of the signal that ended a process.
    private const int Signalled = 128;
    private const int LastSignal = 64;

    private static bool IsSignal(int exitCode) => exitCode is > Signalled and <= Signalled + LastSignal;

    /// <summary><c>exit 75</c> or <c>signal 9</c>: what policies name.</summary>
    public Failure ToFailure() => IsSignal(exitCode)
        ? new Failure($"signal {exitCode - Signalled}", Message) { BroaderTypes = [$"exit {exitCode}"] }
        : new Failure($"exit {exitCode}", Message);

    private static string Describe(int exitCode, string errorOutput, string? logFile)
    {
        var what = IsSignal(exitCode)
            ? $"the command was ended by signal {exitCode - Signalled}"
            : $"the command ended with exit code {exitCode}";
        var said = errorOutput.Length > 0 ? $": {errorOutput}" : " and wrote nothing to standard error";
        return what + said + (logFile is null ? "" : $" (its output: {logFile})");
    }
}

/// <summary>A command printed what cannot be taken as its output.</summary>
internal sealed class ProcessOutputException(string message) : ActorFlowException(message), IFailure
{
    /// <summary><c>output</c>: what policies name.</summary>
    public Failure ToFailure() => new("output", Message);
}
