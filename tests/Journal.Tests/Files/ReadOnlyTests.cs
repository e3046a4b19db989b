using ActorFlow.TestKit;

namespace ActorFlow.Journal.Tests.Files;

/// <summary>A journal that is only read, also while another process writes it.</summary>
public sealed class ReadOnlyTests
{
    [Fact]
    public async Task Reading_changes_nothing_and_takes_no_lock()
    {
        var disk = new SimulatedDisk();
        await using var journal = FileJournal.Open(Options(disk));
        await History.OfEverything().Model().LiveAsync(journal);
        var changes = disk.Faults.Changes;

        await using var reader = FileJournal.Open(Options(disk) with { ReadOnly = true });
        Assert.Equal(History.StateOf(journal), History.StateOf(reader));
        Assert.Equal(changes, disk.Faults.Changes);
    }

    [Fact]
    public async Task A_torn_end_is_left_as_it_is()
    {
        var disk = await TestJournal.DiskAfterAsync(journal => journal.RunWholeAsync(Facts.Job));
        var files = disk.Files();
        files[TestJournal.PathOf(1)] = files[TestJournal.PathOf(1)][..^3];
        disk = SimulatedDisk.With(files);

        await using var reader = FileJournal.Open(Options(disk) with { ReadOnly = true });
        Assert.Equal(2, (await reader.TextsAsync(Facts.Job)).Length);
        Assert.Equal(0, disk.Faults.Changes);
    }

    [Fact]
    public async Task A_directory_that_is_not_there_reads_as_empty()
    {
        var disk = new SimulatedDisk();
        await using var reader = FileJournal.Open(Options(disk) with { ReadOnly = true });
        Assert.Empty(await reader.IdsAsync());
        Assert.Equal(0, disk.Faults.Changes);
    }

    [Fact]
    public async Task What_would_write_is_refused()
    {
        await using var reader = FileJournal.Open(Options(new SimulatedDisk()) with { ReadOnly = true });
        Assert.Throws<InvalidOperationException>(() => reader.Begin(Facts.Job, 0, Facts.Submitted(Facts.Job)));
        await Assert.ThrowsAsync<InvalidOperationException>(reader.CompactAsync);
        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await reader.ForgetAsync(Facts.Job, CancellationToken.None));
    }

    private static FileJournalOptions Options(SimulatedDisk disk) =>
        TestJournal.On(disk) with { SegmentBytes = 700, Retention = null };
}
