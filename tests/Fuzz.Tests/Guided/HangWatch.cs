using System.Diagnostics;

namespace ActorFlow.Fuzz.Tests;

/// <summary>Ends the process if an input is not read: what never returns can only be told from outside.</summary>
/// <remarks>It goes by the time of the processor: on a busy machine all takes long by the clock.</remarks>
internal sealed class HangWatch : IDisposable
{
    private static readonly TimeSpan MostWork = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan MostWaiting = TimeSpan.FromMinutes(10);

    private readonly RunningInput _running;
    private readonly Timer _timer;
    private TimeSpan _work;
    private long _since = Stopwatch.GetTimestamp();

    public HangWatch(RunningInput running)
    {
        (_running, _work) = (running, Environment.CpuUsage.TotalTime);
        _timer = new Timer(_ => Look(), null, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5));
    }

    /// <summary>The next input is read.</summary>
    public void Begin(byte[] input)
    {
        _running.Note(input);
        (_work, _since) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        var work = Environment.CpuUsage.TotalTime - _work;
        if (work < MostWork && Stopwatch.GetElapsedTime(_since) < MostWaiting) return;
        var kept = Path.ChangeExtension(_running.Path, ".hangs");
        File.Copy(_running.Path, kept, overwrite: true);
        Console.WriteLine($"An input is not read, and took {work.TotalSeconds:F0} s of work: {kept}");
        Environment.Exit(1);
    }
}
