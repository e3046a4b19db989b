using System.Diagnostics;

namespace ActorFlow.Actors;

/// <summary>
/// Looks at the workers every millisecond while there is something to do: whether attempts are so short that one thread
/// does more alone than several that wait for each other, and whether one is stuck that others rely on.
/// </summary>
/// <remarks>
/// A hand-over between threads takes longer than an attempt of a microsecond. So while attempts are that short one
/// worker of a pool runs them, a few in a row between two turns of the supervisor; the first attempt that takes longer
/// is noticed here within two looks, and the others go to work at once.
/// </remarks>
internal sealed class Pulse
{
    private const int RestAfterIdleLooks = 20;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(1);

    private readonly Func<IReadOnlyList<Workers>> _pools;
    private readonly ParkedThread _thread = new();
    private readonly object _gate = new();
    private int _beats;
    private volatile bool _stopped;

    public Pulse(Func<IReadOnlyList<Workers>> pools) => _pools = pools;

    /// <summary>An attempt is about to run: there is something to look at.</summary>
    public void Beat()
    {
        if (Volatile.Read(ref _beats) != 0) return;
        var before = Interlocked.CompareExchange(ref _beats, 1, 0);
        if (before == 0) _thread.Unpark();
    }

    public void Start() => new Thread(Look) { IsBackground = true, Name = "actorflow pulse" }.Start();

    public void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.Pulse(_gate);
        }

        _thread.Unpark();
    }

    private void Rest()
    {
        lock (_gate)
            if (!_stopped)
                Monitor.Wait(_gate, Interval);
    }

    private void Look()
    {
        while (!_stopped)
        {
            _thread.Park();
            var looked = Stopwatch.GetTimestamp();
            for (var idle = 0; idle < RestAfterIdleLooks && !_stopped;)
            {
                Rest();
                var took = Stopwatch.GetElapsedTime(looked);
                looked = Stopwatch.GetTimestamp();
                var isBusy = false;
                foreach (var workers in _pools()) isBusy |= workers.LookAt(took);
                idle = isBusy ? 0 : idle + 1;
            }

            Volatile.Write(ref _beats, 0);
        }
    }
}
