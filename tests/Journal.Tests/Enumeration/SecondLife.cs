using ActorFlow.TestKit;

namespace ActorFlow.Journal.Tests.Enumeration;

/// <summary>A journal is opened again, takes one more job, and is closed, as far as the disk allows.</summary>
/// <param name="Found">The state that was found; null if it did not open.</param>
/// <param name="IsAcknowledged">Whether the job was acknowledged.</param>
internal sealed record SecondLife(string? Found, bool IsAcknowledged)
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
            return new SecondLife(null, IsAcknowledged: false);
        }

        var found = History.StateOf(journal);
        var life = new SecondLife(found, journal.Begin(job, 0, Submitted(job)).IsAcknowledged);
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
