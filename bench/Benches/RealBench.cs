using ActorFlow.Actors;
using ActorFlow.Bench.Graphs;
using ActorFlow.Bench.Measuring;
using ActorFlow.Bench.Runs;
using ActorFlow.Cli;

namespace ActorFlow.Bench.Benches;

/// <summary>
/// Real workflows: as no-ops against the bare thread pool, and slept through at a time scale against the bound that no
/// schedule can beat, the larger of the critical path and the work by the number of workers.
/// </summary>
internal static class RealBench
{
    /// <summary>More than processors: the tasks sleep.</summary>
    private const int SleepingWorkers = 16;

    public static void Run(BenchOutput output, BenchSize size)
    {
        if (SharedData.Find() is not { } directory)
        {
            output.Note("There is no ../shared/data beside the repository: nothing to measure.");
            return;
        }

        foreach (var file in Directory.EnumerateFiles(directory).Order(StringComparer.Ordinal))
        {
            var isWorkflow = file.EndsWith(".json", StringComparison.Ordinal);
            if (!isWorkflow || file.Contains(".cyclic.", StringComparison.Ordinal)) continue;
            var source = FlowFile.Load(file);
            var flow = source.Draft.Build();
            NoOps(output, size, Path.GetFileName(file), flow);
            Sleeping(output, size, Path.GetFileName(file), flow, source);
        }
    }

    private static void NoOps(BenchOutput output, BenchSize size, string file, Flow flow)
    {
        var graph = Graph(file, flow);
        var executable = new ExecutableFlow(flow, [.. flow.Tasks.Select(_ => NoOp.Instance)]);
        // The files are small: one run of them would measure how threads start.
        var jobs = Math.Max(1, size.Upto(100_000) / graph.Tasks);
        var pair = Pairs.Measure(
            size, (double)jobs * graph.Tasks, () => EngineRun.InMemory(executable, jobs: jobs),
            () => BareRuns(graph, jobs));
        output.Ratio("real", file, pair, ("tasks", graph.Tasks), ("edges", graph.Edges), ("jobs", jobs));
    }

    private static TimeSpan BareRuns(BenchGraph graph, int jobs)
    {
        var total = TimeSpan.Zero;
        for (var job = 0; job < jobs; job++) total += BareThreadPool.Run(graph, preferLocal: false);
        return total;
    }

    private static void Sleeping(BenchOutput output, BenchSize size, string file, Flow flow, FlowSource source)
    {
        var recorded = source.Recipes.Select(r => (r as TaskRecipe.Sleep)?.Recorded.TotalSeconds ?? 0).ToArray();
        // What has no times is given one second a task.
        if (recorded.All(seconds => seconds == 0)) Array.Fill(recorded, 1);
        var bound = Bound(flow, recorded);
        var scale = (size.IsQuick ? 0.05 : 1) / bound;
        var executable = new ExecutableFlow(
            flow, [.. recorded.Select(seconds => new SleepTaskBody(TimeSpan.FromSeconds(seconds * scale)))]);
        var makespan = Pairs.Median(
            Enumerable.Range(0, size.IsQuick ? 1 : 3).Select(_ =>
                EngineRun.InMemory(executable, SleepingWorkers).TotalSeconds));
        output.Line(
            "real", file + " slept", ("ratio", bound * scale / makespan), ("makespanSeconds", makespan),
            ("boundSeconds", bound * scale), ("timeScale", scale), ("workers", SleepingWorkers));
    }

    private static double Bound(Flow flow, double[] seconds)
    {
        var ends = new double[seconds.Length];
        foreach (var task in flow.Edges.TopologicalOrder())
        {
            foreach (var up in flow.Edges.Upstream(task)) ends[task] = Math.Max(ends[task], ends[up.Task]);
            ends[task] += seconds[task];
        }

        return Math.Max(ends.Max(), seconds.Sum() / SleepingWorkers);
    }

    private static BenchGraph Graph(string name, Flow flow)
    {
        var builder = new BenchGraphBuilder(name);
        var position = new int[flow.Tasks.Count];
        foreach (var task in flow.Edges.TopologicalOrder())
        {
            position[task] = builder.Tasks;
            var upstream = new List<int>();
            foreach (var up in flow.Edges.Upstream(task)) upstream.Add(position[up.Task]);
            builder.AddTask([.. upstream]);
        }

        return builder.Build();
    }
}
