using ActorFlow.Engine;

namespace ActorFlow.Actors;

/// <summary>The markers of one attempt on their way to its supervisor.</summary>
/// <remarks>
/// They are posted while the attempt runs, so that a crash costs the last ones at most; what comes while a message is
/// on its way goes with it, so that a thousand lines of a compiler are a few events and not a thousand syncs.
/// </remarks>
internal sealed class AttemptMarks(JobActor job, int task, int attempt)
{
    private readonly Lock _gate = new();
    private List<Marker> _waiting = [];
    private int _count;
    private int _dropped;

    public void Add(Marker marker)
    {
        lock (_gate)
        {
            if (_count >= Limits.MarkersOfAttempt) _dropped++;
            else Enqueue(Bounded(marker));
        }
    }

    /// <summary>The attempt ends: what was too much is counted.</summary>
    public void End()
    {
        lock (_gate)
        {
            if (_dropped == 0) return;
            Enqueue(new Marker(
                Severity.Warning,
                $"{_dropped} more markers were not kept: an attempt may have {Limits.MarkersOfAttempt}."));
            _dropped = 0;
        }
    }

    private void Enqueue(Marker marker)
    {
        _count++;
        _waiting.Add(marker);
        if (_waiting.Count == 1) job.Ref.Post(new Marked(this));
    }

    private List<Marker> Take()
    {
        lock (_gate)
        {
            var taken = _waiting;
            _waiting = [];
            return taken;
        }
    }

    // What is stored can be read back, whatever a filter has made.
    private static Marker Bounded(Marker marker) => marker with
    {
        Severity = Enum.IsDefined(marker.Severity) ? marker.Severity : Severity.Error,
        Message = CutText.To(Limits.MarkerLength, marker.Message),
        File = marker.File is { } file ? CutText.To(Limits.MarkerLength, file) : null,
    };

    private void Deliver(JobActor job, DateTimeOffset at) =>
        job.Decide(new JobCommand.MarkAttempt(at, task, attempt, Take()));

    private sealed class Marked(AttemptMarks marks) : Message
    {
        public override void Deliver(JobActor job) => marks.Deliver(job, At);
    }
}
