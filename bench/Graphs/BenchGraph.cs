namespace ActorFlow.Bench.Graphs;

/// <summary>A graph to run: tasks numbered so that every task comes after those it needs.</summary>
/// <remarks>
/// Edges lie in two flat arrays each way, so that a runner with hand-written counters has nothing to look up.
/// </remarks>
internal sealed class BenchGraph
{
    private readonly int[] _upstreamStarts;
    private readonly int[] _upstream;
    private readonly int[] _downstreamStarts;
    private readonly int[] _downstream;

    internal BenchGraph(string name, int[] upstreamStarts, int[] upstream)
    {
        Name = name;
        _upstreamStarts = upstreamStarts;
        _upstream = upstream;
        (_downstreamStarts, _downstream) = Reversed(upstreamStarts, upstream);
    }

    /// <summary>What measures call it: <c>grid</c>, <c>stencil_1d</c>.</summary>
    public string Name { get; }

    /// <summary>How many tasks it has.</summary>
    public int Tasks => _upstreamStarts.Length - 1;

    /// <summary>How many edges it has.</summary>
    public int Edges => _upstream.Length;

    /// <summary>The tasks that a task needs, each with a lower number than its own.</summary>
    public ReadOnlySpan<int> Upstream(int task) => Slice(_upstreamStarts, _upstream, task);

    /// <summary>The tasks that need a task, in the order of their numbers.</summary>
    public ReadOnlySpan<int> Downstream(int task) => Slice(_downstreamStarts, _downstream, task);

    /// <summary>Tasks one after another, each needing the one before.</summary>
    public static BenchGraph Chain(int tasks)
    {
        var graph = new BenchGraphBuilder("chain");
        graph.AddTask();
        for (var task = 1; task < tasks; task++) graph.AddTask(task - 1);
        return graph.Build();
    }

    /// <summary>Tasks that need nothing.</summary>
    public static BenchGraph Wide(int tasks)
    {
        var graph = new BenchGraphBuilder("wide");
        for (var task = 0; task < tasks; task++) graph.AddTask();
        return graph.Build();
    }

    /// <summary>Layers in which a task needs its three neighbours, itself among them, of the layer before.</summary>
    public static BenchGraph Grid(int layers, int width) =>
        TaskBench.Make("stencil_1d", new TaskBenchShape(width, layers)).Named("grid");

    private BenchGraph Named(string name) => new(name, _upstreamStarts, _upstream);

    private static ReadOnlySpan<int> Slice(int[] starts, int[] ends, int task) =>
        ends.AsSpan(starts[task], starts[task + 1] - starts[task]);

    private static (int[] Starts, int[] Downstream) Reversed(int[] upstreamStarts, int[] upstream)
    {
        var starts = new int[upstreamStarts.Length];
        foreach (var task in upstream) starts[task + 1]++;
        for (var task = 1; task < starts.Length; task++) starts[task] += starts[task - 1];

        var next = starts.AsSpan(..^1).ToArray();
        var downstream = new int[upstream.Length];
        for (var task = 0; task < upstreamStarts.Length - 1; task++)
            foreach (var up in Slice(upstreamStarts, upstream, task)) downstream[next[up]++] = task;
        return (starts, downstream);
    }
}
