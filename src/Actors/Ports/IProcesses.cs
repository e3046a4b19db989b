namespace ActorFlow.Actors;

/// <summary>Port: runs programs as processes of the operating system.</summary>
public interface IProcesses : IDisposable
{
    /// <summary>Runs a program to its end.</summary>
    /// <param name="start">The program, and all that its process is started with.</param>
    /// <param name="mayGoOn">Asked several times a second while it runs; false ends it.</param>
    /// <param name="cancellationToken">Ends the process, with all of its children.</param>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing of it runs any more.</exception>
    /// <exception cref="ProcessStartException">It could not be started.</exception>
    /// <exception cref="ObjectDisposedException">The engine is closed.</exception>
    Task<ProcessEnd> RunAsync(ProcessStart start, Func<bool> mayGoOn, CancellationToken cancellationToken);

    /// <summary>Ends what runs still of a process that was killed and could not end it.</summary>
    /// <param name="marks">The <see cref="ProcessStart.Mark"/> of what is to end.</param>
    /// <returns>
    /// How many processes there were. They were killed, and are gone unless the system itself holds them. The default
    /// is that of programs which never outlive the process that started them.
    /// </returns>
    Task<int> EndLeftOverAsync(IReadOnlySet<string> marks) => Task.FromResult(0);
}

/// <summary>How a process ended.</summary>
/// <param name="ExitCode">Its exit code; 128 and the signal if one ended it.</param>
/// <param name="Ending">Why it ended.</param>
public sealed record ProcessEnd(int ExitCode, ProcessEnding Ending);
