namespace ActorFlow.Engine;

/// <summary>Tasks that wait for a slot, a queue a pool: higher priority first, then first come, first served.</summary>
/// <remarks>A task that stopped being ready stays in its queue until it comes first; then it is dropped.</remarks>
internal sealed class ReadyQueues
{
    private readonly JobGraph _graph;
    private readonly Queue<int>[] _plain;
    private readonly PriorityQueue<int, (int Priority, long Order)>?[] _ranked;
    private readonly int[] _counts;
    private long _order;

    public ReadyQueues(JobGraph graph)
    {
        _graph = graph;
        _plain = [.. graph.Flow.Pools.Names.Select(_ => new Queue<int>())];
        _ranked = new PriorityQueue<int, (int, long)>?[_plain.Length];
        _counts = new int[_plain.Length];
    }

    /// <summary>How many tasks are ready in a pool.</summary>
    public int Count(int pool) => _counts[pool];

    public void Add(int task)
    {
        var pool = _graph.PoolOf(task);
        _counts[pool]++;
        var priority = _graph.PolicyOf(task).Priority;
        if (priority == 0 && _ranked[pool] is null) _plain[pool].Enqueue(task);
        else Ranked(pool).Enqueue(task, (-priority, _order++));
    }

    /// <summary>A task of a pool is not ready any more, whichever way it went.</summary>
    public void Left(int pool) => _counts[pool]--;

    /// <summary>The first in the queue of a pool.</summary>
    public bool TryPeek(int pool, out int task) =>
        _ranked[pool] is { } ranked ? ranked.TryPeek(out task, out _) : _plain[pool].TryPeek(out task);

    /// <summary>Takes the first out of the queue of a pool.</summary>
    public void Drop(int pool)
    {
        if (_ranked[pool] is { } ranked) ranked.Dequeue();
        else _plain[pool].Dequeue();
    }

    // Most jobs have one priority and pay for a plain queue only.
    private PriorityQueue<int, (int, long)> Ranked(int pool)
    {
        if (_ranked[pool] is { } ranked) return ranked;
        ranked = new();
        while (_plain[pool].TryDequeue(out var task)) ranked.Enqueue(task, (0, _order++));
        return _ranked[pool] = ranked;
    }
}
