using ActorFlow.Bench.Graphs;

namespace ActorFlow.Bench.Tests.Graphs;

/// <summary>The patterns are those of Task Bench: the figures come from its reference implementation.</summary>
public sealed class TaskBenchTests
{
    [Theory]
    [InlineData("trivial", 256, 0, 1, 0, 0)]
    [InlineData("no_comm", 256, 240, 16, 1, 1)]
    [InlineData("stencil_1d", 256, 690, 16, 3, 3)]
    [InlineData("stencil_1d_periodic", 256, 720, 16, 3, 3)]
    [InlineData("dom", 72, 120, 16, 2, 2)]
    [InlineData("tree", 207, 206, 16, 1, 2)]
    [InlineData("fft", 256, 616, 16, 3, 3)]
    [InlineData("all_to_all", 256, 3_840, 16, 16, 16)]
    [InlineData("nearest", 256, 690, 16, 3, 3)]
    [InlineData("spread", 256, 720, 16, 3, 3)]
    [InlineData("random_nearest", 256, 350, 16, 3, 3)]
    public void Small_graphs_have_the_reference_figures(
        string pattern, int tasks, int edges, int depth, int mostUpstream, int mostDownstream) => Assert.Equal(
        new GraphShape(tasks, edges, depth, mostUpstream, mostDownstream),
        GraphShape.Of(TaskBench.Make(pattern, new TaskBenchShape(16, 16))));

    [Theory]
    [InlineData("trivial", 100_000, 0, 1, 0, 0)]
    [InlineData("no_comm", 100_000, 99_900, 1_000, 1, 1)]
    [InlineData("stencil_1d", 100_000, 297_702, 1_000, 3, 3)]
    [InlineData("stencil_1d_periodic", 100_000, 299_700, 1_000, 3, 3)]
    [InlineData("dom", 90_100, 179_199, 1_000, 2, 2)]
    [InlineData("tree", 99_427, 99_426, 1_000, 1, 2)]
    [InlineData("fft", 100_000, 263_570, 1_000, 3, 3)]
    [InlineData("all_to_all", 100_000, 9_990_000, 1_000, 100, 100)]
    [InlineData("nearest", 100_000, 493_506, 1_000, 5, 5)]
    [InlineData("spread", 100_000, 499_500, 1_000, 5, 5)]
    [InlineData("random_nearest", 100_000, 200_799, 1_000, 5, 5)]
    public void Large_graphs_have_the_reference_figures(
        string pattern, int tasks, int edges, int depth, int mostUpstream, int mostDownstream) => Assert.Equal(
        new GraphShape(tasks, edges, depth, mostUpstream, mostDownstream),
        GraphShape.Of(TaskBench.Make(pattern, new TaskBenchShape(100, 1000, Radix: 5))));

    [Fact]
    public void No_task_needs_another_twice()
    {
        foreach (var pattern in TaskBench.Names)
        {
            var graph = TaskBench.Make(pattern, new TaskBenchShape(16, 16));
            for (var task = 0; task < graph.Tasks; task++)
                Assert.Equal(graph.Upstream(task).Length, graph.Upstream(task).ToArray().Distinct().Count());
        }
    }

    [Fact]
    public void Graphs_with_another_index_draw_other_edges() => Assert.NotEqual(
        TaskBench.Make("random_nearest", new TaskBenchShape(16, 16)).Edges,
        TaskBench.Make("random_nearest", new TaskBenchShape(16, 16) { GraphIndex = 1 }).Edges);

    [Theory]
    [InlineData("stencil_2d", 16)]
    [InlineData("stencil_1d_periodic", 2)]
    [InlineData("fft", 1)]
    [InlineData("spread", 2)]
    [InlineData("trivial", 0)]
    public void What_the_reference_does_not_have_is_refused(string pattern, int width) =>
        Assert.Throws<ArgumentException>(() => TaskBench.Make(pattern, new TaskBenchShape(width, 16)));

    [Fact]
    public void Hashes_are_those_of_the_published_vectors()
    {
        // Key 00 01 .. 0f, message 00 01 .. 07.
        var hash = SipHash.Of((0x0706050403020100, 0x0f0e0d0c0b0a0908), [0x0706050403020100]);

        Assert.Equal(0x93f5f5799a932462, hash);
    }
}
