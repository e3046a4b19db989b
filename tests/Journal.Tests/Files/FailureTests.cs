using ActorFlow.TestKit;

namespace ActorFlow.Journal.Tests.Files;

/// <summary>A disk that is full, or fails: what was acknowledged stays, and nothing more is acknowledged.</summary>
public sealed class FailureTests
{
    private static readonly History History = History.OfEverything().Model();

    [Theory]
    [InlineData(DiskCall.Write)]
    [InlineData(DiskCall.Sync)]
    [InlineData(DiskCall.Reserve)]
    [InlineData(DiskCall.SyncDirectory)]
    [InlineData(DiskCall.Create)]
    [InlineData(DiskCall.Truncate)]
    [InlineData(DiskCall.Replace)]
    [InlineData(DiskCall.Delete)]
    [InlineData(DiskCall.Read)]
    internal async Task A_call_that_fails_once_costs_nothing_that_was_acknowledged(DiskCall call)
    {
        var calls = await CallsOfAsync(call);
        for (var nth = 1; nth <= calls; nth++)
        {
            var disk = new SimulatedDisk();
            disk.Faults.Fail(nth, call);
            var (journal, acknowledged) = await History.LiveAsync(Options(disk));
            if (journal is not null) History.RequireAtLeast(acknowledged, journal, $"{call} {nth} failed, before");
            disk.Crash(new Random(nth));
            await using var again = FileJournal.Open(Options(disk));
            History.RequireAtLeast(acknowledged, again, $"{call} {nth} failed");
        }
    }

    [Fact]
    public async Task A_disk_that_is_full_is_told_to_who_appends_and_mends_when_there_is_room()
    {
        var disk = new SimulatedDisk();
        var journal = FileJournal.Open(Options(disk));
        await journal.RunWholeAsync(Facts.Job);
        var before = History.StateOf(journal);
        disk.Faults.Fail(1, DiskCall.Write, forEver: true);

        var error = await Assert.ThrowsAsync<JournalWriteException>(() => journal.RunWholeAsync(Facts.Other));
        Assert.Equal("The journal in '/data/journal' cannot be written: No space left on device.", error.Message);
        Assert.Equal(before, History.StateOf(journal));
        await journal.DisposeAsync();

        disk.Faults.Clear();
        await using var again = FileJournal.Open(Options(disk));
        Assert.Equal(before, History.StateOf(again));
        await again.RunWholeAsync(Facts.Other);
    }

    [Fact]
    public async Task After_a_failed_sync_nothing_is_acknowledged_any_more()
    {
        var disk = new SimulatedDisk();
        await using var journal = FileJournal.Open(Options(disk));
        await journal.RunWholeAsync(Facts.Job);
        disk.Faults.Fail(1, DiskCall.Sync, error: "Input/output error.");

        var first = journal.Begin(Facts.Other, 0, Facts.Submitted(Facts.Other));
        var syncs = disk.Faults.Count(DiskCall.Sync);
        var later = journal.Begin(new JobId("later"), 0, Facts.Submitted(new JobId("later")));

        Assert.IsType<JournalWriteException>(await first.Told);
        Assert.Equal(
            "The journal in '/data/journal' takes nothing more, since it could not be written: Input/output error. "
            + "When that is mended, close the engine and create it anew: what is recorded goes on.",
            Assert.IsType<JournalWriteException>(await later.Told).Message);
        await Assert.ThrowsAsync<JournalWriteException>(
            async () => await journal.ForgetAsync(Facts.Job, CancellationToken.None));
        await Assert.ThrowsAsync<JournalWriteException>(journal.CompactAsync);
        Assert.Equal(syncs, disk.Faults.Count(DiskCall.Sync));
        Assert.Equal(["job-1"], await journal.IdsAsync());
    }

    [Fact]
    public async Task A_journal_that_is_closing_acknowledges_nothing_after_a_failed_sync_either()
    {
        var (disk, queue) = (new SimulatedDisk(), new Queue<Action>());
        var journal = FileJournal.Open(Options(disk) with { Schedule = queue.Enqueue });
        TestWrite? behind = null;
        Task? closed = null;
        disk.Faults.Fail(1, DiskCall.Sync, error: "Input/output error.", meanwhile: () =>
        {
            behind = journal.Begin(Facts.Other, 0, Facts.Submitted(Facts.Other));
            closed = journal.DisposeAsync().AsTask();
        });
        var first = journal.Begin(Facts.Job, 0, Facts.Submitted(Facts.Job));
        while (queue.TryDequeue(out var work)) work();
        await closed!;
        Assert.IsType<JournalWriteException>(await first.Told);
        Assert.IsType<JournalWriteException>(await behind!.Told);
    }

    [Fact]
    public async Task A_job_that_could_not_be_forgotten_is_still_there()
    {
        var disk = new SimulatedDisk();
        await using var journal = FileJournal.Open(Options(disk));
        await journal.RunWholeAsync(Facts.Job);
        disk.Faults.Fail(1, DiskCall.Write);

        await Assert.ThrowsAsync<JournalWriteException>(
            async () => await journal.ForgetAsync(Facts.Job, CancellationToken.None));
        Assert.Equal(4, (await journal.TextsAsync(Facts.Job)).Length);
    }

    [Fact]
    public async Task An_append_that_cannot_be_encoded_hurts_no_other()
    {
        var disk = new SimulatedDisk();
        await using (var journal = FileJournal.Open(Options(disk)))
        {
            await journal.AppendAsync(Facts.Job, 0, Facts.Submitted(Facts.Job));
            await Assert.ThrowsAsync<JournalException>(() => journal.AppendAsync(
                Facts.Job, 1, Facts.Started(), new JobEvent.TaskSucceeded(Facts.At(1), 0, 1, Payload.Live(7))));
            await journal.AppendAsync(Facts.Job, 1, Facts.Started());
        }

        await using var again = FileJournal.Open(Options(disk));
        Assert.Equal(2, (await again.TextsAsync(Facts.Job)).Length);
    }

    [Fact]
    public async Task A_closed_journal_takes_nothing_more()
    {
        var disk = new SimulatedDisk();
        var journal = FileJournal.Open(Options(disk));
        await journal.RunWholeAsync(Facts.Job);
        await journal.DisposeAsync();
        await journal.DisposeAsync();

        var error = await journal.Begin(Facts.Other, 0, Facts.Submitted(Facts.Other)).Told;
        Assert.Equal("The journal in '/data/journal' is closed.", error?.Message);
        Assert.Equal(0, disk.OpenFiles);
    }

    [Fact]
    public void A_journal_that_fails_to_open_gives_its_lock_back()
    {
        var disk = new SimulatedDisk();
        disk.Faults.Fail(1, DiskCall.SyncDirectory);
        Assert.Throws<JournalWriteException>(() => FileJournal.Open(Options(disk)));
        Assert.NotNull(disk.TryLock($"{TestJournal.Directory}/lock", out _));
    }

    [Fact]
    public async Task Two_journals_on_one_directory_are_refused_until_the_first_is_closed()
    {
        var disk = new SimulatedDisk();
        await using (FileJournal.Open(Options(disk)))
            Assert.Throws<JournalLockedException>(() => FileJournal.Open(Options(disk)));
        await using (FileJournal.Open(Options(disk)))
            disk.Kill();
        await using var afterDeath = FileJournal.Open(Options(disk));
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused()
    {
        var options = Options(new SimulatedDisk());
        Assert.Throws<ArgumentOutOfRangeException>(() => FileJournal.Open(options with { SegmentBytes = 0 }));
        Assert.Throws<ArgumentException>(() => FileJournal.Open(options with { Directory = "" }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Durability.SyncEvery(TimeSpan.Zero));
    }

    private static FileJournalOptions Options(SimulatedDisk disk) =>
        TestJournal.On(disk) with { SegmentBytes = 700, Retention = null };

    private static async Task<int> CallsOfAsync(DiskCall call)
    {
        var disk = new SimulatedDisk();
        await using var journal = FileJournal.Open(Options(disk));
        await History.LiveAsync(journal);
        Assert.True(disk.Faults.Count(call) > 0);
        return disk.Faults.Count(call);
    }
}
