using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace ActorFlow.Cli.Tests;

/// <summary>The command as a process of its own, which can be killed.</summary>
internal sealed class ToolProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private ToolProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _errors = process.StandardError.ReadToEndAsync();
    }

    // Who starts tests in the background of a script lets them ignore an interruption, and all that they start.
    public static ToolProcess Start(string directory, params string[] arguments) =>
        StartBy(IgnoresInterruption ? ["env", "--default-signal=HUP,INT,QUIT"] : [], directory, arguments);

    /// <summary>Starts the command as <c>nohup</c> does.</summary>
    public static ToolProcess StartWithoutHangUp(string directory, params string[] arguments) =>
        StartBy(["env", "--ignore-signal=HUP"], directory, arguments);

    private static ToolProcess StartBy(string[] by, string directory, string[] arguments)
    {
        string[] tool =
            [.. by, Environment.ProcessPath!, Path.Combine(AppContext.BaseDirectory, "ActorFlow.Cli.dll")];
        var start = new ProcessStartInfo(tool[0], [.. tool[1..], .. arguments])
        {
            WorkingDirectory = directory,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new ToolProcess(Process.Start(start)!);
    }

    private static bool IgnoresInterruption { get; } = FindIgnored("/proc/self/status");

    private static bool FindIgnored(string status)
    {
        const string Key = "SigIgn:";
        if (!File.Exists(status)) return false;
        var mask = File.ReadLines(status).First(line => line.StartsWith(Key, StringComparison.Ordinal))[Key.Length..];
        // The first three signals, by their bits.
        return (Convert.ToUInt64(mask.Trim(), 16) & 0b111) != 0;
    }

    public static Task<CommandResult> RunAsync(string directory, params string[] arguments) =>
        Start(directory, arguments).EndAsync();

    public async Task<CommandResult> EndAsync()
    {
        await _process.WaitForExitAsync();
        using (this) return new CommandResult(_process.ExitCode, await _output, await _errors);
    }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    public void Kill() => _process.Kill();

    public void Signal(PosixSignal signal)
    {
        var name = $"-{signal.ToString()[3..]}";
        using var kill = Process.Start("kill", [name, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public void Dispose() => _process.Dispose();
}
