using System.Diagnostics;
using System.Globalization;
using ActorFlow.Bench.Graphs;
using ActorFlow.Bench.Measuring;
using ActorFlow.Bench.Runs;

namespace ActorFlow.Bench.Benches;

/// <summary>
/// Task Bench's METG: the smallest task at which half of the processors' time goes into useful work, in microseconds,
/// for tasks of no, three and nine dependencies; against the bare thread pool's.
/// </summary>
internal static class GranularityBench
{
    private const double Efficiency = 0.5;

    public static void Run(BenchOutput output, BenchSize size)
    {
        foreach (var (name, pattern, radix) in ((string, string, int)[])
            [("0", "trivial", 3), ("3", "stencil_1d", 3), ("9", "nearest", 9)])
        {
            var shape = new TaskBenchShape(64, Math.Max(8, size.Upto(64_000) / 64)) { Radix = radix };
            var graph = TaskBench.Make(pattern, shape);
            // Compiled before it counts.
            for (var run = 0; run < size.Warmups; run++) EngineRun.InMemory(BenchFlow.Of(graph, new Spin(0)));
            var ours = Smallest(size, graph, ticks => EngineRun.InMemory(BenchFlow.Of(graph, new Spin(ticks))));
            var limit = Smallest(
                size, graph, ticks => BareThreadPool.Run(graph, preferLocal: false, _ => Spin.Wait(ticks)));
            output.Line(
                "granularity", name, ("ratio", limit / ours), ("microseconds", ours), ("limitMicroseconds", limit),
                ("pattern", pattern), ("tasks", graph.Tasks));
        }
    }

    /// <summary>Doubles the task until half of the time is useful, then narrows it down.</summary>
    private static double Smallest(BenchSize size, BenchGraph graph, Func<long, TimeSpan> run)
    {
        var (low, high) = (0.0, 0.125);
        while (!IsUseful(high)) (low, high) = (high, high * 2);
        for (var step = 0; step < 5; step++)
        {
            var middle = (low + high) / 2;
            if (IsUseful(middle)) high = middle;
            else low = middle;
        }

        return high;

        bool IsUseful(double microseconds)
        {
            var ticks = (long)(microseconds * Stopwatch.Frequency / 1e6);
            var took = Pairs.Median(Enumerable.Range(0, size.IsQuick ? 1 : 3).Select(_ => run(ticks).TotalSeconds));
            return graph.Tasks * microseconds / 1e6 / (took * Environment.ProcessorCount) >= Efficiency;
        }
    }
}
