namespace ActorFlow;

/// <summary>Finds cycles in a graph, as paths that a reader can follow: each task is needed by the next.</summary>
internal static class CyclePath
{
    /// <summary>So many cycles are named at most; a reader mends those first.</summary>
    public const int Most = 10;

    /// <summary>
    /// Cycles that share no task, each in the order of the edges from its lowest number; empty if there is none.
    /// </summary>
    /// <remarks>
    /// Tasks are let go in topological order. When none is free, a cycle holds them up: it is named and let go.
    /// </remarks>
    public static List<int[]> Find(FlowEdges edges, int tasks)
    {
        var release = new Release(edges, tasks);
        var cycles = new List<int[]>();
        while (release.FirstHeld() is { } held && cycles.Count < Most)
        {
            var cycle = Above(held, release);
            cycles.Add(cycle);
            release.LetGo(cycle);
        }

        return cycles;
    }

    /// <summary>Every held task has a held upstream: walking up must come back to where it has been.</summary>
    private static int[] Above(int task, Release release)
    {
        var walk = new List<int>();
        var places = new Dictionary<int, int>();
        for (; places.TryAdd(task, walk.Count); task = release.HeldUpstream(task)) walk.Add(task);
        var cycle = walk[places[task]..];
        cycle.Reverse();
        var lowest = cycle.IndexOf(cycle.Min());
        return [.. cycle[lowest..], .. cycle[..lowest]];
    }

    /// <summary>Lets go of tasks whose upstream tasks were let go.</summary>
    private sealed class Release
    {
        private readonly FlowEdges _edges;
        private readonly int[] _open;
        private readonly Stack<int> _free = new();
        private int _first;

        public Release(FlowEdges edges, int tasks)
        {
            _edges = edges;
            _open = new int[tasks];
            for (var task = 0; task < tasks; task++)
                if ((_open[task] = edges.Upstream(task).Length) == 0) _free.Push(task);
            LetGo([]);
        }

        /// <summary>The lowest task that is held up; null if none is.</summary>
        public int? FirstHeld()
        {
            while (_first < _open.Length && _open[_first] <= 0) _first++;
            return _first < _open.Length ? _first : null;
        }

        public int HeldUpstream(int task)
        {
            foreach (var up in _edges.Upstream(task))
                if (_open[up.Task] > 0) return up.Task;
            throw new System.Diagnostics.UnreachableException(
                "A held task has a held upstream [this is a bug in ActorFlow].");
        }

        public void LetGo(int[] cycle)
        {
            foreach (var task in cycle)
            {
                _open[task] = 0;
                _free.Push(task);
            }

            while (_free.TryPop(out var task))
                foreach (var down in _edges.Downstream(task))
                    if (--_open[down.Task] == 0) _free.Push(down.Task);
        }
    }
}
