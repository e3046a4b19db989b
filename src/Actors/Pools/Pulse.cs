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
    private const int Resting = 0;
    private const int Looking = 1;
    private const int Beaten = 2;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(1);

    private readonly Func<IReadOnlyList<Workers>> _pools;
    private readonly ParkedThread _thread = new();
    private readonly object _gate = new();
    private int _standing;
    private volatile bool _stopped;

    public Pulse(Func<IReadOnlyList<Workers>> pools) => _pools = pools;

    /// <summary>An attempt is about to run: there is something to look at.</summary>
    public void Beat()
    {
        if (Volatile.Read(ref _standing) == Beaten) return;
        if (Interlocked.Exchange(ref _standing, Beaten) == Resting) _thread.Unpark();
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

    private void Pause()
    {
        lock (_gate)
            if (!_stopped)
                Monitor.Wait(_gate, Interval);
    }

    // Nobody has beaten since the last look.
    private bool TryRest() => Interlocked.CompareExchange(ref _standing, Resting, Looking) == Looking;

    private void Look()
    {
        while (!_stopped)
        {
            _thread.Park();
            var looked = Stopwatch.GetTimestamp();
            for (var idle = 0; !_stopped && (idle < RestAfterIdleLooks || !TryRest());)
            {
                Pause();
                var took = Stopwatch.GetElapsedTime(looked);
                looked = Stopwatch.GetTimestamp();
                // Whoever has beaten is about to run what is there to be looked at.
                var isBusy = Interlocked.CompareExchange(ref _standing, Looking, Beaten) == Beaten;
                foreach (var workers in _pools()) isBusy |= workers.LookAt(took);
                idle = isBusy ? 0 : idle + 1;
            }
        }
    }
}
