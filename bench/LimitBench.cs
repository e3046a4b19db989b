using System.Globalization;
using ActorFlow.Bench.Graphs;

namespace ActorFlow.Bench;

/// <summary>Measures the bare thread pool alone, with local and with shared queues.</summary>
internal static class LimitBench
{
    private const int Rounds = 7;

    /// <summary>Prints one JSON line for each graph and each kind of queue.</summary>
    public static void Run(TextWriter output)
    {
        BenchGraph[] graphs = [BenchGraph.Chain(1_000_000), BenchGraph.Wide(1_000_000), BenchGraph.Grid(1000, 1000)];
        foreach (var graph in graphs)
        {
            var times = new Dictionary<bool, List<double>> { [true] = [], [false] = [] };
            // Interleaved, so that a noisy minute hurts both alike.
            for (var round = 0; round < Rounds; round++)
                foreach (var preferLocal in times.Keys)
                {
                    GC.Collect();
                    times[preferLocal].Add(BareThreadPool.Run(graph, preferLocal).TotalSeconds);
                }

            foreach (var (preferLocal, seconds) in times)
                output.WriteLine(Line(graph, preferLocal, graph.Tasks / Median(seconds)));
        }
    }

    private static string Line(BenchGraph graph, bool preferLocal, double perSecond) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        {"bench":"limit","case":"{{graph.Name}}","local":{{(preferLocal ? 1 : 0)}},"perSecond":{{perSecond:F0}}}
        """);

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
