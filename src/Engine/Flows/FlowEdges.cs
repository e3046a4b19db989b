namespace ActorFlow;

/// <summary>One end of an edge, packed into four bytes: a million-task flow has millions of them.</summary>
public readonly struct EdgeEnd
{
    private readonly int _packed;

    internal EdgeEnd(int task, bool required) => _packed = required ? task : ~task;

    /// <summary>The number of the task at this end.</summary>
    public int Task => _packed < 0 ? ~_packed : _packed;

    /// <summary>Whether the upstream task must succeed.</summary>
    public bool Required => _packed >= 0;
}

/// <summary>Who needs whom: adjacency in two flat arrays each way, no object per edge.</summary>
public sealed class FlowEdges
{
    private readonly int[] _upStarts;
    private readonly EdgeEnd[] _ups;
    private readonly int[] _downStarts;
    private readonly EdgeEnd[] _downs;

    /// <summary>Takes the distinct upstream ends of each task in turn.</summary>
    internal FlowEdges(int tasks, int[] upStarts, EdgeEnd[] ups)
    {
        _upStarts = upStarts;
        _ups = ups;
        _downStarts = new int[tasks + 1];
        foreach (var up in ups) _downStarts[up.Task + 1]++;
        for (var i = 0; i < tasks; i++) _downStarts[i + 1] += _downStarts[i];
        var next = _downStarts.AsSpan(0, tasks).ToArray();
        _downs = new EdgeEnd[ups.Length];
        for (var task = 0; task < tasks; task++)
            foreach (var up in Upstream(task))
                _downs[next[up.Task]++] = new EdgeEnd(task, up.Required);
    }

    /// <summary>How many edges there are.</summary>
    public int Count => _ups.Length;

    /// <summary>The tasks that a task needs, each once.</summary>
    public ReadOnlySpan<EdgeEnd> Upstream(int task) => _ups.AsSpan(_upStarts[task].._upStarts[task + 1]);

    /// <summary>The tasks that need a task, each once.</summary>
    public ReadOnlySpan<EdgeEnd> Downstream(int task) => _downs.AsSpan(_downStarts[task].._downStarts[task + 1]);

    /// <summary>
    /// An order in which every task comes after what it needs; ties go by number. Shorter than the flow on a cycle.
    /// </summary>
    public int[] TopologicalOrder()
    {
        var tasks = _upStarts.Length - 1;
        if (IsInOrder()) return [.. Enumerable.Range(0, tasks)];
        var open = new int[tasks];
        var ready = new PriorityQueue<int, int>();
        for (var task = 0; task < tasks; task++)
        {
            open[task] = Upstream(task).Length;
            if (open[task] == 0) ready.Enqueue(task, task);
        }

        var order = new List<int>(tasks);
        while (ready.TryDequeue(out var task, out _))
        {
            order.Add(task);
            foreach (var down in Downstream(task))
                if (--open[down.Task] == 0) ready.Enqueue(down.Task, down.Task);
        }

        return [.. order];
    }

    /// <summary>
    /// Whether every task was declared after what it needs, as most are: then the order is that of the numbers.
    /// </summary>
    private bool IsInOrder()
    {
        for (var task = 0; task < _upStarts.Length - 1; task++)
            foreach (var up in Upstream(task))
                if (up.Task >= task) return false;
        return true;
    }
}
