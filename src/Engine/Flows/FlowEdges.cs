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
    private readonly int _first;
    private readonly int[] _upStarts;
    private readonly EdgeEnd[] _ups;
    private readonly int[] _downStarts;
    private readonly EdgeEnd[] _downs;

    /// <summary>Takes the distinct upstream ends of each task in turn; the tasks are numbered from the first.</summary>
    internal FlowEdges(int tasks, int[] upStarts, EdgeEnd[] ups, int first = 0)
    {
        _first = first;
        _upStarts = upStarts;
        _ups = ups;
        _downStarts = new int[tasks + 1];
        foreach (var up in ups) _downStarts[up.Task - first + 1]++;
        for (var i = 0; i < tasks; i++) _downStarts[i + 1] += _downStarts[i];
        var next = _downStarts.AsSpan(0, tasks).ToArray();
        _downs = new EdgeEnd[ups.Length];
        for (var task = 0; task < tasks; task++)
            foreach (var up in Upstream(first + task))
                _downs[next[up.Task - first]++] = new EdgeEnd(first + task, up.Required);
    }

    /// <summary>How many edges there are.</summary>
    public int Count => _ups.Length;

    /// <summary>The tasks that a task needs, each once.</summary>
    public ReadOnlySpan<EdgeEnd> Upstream(int task) => Of(task - _first, _upStarts, _ups);

    /// <summary>The tasks that need a task, each once.</summary>
    public ReadOnlySpan<EdgeEnd> Downstream(int task) => Of(task - _first, _downStarts, _downs);

    /// <summary>
    /// An order in which every task comes after what it needs; ties go by number. Shorter than the flow on a cycle.
    /// </summary>
    public int[] TopologicalOrder()
    {
        var tasks = _upStarts.Length - 1;
        if (IsInOrder()) return [.. Enumerable.Range(_first, tasks)];
        var open = new int[tasks];
        var ready = new PriorityQueue<int, int>();
        for (var task = 0; task < tasks; task++)
        {
            open[task] = Upstream(_first + task).Length;
            if (open[task] == 0) ready.Enqueue(_first + task, _first + task);
        }

        var order = new List<int>(tasks);
        while (ready.TryDequeue(out var task, out _))
        {
            order.Add(task);
            foreach (var down in Downstream(task))
                if (--open[down.Task - _first] == 0) ready.Enqueue(down.Task, down.Task);
        }

        return [.. order];
    }

    private static ReadOnlySpan<EdgeEnd> Of(int place, int[] starts, EdgeEnd[] ends) =>
        ends.AsSpan(starts[place]..starts[place + 1]);

    /// <summary>
    /// Whether every task was declared after what it needs, as most are: then the order is that of the numbers.
    /// </summary>
    private bool IsInOrder()
    {
        for (var task = _first; task < _first + _upStarts.Length - 1; task++)
            foreach (var up in Upstream(task))
                if (up.Task >= task) return false;
        return true;
    }
}
