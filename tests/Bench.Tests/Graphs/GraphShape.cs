using ActorFlow.Bench.Graphs;

namespace ActorFlow.Bench.Tests.Graphs;

/// <summary>The figures that tell a graph from another.</summary>
internal sealed record GraphShape(int Tasks, int Edges, int Depth, int MostUpstream, int MostDownstream)
{
    /// <summary>Counts them.</summary>
    public static GraphShape Of(BenchGraph graph)
    {
        var depths = new int[graph.Tasks];
        int mostUpstream = 0, mostDownstream = 0, edges = 0;
        for (var task = 0; task < graph.Tasks; task++)
        {
            var upstream = graph.Upstream(task);
            foreach (var up in upstream) depths[task] = Math.Max(depths[task], depths[up]);
            depths[task]++;
            edges += upstream.Length;
            mostUpstream = Math.Max(mostUpstream, upstream.Length);
            mostDownstream = Math.Max(mostDownstream, graph.Downstream(task).Length);
        }

        Assert.Equal(edges, graph.Edges);
        return new GraphShape(graph.Tasks, edges, depths.Max(), mostUpstream, mostDownstream);
    }
}
