using ActorFlow.TestKit;

namespace ActorFlow.Journal.Tests.Files;

/// <summary>Ended jobs are kept for a time, and then the room that they took is given back.</summary>
public sealed class CompactionTests
{
    [Fact]
    public async Task Ended_jobs_are_forgotten_when_their_time_is_over_and_others_are_kept()
    {
        var (disk, time, forgotten) = (new SimulatedDisk(), new SimulatedTime(), new List<(int, DateTimeOffset)>());
        var options = TestJournal.On(disk, time) with
        {
            Retention = TimeSpan.FromHours(1),
            OnForgotten = (count, before) => forgotten.Add((count, before)),
        };
        await using var journal = FileJournal.Open(options);
        await journal.RunWholeAsync(new JobId("ended"));
        await journal.RunWholeAsync(new JobId("ended-later"), second: 1800);
        await journal.RunWholeAsync(new JobId("reopened"));
        await journal.AppendAsync(new JobId("reopened"), 4, Facts.Reopened());
        await journal.AppendAsync(new JobId("running"), 0, Facts.Submitted(new JobId("running")));

        time.Pass(TimeSpan.FromMinutes(59));
        await journal.CompactAsync();
        Assert.Equal(["ended", "ended-later", "reopened", "running"], await journal.IdsAsync());

        time.Pass(TimeSpan.FromMinutes(2));
        await journal.CompactAsync();
        Assert.Equal(["ended-later", "reopened", "running"], await journal.IdsAsync());
        Assert.Equal([(1, new DateTimeOffset(2030, 1, 1, 0, 1, 0, TimeSpan.Zero))], forgotten);
    }

    [Fact]
    public async Task Opening_forgets_what_is_over()
    {
        var (disk, time) = (new SimulatedDisk(), new SimulatedTime());
        await using (var journal = FileJournal.Open(TestJournal.On(disk, time))) await journal.RunWholeAsync(Facts.Job);
        time.Pass(TimeSpan.FromDays(31));

        await using (var kept = FileJournal.Open(TestJournal.On(disk, time) with { Retention = null }))
            Assert.Equal(["job-1"], await kept.IdsAsync());
        await using (var again = FileJournal.Open(TestJournal.On(disk, time))) Assert.Empty(await again.IdsAsync());
        await using var later = FileJournal.Open(TestJournal.On(disk, time) with { Retention = null });
        Assert.Empty(await later.IdsAsync());
    }

    [Fact]
    public async Task A_retention_that_is_longer_than_time_itself_keeps_everything()
    {
        var (disk, time) = (new SimulatedDisk(), new SimulatedTime());
        var options = TestJournal.On(disk, time) with { Retention = TimeSpan.MaxValue };
        await using (var journal = FileJournal.Open(options)) await journal.RunWholeAsync(Facts.Job);
        time.Pass(TimeSpan.FromDays(100_000));
        await using var again = FileJournal.Open(options);
        await again.CompactAsync();
        Assert.Equal(["job-1"], await again.IdsAsync());
    }

    [Fact]
    public async Task The_room_of_forgotten_jobs_is_given_back_and_the_others_are_as_they_were()
    {
        var disk = new SimulatedDisk();
        await using (var journal = FileJournal.Open(Options(disk)))
        {
            for (var i = 0; i < 40; i++) await journal.RunWholeAsync(new JobId($"job-{i}"));
            var before = Size(disk);
            for (var i = 0; i < 40; i++)
                if (i != 20)
                    await journal.ForgetAsync(new JobId($"job-{i}"), CancellationToken.None);
            await journal.CompactAsync();

            Assert.True(Size(disk) < before / 2);
            Assert.Equal(4, (await journal.TextsAsync(new JobId("job-20"))).Length);
        }

        await using var again = FileJournal.Open(Options(disk));
        Assert.Equal(["job-20"], await again.IdsAsync());
        Assert.Equal(4, (await again.TextsAsync(new JobId("job-20"))).Length);
    }

    [Fact]
    public async Task A_journal_that_is_used_and_forgotten_for_long_stays_small()
    {
        var disk = new SimulatedDisk();
        for (var day = 0; day < 30; day++)
        {
            await using var journal = FileJournal.Open(Options(disk));
            for (var i = 0; i < 10; i++) await journal.RunWholeAsync(new JobId($"job-{day}-{i}"));
            foreach (var id in await journal.IdsAsync())
                await journal.ForgetAsync(new JobId(id), CancellationToken.None);
            await journal.CompactAsync();
            Assert.True(disk.Files().Count <= 4, $"{disk.Files().Count} files on day {day}");
        }
    }

    [Fact]
    public async Task An_id_that_is_used_again_means_the_new_job_after_any_number_of_compactions()
    {
        var disk = new SimulatedDisk();
        for (var round = 1; round <= 12; round++)
        {
            await using var journal = FileJournal.Open(Options(disk));
            if (round > 1) await journal.ForgetAsync(Facts.Job, CancellationToken.None);
            await journal.RunWholeAsync(Facts.Job, second: round);
            await journal.RunWholeAsync(new JobId($"other-{round}"));
            await journal.CompactAsync();
            var line = await journal.FindAsync(Facts.Job, CancellationToken.None);
            Assert.Equal(Facts.At(round), line!.SubmittedAt);
            Assert.Equal(4, (await journal.TextsAsync(Facts.Job)).Length);
        }
    }

    [Fact]
    public async Task A_compaction_that_fails_can_be_done_again()
    {
        DiskCall[] calls =
        [
            DiskCall.Create, DiskCall.Write, DiskCall.Sync, DiskCall.Replace, DiskCall.SyncDirectory, DiskCall.Delete,
        ];
        foreach (var call in calls)
        {
            var disk = new SimulatedDisk();
            await using var journal = FileJournal.Open(Options(disk));
            for (var i = 0; i < 10; i++) await journal.RunWholeAsync(new JobId($"job-{i}"));
            for (var i = 0; i < 9; i++) await journal.ForgetAsync(new JobId($"job-{i}"), CancellationToken.None);
            disk.Faults.Fail(1, call);

            await Assert.ThrowsAsync<JournalWriteException>(journal.CompactAsync);
            Assert.Equal(4, (await journal.TextsAsync(new JobId("job-9"))).Length);
            await journal.CompactAsync();
            Assert.Equal(4, (await journal.TextsAsync(new JobId("job-9"))).Length);
            await journal.RunWholeAsync(new JobId("after"));
        }
    }

    [Fact]
    public async Task Jobs_are_read_and_appended_while_the_journal_is_compacted()
    {
        var disk = new SimulatedDisk();
        await using var journal = FileJournal.Open(new FileJournalOptions
        {
            Directory = TestJournal.Directory,
            Disk = disk,
            SegmentBytes = 600,
            Retention = null,
        });
        await journal.AppendAsync(Facts.Job, 0, Facts.Submitted(Facts.Job));
        var compactions = Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++) await journal.CompactAsync();
        });
        var others = Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                await journal.RunWholeAsync(new JobId($"other-{i}"));
                if (i % 3 > 0) await journal.ForgetAsync(new JobId($"other-{i}"), CancellationToken.None);
            }
        });
        for (var i = 1; i < 200; i++)
        {
            await journal.AppendAsync(Facts.Job, i, Facts.Started(attempt: i));
            Assert.Equal(i + 1, (await journal.TextsAsync(Facts.Job)).Length);
        }

        await Task.WhenAll(compactions, others);
        Assert.Equal(35, (await journal.IdsAsync()).Length);
    }

    [Fact]
    public async Task A_compaction_beside_a_forgetting_that_is_not_durable_leaves_the_job_whole()
    {
        // The forgetting is written and not synced: what goes from the files now must not be missed after a crash.
        for (var seed = 0; seed < 20; seed++)
        {
            var disk = new SimulatedDisk();
            var relaxed = Options(disk) with { Durability = Durability.SyncEvery(TimeSpan.FromSeconds(1)) };
            var journal = FileJournal.Open(relaxed);
            for (var i = 0; i < 10; i++) await journal.RunWholeAsync(new JobId($"job-{i}"));
            await journal.AppendAsync(new JobId("job-0"), 4, Facts.Reopened(), Facts.Ended());
            await journal.ForgetAsync(new JobId("job-0"), CancellationToken.None);
            var sync = disk.Faults.Count(DiskCall.Sync);
            disk.Faults.Fail(1, DiskCall.Replace);
            await Assert.ThrowsAsync<JournalWriteException>(journal.CompactAsync);
            Assert.True(disk.Faults.Count(DiskCall.Sync) > sync);
            await journal.CompactAsync();
            disk.Crash(new Random(seed));
            await using var again = FileJournal.Open(Options(disk));
            Assert.DoesNotContain("job-0", await again.IdsAsync());
        }
    }

    private static int Size(SimulatedDisk disk) => disk.Files().Values.Sum(bytes => bytes.Length);

    [Fact]
    public async Task Segments_that_are_empty_and_have_to_stay_are_not_kept_open()
    {
        var disk = new SimulatedDisk();
        await using (var journal = FileJournal.Open(Options(disk)))
        {
            await journal.AppendAsync(Facts.Job, 0, Facts.Submitted(Facts.Job));
            for (var i = 0; i < 40; i++)
            {
                var id = new JobId($"done-{i}");
                await journal.RunWholeAsync(id);
                await journal.ForgetAsync(id, CancellationToken.None);
            }

            var before = disk.OpenFiles;
            await journal.CompactAsync();
            // Of what is written anew the first is not empty: a job goes on in it.
            Assert.InRange(disk.OpenFiles, before, before + 1);
        }

        Assert.True(disk.Files().Count > 10);
        var closed = disk.OpenFiles;
        await using var again = FileJournal.Open(Options(disk));
        Assert.InRange(disk.OpenFiles, closed, closed + 3);
        Assert.Equal(["job-1"], await again.IdsAsync());
        for (var i = 0; i < 10; i++) await again.RunWholeAsync(new JobId($"later-{i}"));
        await again.CompactAsync();
        await again.AppendAsync(Facts.Job, 1, Facts.Ended());
        await again.ForgetAsync(Facts.Job, CancellationToken.None);
        await again.CompactAsync();
        Assert.True(disk.Files().Count < 10);
    }

    private static FileJournalOptions Options(SimulatedDisk disk) =>
        TestJournal.On(disk) with { SegmentBytes = 600, Retention = null };
}
