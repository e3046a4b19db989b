using ActorFlow.TestKit;

namespace ActorFlow.Journal.Tests.Enumeration;

/// <summary>A short life of a journal from its opening to its closing.</summary>
/// <param name="History">What is done.</param>
/// <param name="SegmentBytes">How long its files get.</param>
/// <param name="Synced">
/// Behind which steps all is on the disk, of a journal with relaxed durability; null if it syncs every append.
/// </param>
internal sealed record Scenario(History History, int SegmentBytes, int[]? Synced = null)
{
    private const int Wide = 4_000;

    /// <summary>All scenarios by name.</summary>
    public static Scenario Named(string name) => name switch
    {
        "one job" => new(new History().Run("a").Model(), Wide),
        "two jobs at once" => new(
            new History().Append("a", 0, Submitted("a"), Facts.Started()).Append("b", 0, Submitted("b"))
                .Append("a", 2, Facts.Failed(1, 1)).Append("b", 1, Facts.Started(2))
                .Append("b", 2, Facts.Succeeded(3), Facts.Ended(3)).Append("a", 3, Facts.Ended(4)).Model(), Wide),
        "retry after the end" => new(
            new History().Run("a").Append("a", 4, Facts.Reopened(), Facts.Started(3, 2))
                .Append("a", 6, Facts.Failed(4, 2), Facts.Ended(4)).Model(), Wide),
        "a file for each append" => new(new History().Run("a").Run("b").Model(), 1),
        "a file for two appends" => new(new History().Run("a").Run("b").Run("c").Model(), 260),
        "appends in one write" => new(
            new History().SubmitTogether("a", "b", "c").Append("b", 2, Facts.Succeeded(), Facts.Ended()).Model(), Wide),
        "forget and compact" => new(
            new History().Run("a").Run("b").Forget("a").Compact().Run("a", 5).Forget("b").Compact().Model(), 260),
        "relaxed" => new(
            new History().Run("a").Compact().Append("b", 0, Submitted("b")).Append("a", 4, Facts.Reopened()).Model(),
            Wide, Synced: [0, 3]),
        "relaxed, a file for each append" => new(
            new History().Run("a").Forget("a").Compact().Run("a", 5).Model(), 1, Synced: [0, 4]),
        "everything" => new(History.OfEverything().Model(), 400),
        _ => throw new ArgumentException($"There is no scenario '{name}'.", nameof(name)),
    };

    /// <summary>The options of a journal on a disk.</summary>
    public FileJournalOptions On(SimulatedDisk disk) => TestJournal.On(disk) with
    {
        SegmentBytes = SegmentBytes,
        Retention = null,
        Durability = Synced is null ? Durability.SyncEveryAppend : Durability.SyncEvery(TimeSpan.FromSeconds(1)),
    };

    /// <summary>Lives it until something fails.</summary>
    /// <returns>How many steps were acknowledged; one more than there are if the journal was closed too.</returns>
    public async Task<int> LiveAsync(SimulatedDisk disk)
    {
        var (journal, acknowledged) = await History.LiveAsync(On(disk));
        if (journal is null) return 0;
        try
        {
            await journal.DisposeAsync();
            var isDone = acknowledged == History.Count && !disk.Faults.IsDown;
            return isDone ? acknowledged + 1 : acknowledged;
        }
        catch (JournalWriteException)
        {
            return acknowledged;
        }
    }

    /// <summary>How many steps must survive a power failure.</summary>
    public int Kept(int acknowledged)
    {
        if (acknowledged > History.Count) return History.Count;
        return Synced?.Last(step => step <= acknowledged) ?? acknowledged;
    }

    private static JobEvent Submitted(string job) => Facts.Submitted(new JobId(job));
}
