using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ActorFlow.Actors;

/// <summary>
/// Runs each program in a process group of its own, so that it can be ended with all of its children. For systems with
/// a <c>/bin/sh</c>.
/// </summary>
/// <remarks>
/// Output goes straight to files: no pipe is left open by a child in the background, and nothing is lost when this
/// process is killed. Processes live in real time, whatever clock the engine has.
/// </remarks>
public sealed partial class ProcessGroups : IProcesses
{
    private const string Shell = "/bin/sh";

    // No value is ever part of the text that a shell reads here.
    private const string Apart = """exec <"$1" >>"$2" 2>>"$3"; shift 3; exec "$@" """;
    private const string Merged = """exec <"$1" >>"$2" 2>&1; shift 3; exec "$@" """;

    private const int Terminate = 15;
    private const int Kill = 9;

    /// <summary>How often it is asked whether a program may go on.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    // Who waits for its disk cannot even be killed.
    private static readonly TimeSpan LongestDeath = TimeSpan.FromSeconds(1);

    // Makes the process the leader of a group; where there is none, children are found by their parents.
    private static readonly string? NewSession =
        Array.Find(["/usr/bin/setsid", "/bin/setsid"], File.Exists);

    private readonly ConcurrentDictionary<Process, bool> _running = new();

    // Whatever another process has left is there before this one asks: one look tells for all jobs.
    private readonly Lazy<IReadOnlySet<string>> _leftOver = new(MarkedProcesses.Marks);

    private volatile bool _isClosed;

    /// <inheritdoc />
    public async Task<ProcessEnd> RunAsync(
        ProcessStart start, Func<bool> mayGoOn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(mayGoOn);
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_isClosed, this);
        using var process = Start(start);
        _running.TryAdd(process, true);
        try
        {
            if (_isClosed) Signal(process, Kill);
            var ending = await WatchAsync(process, start, mayGoOn, cancellationToken).ConfigureAwait(false);
            return new ProcessEnd(process.ExitCode, ending);
        }
        catch
        {
            await EndAsync(process, start.Grace).ConfigureAwait(false);
            throw;
        }
        finally
        {
            _running.TryRemove(process, out _);
        }
    }

    /// <inheritdoc />
    public Task<int> EndLeftOverAsync(IReadOnlySet<string> marks) =>
        marks.Overlaps(_leftOver.Value) ? MarkedProcesses.EndAsync(marks) : Task.FromResult(0);

    /// <summary>Kills what runs still, children included; nothing can be started any more.</summary>
    public void Dispose()
    {
        _isClosed = true;
        foreach (var process in _running.Keys) Signal(process, Kill);
    }

    private static async Task<ProcessEnding> WatchAsync(
        Process process, ProcessStart start, Func<bool> mayGoOn, CancellationToken cancellationToken)
    {
        var exit = process.WaitForExitAsync(cancellationToken);
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            var left = start.Timeout - Stopwatch.GetElapsedTime(begun);
            if (left <= TimeSpan.Zero) return await EndAsync(ProcessEnding.TimedOut).ConfigureAwait(false);
            var look = left is { } rest && rest < Look ? rest : Look;
            if (await Task.WhenAny(exit, Task.Delay(look, CancellationToken.None)).ConfigureAwait(false) == exit)
            {
                await exit.ConfigureAwait(false);
                return ProcessEnding.Exited;
            }

            if (!mayGoOn()) return await EndAsync(ProcessEnding.PrintedTooMuch).ConfigureAwait(false);
        }

        async Task<ProcessEnding> EndAsync(ProcessEnding ending)
        {
            await ProcessGroups.EndAsync(process, start.Grace).ConfigureAwait(false);
            return ending;
        }
    }

    private static Process Start(ProcessStart start)
    {
        var program = ProgramFile.Find(start);
        var info = new ProcessStartInfo(NewSession ?? Shell)
        {
            UseShellExecute = false,
            WorkingDirectory = start.Directory,
        };
        if (NewSession is not null) info.ArgumentList.Add(Shell);
        foreach (var argument in (string[])[
            "-c", start.ErrorFile is null ? Merged : Apart, "sh", start.InputFile ?? "/dev/null", start.OutputFile,
            start.ErrorFile ?? "", program, .. start.Arguments])
            info.ArgumentList.Add(Checked(argument, "An argument"));
        DefaultSignals.Of(info);
        foreach (var (name, value) in start.Environment)
        {
            if (value is null) info.Environment.Remove(name);
            else info.Environment[name] = Checked(value, $"The value of ${name}");
        }

        if (start.Mark is not null) MarkedProcesses.Mark(info, start.Mark);

        try
        {
            return Process.Start(info)!;
        }
        catch (Exception e) when (e is Win32Exception or ArgumentException)
        {
            throw new ProcessStartException(WhyNot(start, e), e);
        }
    }

    private static string Checked(string value, string what) => !value.Contains('\0', StringComparison.Ordinal)
        ? value
        : throw new ProcessStartException(
            $"{what} has a NUL character, which no {(what[0] == 'A' ? "argument" : "variable")} can hold. "
            + "Hand over a file's path instead.");

    private static string WhyNot(ProcessStart start, Exception error)
    {
        var (what, kind, text) = start.Environment
            .Select(variable => (What: $"The value of ${variable.Key}", Kind: "variable", Text: variable.Value ?? ""))
            .Concat(start.Arguments.Select(
                argument => (What: $"An argument of '{start.FileName}'", Kind: "argument", Text: argument)))
            .FirstOrDefault(given => given.Text.Length > 100_000);
        return text is not null
            ? $"{what} has {text.Length} characters; the system takes about 128 thousand for one {kind}. "
                + "Hand over a file's path instead."
            : $"'{start.FileName}' could not be started: {error.Message}";
    }

    private static async Task EndAsync(Process process, TimeSpan grace)
    {
        Signal(process, Terminate);
        try
        {
            await process.WaitForExitAsync(CancellationToken.None)
                .WaitAsync(Timers.Bounded(grace)).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // It did not heed the request; what follows does not ask.
        }

        Signal(process, Kill);
        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        await UntilGone(process.Id).ConfigureAwait(false);
    }

    // A child that was killed has still to die: what it holds is not free before, and the next attempt may want it.
    private static async Task UntilGone(int group)
    {
        var begun = Stopwatch.GetTimestamp();
        while (IsAlive(group) && Stopwatch.GetElapsedTime(begun) < LongestDeath)
            await Task.Delay(TimeSpan.FromMilliseconds(1), CancellationToken.None).ConfigureAwait(false);
    }

    private static bool IsAlive(int group) =>
        NewSession is not null && kill(-group, 0) == 0 && GroupMembers.AreAlive(group);

    private static void Signal(Process process, int signal)
    {
        try
        {
            // A group is there as long as one of its processes is, and not before its leader has made it.
            if (NewSession is null && signal == Kill) process.Kill(entireProcessTree: true);
            else if ((NewSession is null || kill(-process.Id, signal) != 0) && !process.HasExited)
                _ = kill(process.Id, signal);
        }
        catch (InvalidOperationException)
        {
            // It ended just now, and whoever waited for it has disposed it.
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int process, int signal);
}
