namespace ActorFlow.Engine;

public sealed partial class JobState
{
    // Beside the cells: nearly no task has any, and the others pay nothing for it.
    private readonly Dictionary<int, TaskMarks> _marks = [];

    /// <summary>What the attempts of a task have pointed at, in order; those of failed attempts too.</summary>
    public IReadOnlyList<AttemptMarker> MarkersOf(int task) => _marks.GetValueOrDefault(task)?.Markers ?? [];

    /// <summary>What the attempts of a task have left behind.</summary>
    public IReadOnlyList<KeptFiles> KeptOf(int task) => _marks.GetValueOrDefault(task)?.Kept ?? [];

    /// <summary>All notes as they are now, by task.</summary>
    internal IReadOnlyDictionary<int, TaskMarks> CopyMarks() =>
        _marks.ToDictionary(pair => pair.Key, pair => pair.Value.Copy());

    private TaskMarks MarksOf(int task)
    {
        if (!_marks.TryGetValue(task, out var notes)) _marks[task] = notes = new TaskMarks();
        return notes;
    }
}
