namespace ActorFlow.Journal;

/// <summary>What every journal asks of an append: a stream that breaks it could not be read again.</summary>
internal static class AppendRules
{
    /// <summary>Refuses a write that breaks a rule; nothing is appended then.</summary>
    /// <exception cref="ArgumentException">It does.</exception>
    public static void Require(JournalWrite write)
    {
        ArgumentNullException.ThrowIfNull(write);
        // Nearly every append is of tasks that start and succeed: nothing to look at.
        if (write.ExpectedVersion > 0 && write.Events is EventList { HasOthers: false, Count: > 0 }) return;
        if (write.Events.Count == 0)
            throw new ArgumentException($"An append to job '{write.Job}' has no events.", nameof(write));
        var beginning = EventList.KeptAt(write.Events, 0) as JobEvent.JobSubmitted;
        if (beginning is null != write.ExpectedVersion > 0)
            throw new ArgumentException(
                $"The first event of job '{write.Job}', and no other, says that it was submitted; the append at "
                + $"version {write.ExpectedVersion} begins with {write.Events[0].GetType().Name}.", nameof(write));
        if (beginning is not null && beginning.Job.Id != write.Job)
            throw new ArgumentException(
                $"The append to job '{write.Job}' submits job '{beginning.Job.Id}'.", nameof(write));
        for (var i = 1; i < write.Events.Count; i++)
            if (EventList.KeptAt(write.Events, i) is JobEvent.JobSubmitted)
                throw new ArgumentException(
                    $"The first event of job '{write.Job}', and no other, says that it was submitted; the append at "
                    + $"version {write.ExpectedVersion} says so in event {i + 1}.", nameof(write));
    }
}
