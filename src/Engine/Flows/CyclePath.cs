namespace ActorFlow;

/// <summary>Finds one cycle in a graph, as the path that a reader can follow: each task is needed by the next.</summary>
internal static class CyclePath
{
    /// <summary>The tasks of one cycle in the order of the edges, starting with the lowest number; null if there is none.</summary>
    public static int[]? Find(FlowEdges edges, int tasks)
    {
        var order = edges.TopologicalOrder();
        if (order.Length == tasks) return null;
        var stuck = new bool[tasks];
        Array.Fill(stuck, true);
        foreach (var task in order) stuck[task] = false;
        // Every stuck task has a stuck upstream: walking up must come back to where it has been.
        var walk = new List<int>();
        var place = new Dictionary<int, int>();
        var at = Array.IndexOf(stuck, true);
        while (place.TryAdd(at, walk.Count))
        {
            walk.Add(at);
            at = StuckUpstream(edges, stuck, at);
        }

        var cycle = walk[place[at]..];
        cycle.Reverse();
        var lowest = cycle.IndexOf(cycle.Min());
        return [.. cycle[lowest..], .. cycle[..lowest]];
    }

    private static int StuckUpstream(FlowEdges edges, bool[] stuck, int task)
    {
        foreach (var up in edges.Upstream(task))
            if (stuck[up.Task]) return up.Task;
        throw new System.Diagnostics.UnreachableException("A stuck task has a stuck upstream [this is a bug in ActorFlow].");
    }
}
