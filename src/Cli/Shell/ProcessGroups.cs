using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ActorFlow.Cli;

/// <summary>
/// Runs each command in a process group of its own, so that it can be ended with all of its children.
/// </summary>
/// <remarks>
/// Output goes straight to files: no pipe is left open by a child in the background, and nothing is lost when this
/// process is killed.
/// </remarks>
internal sealed partial class ProcessGroups : IProcesses
{
    // $0 is the interpreter, $1 the command: no value is ever part of the text that a shell reads here.
    private const string Redirect = """exec "$0" -c "$1" </dev/null >"$ACTORFLOW_OUTPUT" 2>"$ACTORFLOW_ERRORS" """;

    private const int Terminate = 15;
    private const int Kill = 9;

    /// <summary>How long a process may take to end when it is asked to, before it is killed.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    // Makes the process the leader of a group; where there is none, children are found by their parents.
    private static readonly string? NewSession =
        Array.Find(["/usr/bin/setsid", "/bin/setsid"], File.Exists);

    private readonly ConcurrentDictionary<Process, bool> _ending = new();

    /// <summary>The one instance.</summary>
    public static ProcessGroups Instance { get; } = new();

    public async Task<int> RunAsync(ShellCommand command, TimeProvider time, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var process = Start(command);
        try
        {
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            _ending.TryAdd(process, true);
            await EndAsync(process, time).ConfigureAwait(false);
            throw;
        }
        finally
        {
            _ending.TryRemove(process, out _);
        }
    }

    /// <summary>Kills what was asked to end and has not, children included.</summary>
    public void KillEnding()
    {
        foreach (var process in _ending.Keys) Signal(process, Kill);
    }

    private static Process Start(ShellCommand command)
    {
        var start = new ProcessStartInfo(NewSession ?? ShellCommand.DefaultInterpreter)
        {
            UseShellExecute = false,
            WorkingDirectory = command.Directory,
        };
        if (NewSession is not null) start.ArgumentList.Add(ShellCommand.DefaultInterpreter);
        foreach (var argument in (string[])["-c", Redirect, command.Interpreter, command.Text])
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in command.Environment)
        {
            if (value is null) start.Environment.Remove(name);
            else if (!value.Contains('\0', StringComparison.Ordinal)) start.Environment[name] = value;
            else
                throw new ProcessStartException(
                    $"The value of ${name} has a NUL character, which no variable can hold. "
                    + "Hand over a file's path instead.");
        }

        start.Environment["ACTORFLOW_OUTPUT"] = command.OutputFile;
        start.Environment["ACTORFLOW_ERRORS"] = command.ErrorFile;
        try
        {
            return Process.Start(start)!;
        }
        catch (Exception e) when (e is Win32Exception or ArgumentException)
        {
            throw new ProcessStartException(WhyNot(command, e), e);
        }
    }

    private static string WhyNot(ShellCommand command, Exception error)
    {
        if (!Directory.Exists(command.Directory)) return $"There is no directory '{command.Directory}' to run it in.";
        var largest = command.Environment.MaxBy(v => v.Value?.Length ?? 0);
        return largest.Value is { Length: > 100_000 } value
            ? $"The value of ${largest.Key} has {value.Length} characters; the system takes about 128 thousand for "
                + "one variable. Hand over a file's path instead."
            : $"The command could not be started: {error.Message}";
    }

    private static async Task EndAsync(Process process, TimeProvider time)
    {
        Signal(process, Terminate);
        try
        {
            await process.WaitForExitAsync(CancellationToken.None).WaitAsync(Grace, time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // It did not heed the request; what follows does not ask.
        }

        Signal(process, Kill);
        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private static void Signal(Process process, int signal)
    {
        // A group is there as long as one of its processes is.
        if (NewSession is not null) _ = kill(-process.Id, signal);
        else if (signal == Kill) process.Kill(entireProcessTree: true);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int process, int signal);
}
