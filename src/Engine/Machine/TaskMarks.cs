namespace ActorFlow.Engine;

/// <summary>What the attempts of one task have noted down and left; most tasks have none.</summary>
internal sealed class TaskMarks
{
    private readonly List<AttemptMarker> _markers = [];
    private readonly List<KeptFiles> _kept = [];

    public IReadOnlyList<AttemptMarker> Markers => _markers;

    public IReadOnlyList<KeptFiles> Kept => _kept;

    public void Mark(int attempt, IReadOnlyList<Marker> markers)
    {
        foreach (var marker in markers) _markers.Add(new AttemptMarker(attempt, marker));
    }

    public void Keep(KeptFiles kept) => _kept.Add(kept);

    /// <summary>Notes that stay as these are now.</summary>
    public TaskMarks Copy()
    {
        var copy = new TaskMarks();
        copy._markers.AddRange(_markers);
        copy._kept.AddRange(_kept);
        return copy;
    }
}
