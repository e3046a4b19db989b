using ActorFlow.Bench.Graphs;
using ActorFlow.Bench.Measuring;
using ActorFlow.Bench.Runs;

namespace ActorFlow.Bench.Benches;

/// <summary>
/// Tasks per second in memory, against the bare thread pool with a counter per task on the same graph.
/// </summary>
internal static class MemoryBench
{
    public static void Run(BenchOutput output, BenchSize size)
    {
        foreach (var graph in Graphs(size))
        {
            if (!size.Measures(graph.Name)) continue;
            var flow = BenchFlow.Of(graph, NoOp.Instance);
            var pair = Pairs.Measure(
                size, graph.Tasks, () => EngineRun.InMemory(flow), () => BareThreadPool.Run(graph, preferLocal: false));
            output.Ratio("memory", graph.Name, pair, ("tasks", graph.Tasks), ("edges", graph.Edges));
        }

        if (size.Measures("hop")) Hops(output, size);
    }

    /// <summary>The graphs: two extremes, one that is square, and the patterns of Task Bench.</summary>
    public static IEnumerable<BenchGraph> Graphs(BenchSize size)
    {
        yield return BenchGraph.Chain(size.Tasks);
        yield return BenchGraph.Wide(size.Tasks);
        var side = (int)Math.Sqrt(size.Tasks);
        yield return BenchGraph.Grid(side, side);
        foreach (var pattern in (string[])["stencil_1d", "fft", "tree", "random_nearest"])
            yield return TaskBench.Make(pattern, new TaskBenchShape(64, Math.Max(8, size.Tasks / 64)));
    }

    private static void Hops(BenchOutput output, BenchSize size)
    {
        var graph = BenchGraph.Chain(size.Upto(200_000));
        var clock = new Clocked(graph.Tasks);
        for (var run = 0; run <= size.Warmups; run++)
        {
            clock = new Clocked(graph.Tasks);
            EngineRun.InMemory(BenchFlow.Of(graph, clock));
        }

        output.Line(
            "memory", "hop", ("p50Microseconds", clock.Percentile(0.5)), ("p99Microseconds", clock.Percentile(0.99)),
            ("tasks", graph.Tasks));
    }
}
