using System.Collections;

namespace ActorFlow;

/// <summary>The tasks of a report in topological order, made when they are asked for or as they were read.</summary>
internal abstract class ReportEntries : IReadOnlyList<TaskReport>
{
    public abstract int Count { get; }

    public abstract TaskReport this[int index] { get; }

    public abstract IEnumerable<string> Names { get; }

    /// <summary>The place of a task by its name without regard to case; -1 if there is none.</summary>
    public abstract int IndexOf(string name);

    /// <summary>The phase of the task at a place, without making its entry.</summary>
    public abstract TaskPhase PhaseAt(int index);

    /// <summary>Those whose attempts have noted or left something, without making the entries of the others.</summary>
    public abstract IEnumerable<TaskReport> Noted { get; }

    public IEnumerable<TaskReport> In(TaskPhase phase)
    {
        for (var i = 0; i < Count; i++)
            if (PhaseAt(i) == phase) yield return this[i];
    }

    /// <summary>How many tasks stand in a phase.</summary>
    public int CountOf(TaskPhase phase)
    {
        var count = 0;
        for (var i = 0; i < Count; i++)
            if (PhaseAt(i) == phase) count++;
        return count;
    }

    public IEnumerator<TaskReport> GetEnumerator()
    {
        for (var i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Entries that were read from a report file.</summary>
internal sealed class ListedEntries(IReadOnlyList<TaskReport> tasks) : ReportEntries
{
    private readonly Lazy<Dictionary<string, int>> _places = new(() =>
    {
        var places = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < tasks.Count; i++) places.TryAdd(tasks[i].Name, i);
        return places;
    });

    public override int Count => tasks.Count;

    public override TaskReport this[int index] => tasks[index];

    public override IEnumerable<string> Names => tasks.Select(t => t.Name);

    public override int IndexOf(string name) => _places.Value.GetValueOrDefault(name, -1);

    public override TaskPhase PhaseAt(int index) => tasks[index].Phase;

    public override IEnumerable<TaskReport> Noted =>
        tasks.Where(task => task.Markers.Count > 0 || task.Kept.Count > 0);
}

/// <summary>Entries of a job as it stood at one moment; each is made when it is asked for.</summary>
internal sealed class SnapshotEntries(JobSnapshot job) : ReportEntries
{
    public override int Count => job.Cells.Length;

    public override TaskReport this[int index] => job.Report(job.Order[index]);

    public override IEnumerable<string> Names => job.Graph.TaskNames;

    public override int IndexOf(string name) => job.Graph.TryFind(name, out var task) ? job.Positions[task] : -1;

    public override TaskPhase PhaseAt(int index) => job.Cells[job.Order[index]].Phase;

    public override IEnumerable<TaskReport> Noted => job.Marks.Count == 0
        ? []
        : job.Marks.Keys.OrderBy(task => job.Positions[task]).Select(job.Report);
}

/// <summary>Some of the entries of a report, by their places in it.</summary>
internal sealed class ChosenEntries(ReportEntries whole, int[] places) : ReportEntries
{
    public override int Count => places.Length;

    public override TaskReport this[int index] => whole[places[index]];

    public override IEnumerable<string> Names => places.Select(place => whole[place].Name);

    public override int IndexOf(string name) =>
        whole.IndexOf(name) is >= 0 and var place && Array.BinarySearch(places, place) is >= 0 and var index
            ? index
            : -1;

    public override TaskPhase PhaseAt(int index) => whole.PhaseAt(places[index]);

    public override IEnumerable<TaskReport> Noted => places.Select(place => whole[place])
        .Where(task => task.Markers.Count > 0 || task.Kept.Count > 0);
}
