using ActorFlow.Bench.Graphs;
using ActorFlow.Bench.Measuring;

namespace ActorFlow.Bench.Benches;

/// <summary>The bare thread pool alone, with the shared queue and with one queue a thread.</summary>
internal static class LimitBench
{
    public static void Run(BenchOutput output, BenchSize size)
    {
        foreach (var graph in MemoryBench.Graphs(size))
        {
            var local = Pairs.Measure(
                size, graph.Tasks, () => BareThreadPool.Run(graph, preferLocal: true),
                () => BareThreadPool.Run(graph, preferLocal: false));
            output.Line("limit", graph.Name, ("shared", local.LimitPerSecond), ("local", local.PerSecond));
        }
    }
}
