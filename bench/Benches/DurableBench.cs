using System.Diagnostics;
using ActorFlow.Bench.Graphs;
using ActorFlow.Bench.Measuring;
using ActorFlow.Bench.Runs;
using ActorFlow.Journal;

namespace ActorFlow.Bench.Benches;

/// <summary>
/// Tasks per second on the embedded journal, every append synced, against the same bytes written and synced bare in
/// the same batches, to a file that was prepared and to one that grows; and tasks that work for a while, against the
/// same work on the bare thread pool with no journal.
/// </summary>
internal static class DurableBench
{
    public static void Run(BenchOutput output, BenchSize size)
    {
        Measure(output, size, BenchGraph.Wide(size.Tasks));
        Measure(output, size, BenchGraph.Chain(size.Upto(20_000)));
        MeasureWork(output, size, "work_20us", TimeSpan.FromMicroseconds(20), 20_000);
        MeasureWork(output, size, "work_200us", TimeSpan.FromMicroseconds(200), 5_000);
        MeasureWork(output, size, "work_1ms", TimeSpan.FromMilliseconds(1), 2_000);
    }

    private static void Measure(BenchOutput output, BenchSize size, BenchGraph graph)
    {
        if (!size.Measures(graph.Name)) return;
        var flow = BenchFlow.Of(graph, NoOp.Instance);
        var disk = new RecordingDisk();
        var appended = new List<double>();
        var pair = Pairs.Measure(
            size, graph.Tasks,
            () =>
            {
                using var directory = new BenchDirectory();
                disk = new RecordingDisk();
                return EngineRun.Durable(flow, new FileJournalOptions { Directory = directory.Path, Disk = disk });
            },
            () =>
            {
                using var directory = new BenchDirectory();
                appended.Add(graph.Tasks / disk.Repeat(directory.Path, prepared: false).TotalSeconds);
                return disk.Repeat(directory.Path, prepared: true);
            });
        var clock = new Clocked(graph.Tasks);
        using (var directory = new BenchDirectory())
            EngineRun.Durable(BenchFlow.Of(graph, clock), new FileJournalOptions { Directory = directory.Path });

        output.Ratio(
            "durable", graph.Name, pair, ("appendedPerSecond", Pairs.Median(appended)), ("tasks", graph.Tasks),
            ("syncs", disk.Syncs), ("bytesPerTask", disk.Bytes / (double)graph.Tasks),
            ("p50Microseconds", clock.Percentile(0.5)), ("p99Microseconds", clock.Percentile(0.99)));
    }

    private static void MeasureWork(BenchOutput output, BenchSize size, string name, TimeSpan work, int tasks)
    {
        if (!size.Measures(name)) return;
        var graph = BenchGraph.Wide(size.Upto(tasks));
        var ticks = (long)(work.TotalSeconds * Stopwatch.Frequency);
        var flow = BenchFlow.Of(graph, new Spin(ticks));
        var pair = Pairs.Measure(
            size, graph.Tasks,
            () =>
            {
                using var directory = new BenchDirectory();
                return EngineRun.Durable(flow, new FileJournalOptions { Directory = directory.Path });
            },
            () => BareThreadPool.Run(graph, preferLocal: false, _ => Spin.Wait(ticks)));
        output.Ratio("durable", name, pair, ("tasks", graph.Tasks));
    }
}
