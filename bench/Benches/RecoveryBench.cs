using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;
using ActorFlow.Actors;
using ActorFlow.Bench.Graphs;
using ActorFlow.Bench.Measuring;
using ActorFlow.Bench.Runs;
using ActorFlow.Journal;

namespace ActorFlow.Bench.Benches;

/// <summary>
/// A job that a crash interrupted: events per second from the disk into the state, against reading the same bytes and
/// checking their sums; and how long it takes until its next task runs.
/// </summary>
internal static class RecoveryBench
{
    private static readonly JobId Id = new("job");

    public static void Run(BenchOutput output, BenchSize size)
    {
        using var directory = new BenchDirectory();
        // Everything but the last task has succeeded.
        var graph = BenchGraph.Chain(size.Tasks / 2);
        var events = Interrupt(directory.Path, graph);
        var bytes = Directory.EnumerateFiles(directory.Path).Sum(file => new FileInfo(file).Length);
        var flow = BenchFlow.Of(graph, NoOp.Instance);
        var firstTask = new List<double>();
        var pair = Pairs.Measure(
            size, events, () => ReadBack(directory.Path, flow.Definition), () => ReadBare(directory.Path));
        for (var run = 0; run < size.Pairs; run++) firstTask.Add(TimeToFirstTask(directory.Path, graph));
        output.Ratio(
            "recovery", graph.Name, pair, ("events", events), ("bytesPerEvent", bytes / events),
            ("firstTaskMilliseconds", Pairs.Median(firstTask)));
    }

    private static double Interrupt(string directory, BenchGraph graph)
    {
        var last = new EndlessLast(graph.Tasks - 1);
        var journal = FileJournal.Open(new FileJournalOptions
        {
            Directory = directory,
            Durability = Durability.SyncEvery(TimeSpan.FromSeconds(1)),
        });
        var system = EngineRun.Start(journal, new JsonPayloadCodec(), workers: null);
        var job = system.SubmitAsync(new JobSubmission(Id, BenchFlow.Of(graph, last), Payload.None), default).Result;
        last.Begun.Wait();
        var events = job.ReadAsync(state => state.Version).Result;
        system.DisposeAsync().AsTask().Wait();
        return events;
    }

    private static TimeSpan ReadBack(string directory, Flow flow)
    {
        var started = Stopwatch.GetTimestamp();
        var journal = FileJournal.Open(new FileJournalOptions { Directory = directory, ReadOnly = true });
        var machine = new Engine.JobMachine(flow);
        foreach (var fact in journal.ReadAsync(Id, 1, default).AsTask().Result) machine.Replay(fact);
        var took = Stopwatch.GetElapsedTime(started);
        journal.DisposeAsync().AsTask().Wait();
        return took;
    }

    private static TimeSpan ReadBare(string directory)
    {
        var started = Stopwatch.GetTimestamp();
        var sum = 0u;
        foreach (var file in Directory.EnumerateFiles(directory, "*.journal"))
            foreach (var word in MemoryMarshal.Cast<byte, ulong>(File.ReadAllBytes(file)))
                sum = BitOperations.Crc32C(sum, word);
        GC.KeepAlive(sum);
        return Stopwatch.GetElapsedTime(started);
    }

    private static double TimeToFirstTask(string directory, BenchGraph graph)
    {
        var last = new EndlessLast(graph.Tasks - 1);
        var flow = BenchFlow.Of(graph, last);
        var started = Stopwatch.GetTimestamp();
        var journal = FileJournal.Open(new FileJournalOptions { Directory = directory });
        var system = EngineRun.Start(journal, new JsonPayloadCodec(), workers: null);
        system.OpenAsync(Id, flow, default).Wait();
        last.Begun.Wait();
        var took = Stopwatch.GetElapsedTime(started);
        system.DisposeAsync().AsTask().Wait();
        return took.TotalMilliseconds;
    }

    /// <summary>Ends at once for every task but the last.</summary>
    private sealed class EndlessLast(int last) : TaskBody
    {
        private readonly Endless _endless = new();

        public Task Begun => _endless.Begun;

        public override ValueTask<Payload> RunAsync(TaskCall call) =>
            call.Context.TaskName == $"t{last}" ? _endless.RunAsync(call) : new ValueTask<Payload>(Payload.None);
    }
}
