namespace ActorFlow.Engine;

public sealed partial class JobState
{
    // Beside the cells: nearly no task has any, and the others pay nothing for it.
    private readonly Dictionary<int, TaskNotes> _notes = [];

    /// <summary>What the attempts of a task have pointed at, in order; those of failed attempts too.</summary>
    public IReadOnlyList<AttemptMarker> MarkersOf(int task) => _notes.GetValueOrDefault(task)?.Markers ?? [];

    /// <summary>What the attempts of a task have left behind.</summary>
    public IReadOnlyList<KeptFiles> KeptOf(int task) => _notes.GetValueOrDefault(task)?.Kept ?? [];

    /// <summary>All notes as they are now, by task.</summary>
    internal IReadOnlyDictionary<int, TaskNotes> CopyNotes() =>
        _notes.ToDictionary(pair => pair.Key, pair => pair.Value.Copy());

    private TaskNotes NotesOf(int task)
    {
        if (!_notes.TryGetValue(task, out var notes)) _notes[task] = notes = new TaskNotes();
        return notes;
    }
}
