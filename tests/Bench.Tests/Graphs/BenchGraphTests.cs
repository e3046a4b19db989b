using ActorFlow.Bench.Graphs;

namespace ActorFlow.Bench.Tests.Graphs;

/// <summary>The graphs of the project's own measures, and the runner that sets the limit.</summary>
public sealed class BenchGraphTests
{
    public static TheoryData<string, bool> Runs
    {
        get
        {
            var runs = new TheoryData<string, bool>();
            foreach (var preferLocal in new[] { true, false })
                foreach (var graph in (string[])["chain", "wide", "grid", .. TaskBench.Names])
                    runs.Add(graph, preferLocal);
            return runs;
        }
    }

    [Fact]
    public void A_chain_is_as_deep_as_it_is_long() =>
        Assert.Equal(new GraphShape(5, 4, 5, 1, 1), GraphShape.Of(BenchGraph.Chain(5)));

    [Fact]
    public void A_wide_graph_has_no_edges() =>
        Assert.Equal(new GraphShape(5, 0, 1, 0, 0), GraphShape.Of(BenchGraph.Wide(5)));

    [Fact]
    public void A_grid_needs_its_neighbours_of_the_layer_before()
    {
        var grid = BenchGraph.Grid(layers: 3, width: 4);

        Assert.Equal(new GraphShape(12, 20, 3, 3, 3), GraphShape.Of(grid));
        Assert.Equal([4, 5, 6], grid.Upstream(9).ToArray());
        Assert.Equal([4, 5], grid.Downstream(0).ToArray());
    }

    [Fact]
    public void A_task_cannot_need_one_that_comes_later() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new BenchGraphBuilder("loop").AddTask(0));

    [Theory]
    [MemberData(nameof(Runs))]
    public void The_bare_pool_runs_each_task_once_and_after_what_it_needs(string name, bool preferLocal)
    {
        var graph = Make(name);
        var places = new int[graph.Tasks];
        var runs = new int[graph.Tasks];
        var place = 0;

        BareThreadPool.Run(graph, preferLocal, task =>
        {
            Interlocked.Increment(ref runs[task]);
            places[task] = Interlocked.Increment(ref place);
        });

        Assert.All(runs, count => Assert.Equal(1, count));
        for (var task = 0; task < graph.Tasks; task++)
            foreach (var up in graph.Upstream(task)) Assert.True(places[up] < places[task]);
    }

    private static BenchGraph Make(string name) => name switch
    {
        "chain" => BenchGraph.Chain(500),
        "wide" => BenchGraph.Wide(500),
        "grid" => BenchGraph.Grid(20, 20),
        _ => TaskBench.Make(name, new TaskBenchShape(16, 16)),
    };
}
