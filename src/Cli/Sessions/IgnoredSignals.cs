using System.Globalization;

namespace ActorFlow.Cli;

/// <summary>Signals that this process was started to ignore, as <c>nohup</c> does; only Linux tells.</summary>
internal static class IgnoredSignals
{
    private const string Status = "/proc/self/status";
    private const string Field = "SigIgn:";

    /// <summary>Whether the end of the terminal is to mean nothing.</summary>
    public static bool HangUp { get; } = Read();

    private static bool Read()
    {
        if (!File.Exists(Status)) return false;
        var line = File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal));
        // The first bit is that of the first signal, which is this one.
        return line is not null
            && ulong.TryParse(line.AsSpan(Field.Length).Trim(), NumberStyles.HexNumber, null, out var ignored)
            && (ignored & 1) != 0;
    }
}
