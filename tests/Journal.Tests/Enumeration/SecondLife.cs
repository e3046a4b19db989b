using ActorFlow.Simulation;

namespace ActorFlow.Journal.Tests.Enumeration;

/// <summary>A journal is opened again, takes one more job, and is closed, as far as the disk allows.</summary>
/// <param name="Found">The state that was found; null if it did not open.</param>
/// <param name="After">The state with the job; null if the job was not acknowledged.</param>
internal sealed record SecondLife(string? Found, string? After)
{
    public static async Task<SecondLife> LiveAsync(FileJournalOptions options, JobId job)
    {
        var disk = (SimulatedDisk)options.Disk;
        FileJournal journal;
        try
        {
            journal = FileJournal.Open(options);
        }
        catch (JournalWriteException) when (disk.Faults.IsDown)
        {
            return new SecondLife(null, null);
        }

        var life = new SecondLife(History.StateOf(journal), null);
        if (journal.Begin(job, 0, Submitted(job)).IsAcknowledged) life = life with { After = History.StateOf(journal) };
        try
        {
            await journal.DisposeAsync();
            return life;
        }
        catch (JournalWriteException) when (disk.Faults.IsDown)
        {
            return life;
        }
    }

    /// <summary>A state and the job.</summary>
    public static string With(string found, JobId job)
    {
        var model = new MemoryJournal();
        model.Begin(job, 0, Submitted(job));
        return found.Length == 0 ? History.StateOf(model) : $"{found}\n{History.StateOf(model)}";
    }

    private static JobEvent Submitted(JobId job) => Facts.Submitted(job, 100);
}
