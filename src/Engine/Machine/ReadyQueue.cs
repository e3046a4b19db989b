namespace ActorFlow.Engine;

/// <summary>Tasks that wait for a slot of one pool: higher priority first, then first come, first served.</summary>
/// <remarks>A task that stopped being ready stays in the queue until it comes first; then it is dropped.</remarks>
internal sealed class ReadyQueue
{
    private readonly Queue<int> _plain = new();

    // Most jobs have one priority and pay for a plain queue only.
    private PriorityQueue<int, (int Priority, long Order)>? _ranked;
    private long _order;

    /// <summary>How many tasks are ready.</summary>
    public int Count { get; private set; }

    public void Add(int task, int priority)
    {
        Count++;
        if (priority == 0 && _ranked is null) _plain.Enqueue(task);
        // Not the negative, which the least of all has not.
        else Ranked().Enqueue(task, (~priority, _order++));
    }

    /// <summary>A task is not ready any more, whichever way it went.</summary>
    public void Left() => Count--;

    /// <summary>The first in the queue.</summary>
    public bool TryPeek(out int task) =>
        _ranked is { } ranked ? ranked.TryPeek(out task, out _) : _plain.TryPeek(out task);

    /// <summary>Takes the first out of the queue.</summary>
    public void Drop()
    {
        if (_ranked is { } ranked) ranked.Dequeue();
        else _plain.Dequeue();
    }

    private PriorityQueue<int, (int Priority, long Order)> Ranked()
    {
        if (_ranked is not null) return _ranked;
        _ranked = new();
        while (_plain.TryDequeue(out var task)) _ranked.Enqueue(task, (~0, _order++));
        return _ranked;
    }
}
