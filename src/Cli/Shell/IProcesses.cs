namespace ActorFlow.Cli;

/// <summary>Port: runs commands as processes of the operating system.</summary>
internal interface IProcesses
{
    /// <summary>Runs a command to its end.</summary>
    /// <param name="command">The command.</param>
    /// <param name="time">The clock of the wait between asking a process to end and killing it.</param>
    /// <param name="cancellationToken">Ends the process, with all of its children.</param>
    /// <returns>The exit code; 128 and the signal if one ended it.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing of it runs any more.</exception>
    /// <exception cref="ProcessStartException">It could not be started.</exception>
    Task<int> RunAsync(ShellCommand command, TimeProvider time, CancellationToken cancellationToken);
}

/// <summary>A command could not be started at all.</summary>
internal sealed class ProcessStartException(string message, Exception? inner = null)
    : ActorFlowException(message, inner);
