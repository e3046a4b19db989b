using ActorFlow.TestKit;

namespace ActorFlow.Journal.Tests.Files;

/// <summary>What a look into a journal's directory finds.</summary>
public sealed class InspectionTests
{
    [Fact]
    public async Task A_sound_journal_is_sound_and_counted()
    {
        var disk = await TestJournal.DiskAfterAsync(async journal =>
        {
            await journal.RunWholeAsync(Facts.Job);
            await journal.RunWholeAsync(Facts.Other);
            await journal.AppendAsync(new JobId("running"), 0, Facts.Submitted(new JobId("running")));
            await journal.ForgetAsync(Facts.Job, CancellationToken.None);
        });

        var found = JournalInspection.Verify(TestJournal.Directory, disk);
        Assert.True(found.IsSound);
        Assert.Null(found.TornTail);
        Assert.Equal(new JournalTotals(1, disk.Files().Values.Single().Length, 6, 9, 2, 1, 1), found.Totals);
    }

    [Fact]
    public async Task A_compacted_journal_is_sound_too()
    {
        var disk = new SimulatedDisk();
        await using var journal = FileJournal.Open(Options(disk));
        await History.OfEverything().LiveAsync(journal);
        var changes = disk.Faults.Changes;

        Assert.Empty(JournalInspection.Verify(TestJournal.Directory, disk).Damage);
        Assert.Equal(changes, disk.Faults.Changes);
    }

    [Fact]
    public void A_directory_that_is_not_there_is_an_empty_journal()
    {
        var found = JournalInspection.Verify(TestJournal.Directory, new SimulatedDisk());
        Assert.Equal(new JournalTotals(0, 0, 0, 0, 0, 0, 0), found.Totals);
        Assert.Empty(JournalInspection.Dump(TestJournal.Directory, disk: new SimulatedDisk()));
    }

    [Fact]
    public async Task All_damage_is_listed_and_not_only_the_first()
    {
        var files = await FilesAsync();
        var (first, second) = (TestJournal.PathOf(1), TestJournal.PathOf(2));
        Flip(files, first, 40);
        Flip(files, second, 100);
        files.Remove(TestJournal.PathOf(4));

        var damage = JournalInspection.Verify(TestJournal.Directory, SimulatedDisk.With(files)).Damage;
        Assert.Contains(new JournalDamage(first, 32, "a frame is not as it was written."), damage);
        Assert.Contains(damage, d => d.File == second && d.Offset <= 100);
        Assert.Contains(new JournalDamage(TestJournal.PathOf(4), 0, "the file is missing."), damage);
    }

    [Fact]
    public async Task Whatever_makes_opening_fail_is_found()
    {
        var files = await FilesAsync();
        foreach (var (path, bytes) in files)
            for (var at = 0; at < bytes.Length; at++)
            {
                var changed = new Dictionary<string, byte[]>(files, StringComparer.Ordinal)
                {
                    [path] = [.. bytes],
                };
                Flip(changed, path, at);
                var disk = SimulatedDisk.With(changed);
                var found = JournalInspection.Verify(TestJournal.Directory, disk);
                Assert.Equal(0, disk.OpenFiles);
                var opening = Record.Exception(() => FileJournal.Open(Options(disk))) as JournalDamagedException;
                Assert.Equal(opening is null, found.IsSound);
                if (opening is null) Assert.NotNull(found.TornTail);
                else Assert.Contains(new JournalDamage(opening.File, opening.Offset, opening.Problem), found.Damage);
            }
    }

    [Fact]
    public async Task A_torn_end_is_told_and_is_no_damage()
    {
        var disk = await TestJournal.DiskAfterAsync(journal => journal.RunWholeAsync(Facts.Job));
        var files = disk.Files();
        var path = TestJournal.PathOf(1);
        files[path] = files[path][..^3];

        var found = JournalInspection.Verify(TestJournal.Directory, SimulatedDisk.With(files));
        Assert.True(found.IsSound);
        Assert.Equal((path, 2), (found.TornTail!.File, found.Totals.Events));
    }

    [Fact]
    public void A_record_that_no_event_can_be_read_from_is_damage()
    {
        // Sound for its checksum, as a newer version may have written it.
        var writer = new ByteWriter();
        writer.Take(FrameHeader.Size);
        byte[] record = [1, 1, 1, 1, 0, 200];
        System.Runtime.InteropServices.MemoryMarshal.Write(writer.Take(4), record.Length);
        record.CopyTo(writer.Take(record.Length));
        new FrameHeader(writer.Length - FrameHeader.Size, 1, 0).WriteTo(writer.At(0, writer.Length));
        var header = new SegmentHeader(1, 1, SegmentKind.Appended).ToBytes();
        var disk = SimulatedDisk.With(new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            [TestJournal.PathOf(1)] = [.. header, .. writer.Written],
        });

        var damage = Assert.Single(JournalInspection.Verify(TestJournal.Directory, disk).Damage);
        Assert.Equal("the first event of a job is not that it was submitted.", damage.Problem);
    }

    [Fact]
    public async Task Every_event_is_dumped_in_the_order_in_which_it_was_written()
    {
        var disk = await TestJournal.DiskAfterAsync(async journal =>
        {
            await journal.RunWholeAsync(Facts.Job);
            await journal.AppendAsync(Facts.Other, 0, Facts.Submitted(Facts.Other));
            await journal.ForgetAsync(Facts.Job, CancellationToken.None);
        });

        var entries = JournalInspection.Dump(TestJournal.Directory, disk: disk).ToList();
        Assert.Equal(
            [
                "1 job-1 1 JobSubmitted", "1 job-1 2 TaskStarted", "2 job-1 3 TaskSucceeded", "2 job-1 4 JobEnded",
                "3 job-2 1 JobSubmitted", "4 job-1 0 ",
            ],
            entries.Select(e => $"{e.Frame} {e.Job} {e.Version} {e.Event?.GetType().Name}"));
        Assert.All(entries, e => Assert.Equal(TestJournal.PathOf(1), e.File));
        Assert.Equal(entries.Select(e => e.Offset).Order(), entries.Select(e => e.Offset));
        Assert.Equal(1, (byte)disk.Files()[TestJournal.PathOf(1)][entries[0].Offset]);
    }

    [Fact]
    public async Task A_dump_is_lazy()
    {
        var disk = SimulatedDisk.With(await FilesAsync());
        var dump = JournalInspection.Dump(TestJournal.Directory, disk: disk);
        Assert.Equal(0, disk.Faults.Count(DiskCall.Open));
        Assert.NotNull(dump.First());
        Assert.Equal(1, disk.Faults.Count(DiskCall.Open));
        Assert.Equal(0, disk.OpenFiles);
    }

    [Fact]
    public async Task A_dump_goes_on_behind_damage_if_somebody_hears_of_it_and_stops_there_otherwise()
    {
        var files = await FilesAsync();
        var all = JournalInspection.Dump(TestJournal.Directory, disk: SimulatedDisk.With(files)).Count();
        Flip(files, TestJournal.PathOf(2), 40);
        var disk = SimulatedDisk.With(files);

        var heard = new List<JournalDamage>();
        var rest = JournalInspection.Dump(TestJournal.Directory, heard.Add, disk).ToList();
        Assert.Equal(TestJournal.PathOf(2), Assert.Single(heard).File);
        Assert.InRange(rest.Count, all / 2, all - 1);

        var read = new List<JournalEntry>();
        var damage = Assert.Throws<JournalDamagedException>(
            () => read.AddRange(JournalInspection.Dump(TestJournal.Directory, disk: disk).Select(e =>
            {
                read.Add(e);
                return e;
            })));
        Assert.Equal(TestJournal.PathOf(2), damage.File);
        Assert.Contains(read, e => e.File == TestJournal.PathOf(1));
    }

    [Fact]
    public void A_disk_that_cannot_be_read_is_an_error_of_the_journal()
    {
        var disk = new SimulatedDisk();
        disk.Faults.Fail(1, DiskCall.List, forEver: true, error: "Input/output error.");
        var error = Assert.Throws<JournalException>(() => JournalInspection.Verify(TestJournal.Directory, disk));
        Assert.Equal("The journal in '/data/journal' cannot be read: Input/output error.", error.Message);
        Assert.Throws<JournalException>(() => JournalInspection.Dump(TestJournal.Directory, disk: disk).Any());
    }

    private static FileJournalOptions Options(SimulatedDisk disk) =>
        TestJournal.On(disk) with { SegmentBytes = 300, Retention = null };

    /// <summary>Five files or more, of which none is compacted.</summary>
    private static async Task<Dictionary<string, byte[]>> FilesAsync()
    {
        var disk = new SimulatedDisk();
        await using (var journal = FileJournal.Open(Options(disk)))
            for (var i = 0; i < 10; i++) await journal.RunWholeAsync(new JobId($"job-{i}"));
        Assert.True(disk.Files().Count >= 5);
        return disk.Files();
    }

    private static void Flip(Dictionary<string, byte[]> files, string path, int at)
    {
        files[path] = [.. files[path]];
        files[path][at] ^= 16;
    }
}
