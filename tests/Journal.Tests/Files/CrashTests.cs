using ActorFlow.TestKit;

namespace ActorFlow.Journal.Tests.Files;

/// <summary>
/// The power goes at every change that a long history makes on the disk. What was acknowledged is there afterwards, and
/// of what was under way all or nothing. What becomes of what was not synced is drawn here; where it is short, every
/// outcome is gone through, in the folder Enumeration.
/// </summary>
public sealed class CrashTests
{
    private static readonly History History = History.OfEverything().Model();

    [Theory]
    [InlineData(1000)]
    [InlineData(100_000)]
    public async Task What_was_acknowledged_survives_a_crash_at_any_change(int segmentBytes)
    {
        var changes = await ChangesOfAsync(segmentBytes);
        for (var at = 1; at <= changes + 1; at++)
            for (var seed = 0; seed < 12; seed++)
            {
                var disk = new SimulatedDisk();
                disk.Faults.StopAtChange(at);
                var acknowledged = await DieAsync(disk, segmentBytes);
                disk.Crash(new Random(seed));
                await ReopenAsync(disk, segmentBytes, acknowledged, $"crash at {at}, seed {seed}");
            }
    }

    [Fact]
    public async Task What_a_journal_held_when_it_was_opened_survives_the_machine()
    {
        var changes = await ChangesOfAsync(segmentBytes: 400);
        for (var at = 1; at <= changes; at++)
            for (var seed = 0; seed < 9; seed++)
            {
                var disk = new SimulatedDisk();
                disk.Faults.StopAtChange(at);
                var acknowledged = await DieAsync(disk, segmentBytes: 400);
                // The process is gone, and what it wrote is with the operating system.
                disk.Kill();
                var journal = FileJournal.Open(Options(disk, 400));
                History.RequireAtLeast(acknowledged, journal, $"killed at {at}");
                var seen = History.StateOf(journal);
                // What comes next is acknowledged, or on its way to the disk, or not begun.
                if (seed % 3 == 1) disk.Faults.Fail(1, DiskCall.Sync);
                if (seed % 3 < 2) journal.Begin(new JobId("z"), 0, Facts.Submitted(new JobId("z")));
                if (seed % 3 == 0) seen = History.StateOf(journal);
                disk.Crash(new Random(seed));
                await using var reopened = FileJournal.Open(Options(disk, 400));
                Assert.StartsWith(seen, History.StateOf(reopened), StringComparison.Ordinal);
            }
    }

    private static FileJournalOptions Options(SimulatedDisk disk, int segmentBytes) =>
        TestJournal.On(disk) with { SegmentBytes = segmentBytes, Retention = null };

    private static async Task<int> ChangesOfAsync(int segmentBytes)
    {
        var disk = new SimulatedDisk();
        await using var journal = FileJournal.Open(Options(disk, segmentBytes));
        Assert.Equal(History.Count, await History.LiveAsync(journal));
        Assert.Equal(History.LastState, History.StateOf(journal));
        return disk.Faults.Changes;
    }

    private static async Task<int> DieAsync(SimulatedDisk disk, int segmentBytes) =>
        (await History.LiveAsync(Options(disk, segmentBytes))).Acknowledged;

    private static async Task ReopenAsync(SimulatedDisk disk, int segmentBytes, int acknowledged, string story)
    {
        string state;
        await using (var journal = FileJournal.Open(Options(disk, segmentBytes)))
        {
            History.RequireAtLeast(acknowledged, journal, story);
            await journal.RunWholeAsync(new JobId("afterwards"));
            state = History.StateOf(journal);
        }

        disk.Crash(new Random(0), CrashMood.LosesAll);
        await using var again = FileJournal.Open(Options(disk, segmentBytes));
        Assert.True(string.Equals(state, History.StateOf(again), StringComparison.Ordinal), story);
    }
}
