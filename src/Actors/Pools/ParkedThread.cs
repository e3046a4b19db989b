namespace ActorFlow.Actors;

/// <summary>A thread that waits to be woken; a wake before the wait is not lost.</summary>
internal sealed class ParkedThread
{
    /// <summary>About how long it takes to wake one, or any thread, for something to do.</summary>
    public static readonly TimeSpan HandOver = TimeSpan.FromMicroseconds(20);

    private readonly object _monitor = new();
    private bool _woken;

    public void Park()
    {
        lock (_monitor)
        {
            while (!_woken) Monitor.Wait(_monitor);
            _woken = false;
        }
    }

    public void Unpark()
    {
        lock (_monitor)
        {
            _woken = true;
            Monitor.Pulse(_monitor);
        }
    }
}
