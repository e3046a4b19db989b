using System.Collections;
using System.Runtime.InteropServices;

namespace ActorFlow;

/// <summary>Which tasks were skipped downstream of which failure, for a whole job at once, in linear time.</summary>
internal sealed class DownstreamImpact
{
    private readonly JobSnapshot _job;
    private readonly Dictionary<int, Range> _lists = [];
    private readonly List<int> _skipped = [];

    private DownstreamImpact(JobSnapshot job) => _job = job;

    public static DownstreamImpact Of(JobSnapshot job)
    {
        var impact = new DownstreamImpact(job);
        if (!impact.TryFollowAll()) impact.GroupByCause();
        return impact;
    }

    /// <summary>The names for one failed task, in topological order.</summary>
    public IReadOnlyList<string> NamesFor(int task) =>
        _lists.TryGetValue(task, out var range) ? new NameSlice(_job.Graph, _skipped, range) : [];

    /// <summary>Walks down from every failure; gives up when the walks outgrow the flow.</summary>
    private bool TryFollowAll()
    {
        var (graph, cells) = (_job.Graph, _job.Cells);
        var budget = 100_000 + 4L * (cells.Length + graph.EdgeCount);
        var seenBy = new int[cells.Length];
        Array.Fill(seenBy, -1);
        for (var root = 0; root < cells.Length; root++)
        {
            // A task that went on with a default output made nobody skip.
            if (cells[root].Failure is null || cells[root].Phase == TaskPhase.Succeeded) continue;
            var first = _skipped.Count;
            for (var (task, next) = (root, first); ; task = _skipped[next++])
            {
                budget -= 1 + graph.Downstream(task).Length;
                if (budget < 0) return false;
                foreach (var down in graph.Downstream(task))
                {
                    if (!down.Required || cells[down.Task].Reason != Reason.UpstreamNotSucceeded) continue;
                    if (seenBy[down.Task] == root || cells[down.Task].Phase != TaskPhase.Skipped) continue;
                    seenBy[down.Task] = root;
                    _skipped.Add(down.Task);
                }

                if (next == _skipped.Count) break;
            }

            Close(root, first);
        }

        return true;
    }

    private void Close(int root, int first)
    {
        if (first == _skipped.Count) return;
        var positions = _job.Positions;
        CollectionsMarshal.AsSpan(_skipped)[first..].Sort((a, b) => positions[a].CompareTo(positions[b]));
        _lists[root] = first.._skipped.Count;
    }

    /// <summary>Lists every skipped task with the one task that it names as its cause.</summary>
    private void GroupByCause()
    {
        _lists.Clear();
        _skipped.Clear();
        var cells = _job.Cells;
        var counts = new int[cells.Length];
        foreach (ref readonly var cell in cells.AsSpan())
            if (cell.Cause >= 0) counts[cell.Cause]++;
        var ends = new int[cells.Length];
        var total = 0;
        for (var cause = 0; cause < cells.Length; cause++)
        {
            if (counts[cause] == 0) continue;
            ends[cause] = total;
            _lists[cause] = total..(total += counts[cause]);
        }

        var placed = new int[total];
        foreach (var task in _job.Order)
            if (cells[task].Cause is >= 0 and var cause) placed[ends[cause]++] = task;
        _skipped.AddRange(placed);
    }

    /// <summary>Some of the skipped tasks, by name.</summary>
    private sealed class NameSlice(JobGraph graph, List<int> tasks, Range range) : IReadOnlyList<string>
    {
        public int Count => range.End.Value - range.Start.Value;

        public string this[int index] => graph[tasks[range.Start.Value + index]].Name;

        public IEnumerator<string> GetEnumerator()
        {
            for (var i = 0; i < Count; i++) yield return this[i];
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
