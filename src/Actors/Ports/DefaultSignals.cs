using System.Diagnostics;

namespace ActorFlow.Actors;

/// <summary>Gives programs back a signal that the runtime ignores for itself, and that they would ignore too.</summary>
/// <remarks>
/// A program that writes to a pipe which nobody reads any more, as behind <c>| head -1</c>, is to be ended by that; a
/// shell cannot undo it itself.
/// </remarks>
public static class DefaultSignals
{
    private const string Environment = "/usr/bin/env";
    private const string Restore = "--default-signal=PIPE";

    // Only that of GNU can; where there is none, programs are started as they were.
    private static readonly Lazy<bool> Works = new(Try);

    /// <summary>Has what is to be started begin with the signal as it is by default, where that can be had.</summary>
    public static void Of(ProcessStartInfo start)
    {
        ArgumentNullException.ThrowIfNull(start);
        if (!Works.Value) return;
        start.ArgumentList.Insert(0, start.FileName);
        start.ArgumentList.Insert(0, Restore);
        start.FileName = Environment;
    }

    private static bool Try()
    {
        if (!File.Exists(Environment)) return false;
        try
        {
            using var process = Process.Start(new ProcessStartInfo(Environment, [Restore, "true"])
            {
                UseShellExecute = false,
                RedirectStandardError = true,
            })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
