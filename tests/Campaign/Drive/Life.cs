using System.Diagnostics;

namespace ActorFlow.Campaign;

/// <summary>What a process said until it ended or was killed.</summary>
/// <param name="Kind">How far it was.</param>
/// <param name="ExitCode">How it ended; null if it was killed.</param>
/// <param name="Said">What it said, in order.</param>
/// <param name="Errors">What it said besides.</param>
internal sealed record Life(LifeKind Kind, int? ExitCode, IReadOnlyList<string> Said, string Errors)
{
    // 128 and the signal's number.
    private const int Killed = 137;

    public bool WasKilled => ExitCode is null;

    /// <summary>Starts a process and lets it live until the moment has come, or to its end.</summary>
    /// <param name="host">Knows how it is started and what its lines mean.</param>
    /// <param name="moment">When it is killed; null for never.</param>
    /// <param name="number">Which life it is.</param>
    public static async Task<Life> LiveAsync(IHost host, KillMoment? moment, int number)
    {
        using var process = Process.Start(Redirected(host.Next(number)))!;
        var errors = (host.SpeaksOnErrors ? process.StandardOutput : process.StandardError).ReadToEndAsync();
        var killing = moment is { IsFromStart: true } ? KillAsync(process, moment.Delay) : Task.CompletedTask;
        var (said, kind) = (new List<string>(), LifeKind.Opening);
        var lines = host.SpeaksOnErrors ? process.StandardError : process.StandardOutput;
        while (await lines.ReadLineAsync() is { } line)
        {
            said.Add(line);
            if (kind == LifeKind.Opening && host.HasOpened(line)) kind = LifeKind.Working;
            if (host.IsEnding(line)) kind = LifeKind.Ending;
            if (moment?.Follows(said.Count, kind == LifeKind.Ending) != true) continue;
            Spin(moment.Delay);
            process.Kill();
            moment = null;
        }

        await process.WaitForExitAsync();
        await killing;
        return new Life(kind, process.ExitCode == Killed ? null : process.ExitCode, said, await errors);
    }

    private static ProcessStartInfo Redirected(ProcessStartInfo start)
    {
        (start.UseShellExecute, start.RedirectStandardOutput, start.RedirectStandardError) = (false, true, true);
        return start;
    }

    private static async Task KillAsync(Process process, TimeSpan delay)
    {
        var time = TimeProvider.System;
        await Task.Delay(delay, time);
        // One that has ended by itself is left alone.
        process.Kill();
    }

    // Shorter than what timers can wait for.
    private static void Spin(TimeSpan delay)
    {
        for (var since = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(since) < delay;) Thread.SpinWait(10);
    }
}

/// <summary>How far a process was when it ended.</summary>
internal enum LifeKind { Opening, Working, Ending }
