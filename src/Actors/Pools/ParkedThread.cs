namespace ActorFlow.Actors;

/// <summary>A thread that waits to be woken; a wake before the wait is not lost.</summary>
internal sealed class ParkedThread
{
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
