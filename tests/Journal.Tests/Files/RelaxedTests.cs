using ActorFlow.TestKit;

namespace ActorFlow.Journal.Tests.Files;

/// <summary>A journal that syncs every so often: fast, and with a stated risk.</summary>
public sealed class RelaxedTests
{
    private static readonly History History = History.OfEverything().Model();
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task What_is_written_is_synced_on_a_thread_that_no_user_code_can_block()
    {
        var disk = new SimulatedDisk();
        await using var journal = FileJournal.Open(TestJournal.On(disk) with
        {
            Time = TimeProvider.System,
            Durability = Durability.SyncEvery(TimeSpan.FromMilliseconds(1)),
        });
        await journal.AppendAsync(Facts.Job, 0, Facts.Submitted(Facts.Job));
        var isPooled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        disk.Faults.Fail(
            1, DiskCall.Sync, meanwhile: () => isPooled.SetResult(Thread.CurrentThread.IsThreadPoolThread));
        journal.Begin(Facts.Other, 0, Facts.Submitted(Facts.Other));
        Assert.False(await isPooled.Task);
    }

    [Fact]
    public async Task Appends_do_not_wait_for_a_sync_and_the_clock_makes_them_durable()
    {
        var (disk, time) = (new SimulatedDisk(), new SimulatedTime());
        var journal = FileJournal.Open(Options(disk, time));
        await journal.RunWholeAsync(Facts.Job);
        var syncs = disk.Faults.Count(DiskCall.Sync);
        await journal.RunWholeAsync(Facts.Other);
        Assert.Equal(syncs, disk.Faults.Count(DiskCall.Sync));

        Assert.True(time.FireNext());
        Assert.Equal(syncs + 1, disk.Faults.Count(DiskCall.Sync));
        Assert.True(time.FireNext());
        Assert.Equal(syncs + 1, disk.Faults.Count(DiskCall.Sync));

        var state = History.StateOf(journal);
        disk.Crash(new Random(0), CrashMood.LosesAll);
        await using var again = FileJournal.Open(Options(disk, time));
        Assert.Equal(state, History.StateOf(again));
    }

    [Fact]
    public async Task The_clock_makes_durable_what_was_appended_also_when_somebody_always_writes()
    {
        var (disk, time, queue) = (new SimulatedDisk(), new SimulatedTime(), new Queue<Action>());
        var options = Options(disk, time) with { SegmentBytes = 1 << 20, Schedule = queue.Enqueue };
        var journal = FileJournal.Open(options);
        await journal.RunWholeAsync(Facts.Job);
        var syncs = disk.Faults.Count(DiskCall.Sync);
        Begin(0);
        while (queue.TryDequeue(out var work)) work();

        // A tick that finds what the last round has synced asks for nothing.
        Assert.InRange(disk.Faults.Count(DiskCall.Sync) - syncs, 10, 20);
        var state = History.StateOf(journal);
        disk.Crash(new Random(0), CrashMood.LosesAll);
        await using var again = FileJournal.Open(Options(disk, time));
        Assert.Equal(state, History.StateOf(again));

        void Begin(int round) => journal.Append(new Listener(new JobId($"round-{round}"), () =>
        {
            if (round < 20) Begin(round + 1);
            Assert.True(time.FireNext());
        }));
    }

    [Fact]
    public async Task An_interval_that_is_longer_than_timers_know_is_as_good_as_the_longest()
    {
        var options = TestJournal.On(new SimulatedDisk()) with
        {
            Time = TimeProvider.System,
            Durability = Durability.SyncEvery(TimeSpan.MaxValue),
        };
        await using var journal = FileJournal.Open(options);
        await journal.RunWholeAsync(Facts.Job);
    }

    [Fact]
    public async Task A_crash_of_the_process_costs_nothing()
    {
        var disk = new SimulatedDisk();
        await History.LiveAsync(Options(disk));
        disk.Kill();
        await using var again = FileJournal.Open(Options(disk));
        Assert.Equal(History.LastState, History.StateOf(again));
    }

    [Fact]
    public async Task A_power_failure_costs_at_most_what_came_after_the_last_sync_and_never_the_middle()
    {
        for (var steps = 0; steps <= History.Count; steps++)
            for (var seed = 0; seed < 12; seed++)
            {
                var (disk, time) = (new SimulatedDisk(), new SimulatedTime());
                var journal = FileJournal.Open(Options(disk, time));
                await History.LiveAsync(journal, 0, steps / 2);
                time.FireNext();
                await History.LiveAsync(journal, steps / 2, steps);
                disk.Crash(new Random(seed));
                await using var again = FileJournal.Open(Options(disk));
                History.RequireBetween(steps / 2, steps, again, $"{steps} steps, seed {seed}");
            }
    }

    [Fact]
    public async Task A_power_failure_at_any_change_leaves_a_beginning_of_what_was_done()
    {
        var counted = new SimulatedDisk();
        await History.LiveAsync(Options(counted));
        for (var at = 1; at <= counted.Faults.Changes; at++)
            for (var seed = 0; seed < 12; seed++)
            {
                var disk = new SimulatedDisk();
                disk.Faults.StopAtChange(at);
                await History.LiveAsync(Options(disk));
                disk.Crash(new Random(seed));
                await using var again = FileJournal.Open(Options(disk));
                History.RequireBetween(0, History.Count, again, $"crash at {at}, seed {seed}");
            }
    }

    [Fact]
    public async Task Closing_makes_everything_durable()
    {
        var disk = new SimulatedDisk();
        await using (var journal = FileJournal.Open(Options(disk))) await History.LiveAsync(journal);
        disk.Crash(new Random(0), CrashMood.LosesAll);
        await using var again = FileJournal.Open(Options(disk));
        Assert.Equal(History.LastState, History.StateOf(again));
    }

    [Fact]
    public async Task Closing_says_when_that_failed_and_still_gives_the_lock_back()
    {
        var disk = new SimulatedDisk();
        var journal = FileJournal.Open(Options(disk));
        await journal.RunWholeAsync(Facts.Job);
        disk.Faults.Fail(1, DiskCall.Sync);
        await Assert.ThrowsAsync<JournalWriteException>(async () => await journal.DisposeAsync());
        await using var again = FileJournal.Open(Options(disk));
    }

    [Fact]
    public async Task A_sync_by_the_clock_that_fails_ends_the_taking_of_appends()
    {
        var (disk, time) = (new SimulatedDisk(), new SimulatedTime());
        await using var journal = FileJournal.Open(Options(disk, time));
        await journal.RunWholeAsync(Facts.Job);
        disk.Faults.Fail(1, DiskCall.Sync);
        time.FireNext();
        await Assert.ThrowsAsync<JournalWriteException>(() => journal.RunWholeAsync(Facts.Other));
    }

    private static FileJournalOptions Options(SimulatedDisk disk, SimulatedTime? time = null) =>
        TestJournal.On(disk, time) with
        {
            SegmentBytes = 700,
            Retention = null,
            Durability = Durability.SyncEvery(Second),
        };
}
