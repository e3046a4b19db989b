namespace ActorFlow.Simulation;

/// <summary>What attempts said beside their outputs, and what must be recorded of it.</summary>
internal sealed class Sayings
{
    private readonly Dictionary<(JobId Job, int Task, int Attempt), AttemptNotes> _notes = [];
    private readonly Dictionary<(JobId Job, int Task, int Attempt), List<Marker>> _markers = [];

    public void Notes(JobId job, int task, int attempt, AttemptNotes notes) => _notes[(job, task, attempt)] = notes;

    public void Marks(JobId job, int task, int attempt, Marker marker)
    {
        if (!_markers.TryGetValue((job, task, attempt), out var markers)) _markers[(job, task, attempt)] = markers = [];
        markers.Add(marker);
    }

    /// <summary>
    /// With a success all is recorded that its attempt has said; of others the markers of the last moments may be lost,
    /// and nothing else is.
    /// </summary>
    public void Check(JobId job, IReadOnlyList<JobEvent> events)
    {
        var markers = events.OfType<JobEvent.TaskMarked>()
            .GroupBy(e => (e.Task, e.Attempt)).ToDictionary(g => g.Key, g => g.SelectMany(e => e.Markers).ToList());
        foreach (var (attempt, recorded) in markers)
            Assert.Equal(MarkersOf((job, attempt.Task, attempt.Attempt)).Take(recorded.Count), recorded);

        var notes = events.OfType<JobEvent.AttemptNoted>().ToDictionary(e => (e.Task, e.Attempt), e => e.Notes);
        foreach (var success in events.OfType<JobEvent.TaskSucceeded>())
        {
            var attempt = (success.Task, success.Attempt);
            var said = _notes.GetValueOrDefault((job, success.Task, success.Attempt));
            Assert.Equal(TextOf(said), TextOf(notes.GetValueOrDefault(attempt)));
            Assert.Equal(
                MarkersOf((job, success.Task, success.Attempt)).Count, markers.GetValueOrDefault(attempt)?.Count ?? 0);
        }
    }

    private List<Marker> MarkersOf((JobId, int, int) attempt) => _markers.GetValueOrDefault(attempt) ?? [];

    private static string TextOf(AttemptNotes? notes) =>
        notes is null ? "" : $"{notes.Reused} {notes.IsUnchanged} {string.Join(',', notes.Saved)}";
}
