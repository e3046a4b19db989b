namespace ActorFlow.Engine;

/// <summary>What attempts have said beside their outputs.</summary>
public sealed partial class JobState
{
    // Made with the first note, as large as the cells: most jobs have none.
    private AttemptNotes?[]? _notes;

    /// <summary>What the attempt that succeeded said beside its output; null if nothing.</summary>
    public AttemptNotes? NotesOf(int task) => _notes is { } notes && task < notes.Length ? notes[task] : null;

    /// <summary>All notes by task, as they are now; the list may end before the tasks do.</summary>
    internal IReadOnlyList<AttemptNotes?> CopyNotes() => _notes is null ? [] : [.. _notes];

    private void Note(in Fact fact, JobEvent.AttemptNoted e)
    {
        if (_cells[e.Task].Phase is not (TaskPhase.Running or TaskPhase.Expanded))
            throw Impossible(fact, e.Task, _cells[e.Task].Phase);
        Note(e.Task, e.Notes);
    }

    private void Note(int task, AttemptNotes notes)
    {
        if (_notes is null) _notes = new AttemptNotes?[_cells.Length];
        else if (_notes.Length <= task) Array.Resize(ref _notes, _cells.Length);
        _notes[task] = notes;
    }
}
