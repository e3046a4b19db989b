namespace ActorFlow.Simulation;

/// <summary>What attempts said beside their outputs, and what must be recorded of it.</summary>
internal sealed class Sayings
{
    private readonly Dictionary<(JobId Job, string Task, int Attempt), AttemptNotes> _notes = [];
    private readonly Dictionary<(JobId Job, string Task, int Attempt), List<Marker>> _markers = [];

    public void Notes(JobId job, string task, int attempt, AttemptNotes notes) => _notes[(job, task, attempt)] = notes;

    public void Marks(JobId job, string task, int attempt, Marker marker)
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
        var names = new List<string>();
        var markers = new Dictionary<(JobId, string, int), List<Marker>>();
        var notes = new Dictionary<(JobId, string, int), AttemptNotes>();
        foreach (var fact in events)
        {
            JobEvents.Follow(fact, names);
            switch (fact)
            {
                case JobEvent.TaskMarked e:
                    var attempt = (job, names[e.Task], e.Attempt);
                    var recorded = markers[attempt] = [.. markers.GetValueOrDefault(attempt) ?? [], .. e.Markers];
                    Assert.Equal(MarkersOf(attempt).Take(recorded.Count), recorded);
                    break;
                case JobEvent.AttemptNoted e:
                    notes[(job, names[e.Task], e.Attempt)] = e.Notes;
                    break;
                case JobEvent.TaskSucceeded e:
                    var success = (job, names[e.Task], e.Attempt);
                    Assert.Equal(TextOf(_notes.GetValueOrDefault(success)), TextOf(notes.GetValueOrDefault(success)));
                    Assert.Equal(MarkersOf(success).Count, markers.GetValueOrDefault(success)?.Count ?? 0);
                    break;
            }
        }
    }

    private List<Marker> MarkersOf((JobId, string, int) attempt) => _markers.GetValueOrDefault(attempt) ?? [];

    private static string TextOf(AttemptNotes? notes) =>
        notes is null ? "" : $"{notes.Reused} {notes.IsUnchanged} {string.Join(',', notes.Saved)}";
}
