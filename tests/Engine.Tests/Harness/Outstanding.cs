namespace ActorFlow.Engine.Tests;

/// <summary>The effects that were issued and have not finished, kept as a shell would keep them.</summary>
internal sealed class Outstanding
{
    private readonly SortedDictionary<(int Task, int Attempt), Reason?> _attempts = [];

    /// <summary>When the job asked to be woken last; null if it was woken since.</summary>
    public DateTimeOffset? Alarm { get; private set; }

    /// <summary>Whether heartbeats, which are not journaled, may have put the alarm off.</summary>
    public bool HeartbeatsNoted { get; private set; }

    public IEnumerable<(int Task, int Attempt)> Attempts => _attempts.Keys;

    /// <summary>The attempts to start and to cancel, by task.</summary>
    public IEnumerable<JobEffect> OfAttempts
    {
        get
        {
            foreach (var ((task, attempt), cancelled) in _attempts)
            {
                yield return new JobEffect.StartAttempt(task, attempt);
                if (cancelled is { } reason) yield return new JobEffect.CancelAttempt(task, attempt, reason);
            }
        }
    }

    public void Note(JobCommand command, JobStep step)
    {
        if (command is JobCommand.NoteHeartbeat) HeartbeatsNoted = true;
        if (command is JobCommand.WakeUp) Alarm = null;
        foreach (var effect in step.Effects) Note(effect);
        foreach (var fact in step.Events)
            if (EndedBy(fact) is { } ended) Remove(ended);
    }

    /// <summary>After a crash nothing is left but what the state asks for.</summary>
    public void Resumed(IEnumerable<JobEffect> effects)
    {
        Alarm = null;
        HeartbeatsNoted = false;
        _attempts.Clear();
        foreach (var effect in effects) Note(effect);
    }

    private void Note(JobEffect effect)
    {
        switch (effect)
        {
            case JobEffect.StartAttempt e: _attempts.Add((e.Task, e.Attempt), null); break;
            // A task that waits for what it has added has no attempt to cancel.
            case JobEffect.CancelAttempt e when _attempts.ContainsKey((e.Task, e.Attempt)):
                _attempts[(e.Task, e.Attempt)] = e.Reason;
                break;
            case JobEffect.CancelAttempt: break;
            case JobEffect.AbandonAttempt e: _attempts.Remove((e.Task, e.Attempt)); break;
            case JobEffect.SetAlarm e: Alarm = e.DueAt; break;
        }
    }

    // An attempt that found its condition false ends with its task.
    private void Remove((int Task, int Attempt) ended)
    {
        if (ended.Attempt > 0) _attempts.Remove(ended);
        else
            foreach (var attempt in _attempts.Keys.Where(a => a.Task == ended.Task).ToList())
                _attempts.Remove(attempt);
    }

    private static (int Task, int Attempt)? EndedBy(JobEvent fact) => fact switch
    {
        JobEvent.TaskSucceeded e => (e.Task, e.Attempt),
        JobEvent.AttemptFailed e => (e.Task, e.Attempt),
        JobEvent.TaskExpanded { Expansion.Key: null } e => (e.Task, e.Attempt),
        JobEvent.TaskSkipped { Reason: Reason.ConditionFalse } e => (e.Task, 0),
        _ => null,
    };
}
