using System.Globalization;
using ActorFlow.Actors;
using ActorFlow.Bench.Graphs;
using ActorFlow.Bench.Measuring;
using ActorFlow.Bench.Runs;
using ActorFlow.Journal;

namespace ActorFlow.Bench.Benches;

/// <summary>How time and memory grow with the number of tasks: the exponent is 1 where they grow in step.</summary>
internal static class ScaleBench
{
    public static void Run(BenchOutput output, BenchSize size)
    {
        var points = new List<(double Tasks, double Seconds)>();
        foreach (var tasks in (int[])[1_000, 10_000, 100_000, 1_000_000])
        {
            if (tasks > Math.Max(1_000, size.Tasks)) break;
            var side = (int)Math.Sqrt(tasks);
            var graph = BenchGraph.Grid(side, side);
            var flow = BenchFlow.Of(graph, NoOp.Instance);
            for (var run = 0; run < size.Warmups; run++) EngineRun.InMemory(flow);
            var seconds = Pairs.Median(Enumerable.Range(0, size.Pairs).Select(_ =>
            {
                GC.Collect();
                return EngineRun.InMemory(flow).TotalSeconds;
            }));
            points.Add((graph.Tasks, seconds));
            var (ofFlow, ofJob) = Memory(side);
            output.Line(
                "scale", tasks.ToString(CultureInfo.InvariantCulture), ("tasks", graph.Tasks),
                ("microsecondsPerTask", seconds * 1e6 / graph.Tasks), ("flowBytesPerTask", ofFlow),
                ("jobBytesPerWaitingTask", ofJob));
        }

        if (points.Count > 1) output.Line("scale", "growth", ("exponent", Growth.Exponent(points)));
    }

    /// <summary>Bytes per task of the flow, and of a job of it in which all but the first layer waits.</summary>
    private static (double OfFlow, double OfJob) Memory(int side)
    {
        var graph = BenchGraph.Grid(side, side);
        var endless = new Endless();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var flow = BenchFlow.Of(graph, endless);
        var withFlow = GC.GetTotalMemory(forceFullCollection: true);
        var system = EngineRun.Start(new MemoryJournal(), new LivePayloadCodec(), workers: null);
        var job = system.SubmitAsync(new JobSubmission(new JobId("job"), flow, Payload.None), default).Result;
        endless.Begun.Wait();
        var withJob = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(job);
        system.DisposeAsync().AsTask().Wait();
        return ((withFlow - before) / (double)graph.Tasks, (withJob - withFlow) / (double)graph.Tasks);
    }
}
