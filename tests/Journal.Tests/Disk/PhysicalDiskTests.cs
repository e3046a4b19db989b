namespace ActorFlow.Journal.Tests.Disk;

/// <summary>The disk of this machine, and a journal on it.</summary>
public sealed class PhysicalDiskTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly PhysicalDisk _disk = PhysicalDisk.Instance;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void What_is_written_at_an_offset_is_read_from_there()
    {
        using var file = _disk.Create(_directory.Path("a"));
        file.Write(3, [1, 2, 3]);
        file.Sync();

        var buffer = new byte[8];
        Assert.Equal(6, file.Length);
        Assert.Equal(6, file.Read(0, buffer));
        Assert.Equal([0, 0, 0, 1, 2, 3, 0, 0], buffer);
        Assert.Equal(0, file.Read(6, buffer));
    }

    [Fact]
    public void Room_that_is_reserved_reads_as_zeros_and_can_be_given_back()
    {
        using var file = _disk.Create(_directory.Path("a"));
        file.Write(0, [7]);
        file.Reserve(100);
        var buffer = new byte[100];
        var read = file.Read(0, buffer);
        Assert.True(buffer.AsSpan(1, read - 1).IndexOfAnyExcept((byte)0) < 0);

        file.Truncate(1);
        Assert.Equal(1, file.Length);
    }

    [Fact]
    public void A_file_takes_the_place_of_another_and_who_has_the_old_one_open_goes_on_reading_it()
    {
        var (old, fresh) = (_directory.Path("old"), _directory.Path("fresh"));
        using var first = _disk.Create(old);
        first.Write(0, [1]);
        using (var second = _disk.Create(fresh)) second.Write(0, [2]);

        _disk.Replace(fresh, old);
        _disk.SyncDirectory(_directory.Root);

        using var opened = _disk.Open(old, writable: false);
        var (before, after) = (new byte[1], new byte[1]);
        first.Read(0, before);
        opened.Read(0, after);
        Assert.Equal((1, 2), (before[0], after[0]));
        Assert.Equal(["old"], _disk.List(_directory.Root));
    }

    [Fact]
    public async Task A_compaction_that_may_not_write_says_so_and_can_be_done_again()
    {
        await using var journal = FileJournal.Open(
            new FileJournalOptions { Directory = _directory.Root, SegmentBytes = 200, Retention = null });
        await journal.RunWholeAsync(Facts.Job);
        await journal.RunWholeAsync(Facts.Other);
        await journal.ForgetAsync(Facts.Job, CancellationToken.None);
        // No file can be made where a directory is.
        var directory = Directory.CreateDirectory(_directory.Path("00000001.journal.tmp"));
        await Assert.ThrowsAsync<JournalWriteException>(journal.CompactAsync);

        directory.Delete();
        await journal.RunWholeAsync(new JobId("after"));
        await journal.CompactAsync();
        Assert.Equal([Facts.Other.Value, "after"], await journal.IdsAsync());
    }

    [Fact]
    public void A_file_that_is_too_long_for_a_segment_is_refused()
    {
        // Of zeros that the disk does not keep.
        using (var file = File.Create(_directory.Path("00000001.journal"))) file.SetLength(3L << 30);
        using (var file = File.Create(_directory.Path("00000002.journal"))) file.SetLength(1);

        var options = new FileJournalOptions { Directory = _directory.Root };
        Assert.Throws<JournalWriteException>(() => FileJournal.Open(options));
        Assert.Throws<JournalWriteException>(() => FileJournal.Open(options with { ReadOnly = true }));
        Assert.Throws<JournalException>(() => JournalInspection.Verify(_directory.Root));
        Assert.Throws<JournalException>(() => JournalInspection.Dump(_directory.Root).Count());
    }

    [Fact]
    public void A_directory_is_made_with_its_parents()
    {
        var path = System.IO.Path.Combine(_directory.Root, "a", "b", "c");
        Assert.Empty(_disk.List(path));
        _disk.CreateDirectory(path);
        _disk.CreateDirectory(path);
        Assert.True(Directory.Exists(path));
    }

    [Fact]
    public void A_file_opened_for_reading_cannot_be_written()
    {
        using (var file = _disk.Create(_directory.Path("a"))) file.Write(0, [1]);
        using var opened = _disk.Open(_directory.Path("a"), writable: false);
        Assert.ThrowsAny<Exception>(() => opened.Write(0, [2]));
    }

    [Fact]
    public void A_lock_is_given_once_and_again_when_it_is_given_back()
    {
        var path = _directory.Path("lock");
        using (var taken = _disk.TryLock(path, out var nobody))
        {
            Assert.NotNull(taken);
            Assert.Null(nobody);
            Assert.Null(_disk.TryLock(path, out var owner));
            if (OperatingSystem.IsLinux()) Assert.Equal($"{Environment.ProcessId}", owner);
        }

        using var again = _disk.TryLock(path, out _);
        Assert.NotNull(again);
    }

    [Fact]
    public void A_lock_that_cannot_be_taken_for_another_reason_is_an_error() =>
        Assert.ThrowsAny<IOException>(() => _disk.TryLock(_directory.Path("no/such/lock"), out _));

    [Fact]
    public async Task A_directory_that_is_in_use_is_refused_with_the_process_that_uses_it()
    {
        await using var journal = Open();
        var error = Assert.Throws<JournalLockedException>(Open);
        Assert.Equal(_directory.Root, error.Directory);
        if (OperatingSystem.IsLinux())
            Assert.Equal(
                $"The journal in '{_directory.Root}' is in use by process {Environment.ProcessId}. "
                + "Wait until it has ended, interrupt it, or use another data directory.", error.Message);
    }

    [Fact]
    public async Task A_journal_on_a_real_disk_is_there_when_it_is_opened_again()
    {
        string before;
        await using (var journal = Open())
        {
            for (var i = 0; i < 20; i++) await journal.RunWholeAsync(new JobId($"job-{i}"));
            await journal.ForgetAsync(new JobId("job-3"), CancellationToken.None);
            await journal.CompactAsync();
            before = History.StateOf(journal);
            Assert.Equal(19, (await journal.IdsAsync()).Length);
        }

        await using var again = Open();
        Assert.Equal(before, History.StateOf(again));
        Assert.All(_disk.List(_directory.Root), name => Assert.Matches(@"^(\d{8}\.journal|lock)$", name));
    }

    [Fact]
    public async Task A_journal_is_read_beside_the_process_that_writes_it()
    {
        await using var journal = Open();
        await journal.RunWholeAsync(Facts.Job);
        await using (var reader = FileJournal.Open(Options with { ReadOnly = true }))
            Assert.Equal(History.StateOf(journal), History.StateOf(reader));
        await journal.RunWholeAsync(Facts.Other);
    }

    [Fact]
    public async Task A_reader_beside_a_writer_that_appends_and_compacts_sees_every_job_whole()
    {
        await using var journal = Open();
        await journal.RunWholeAsync(new JobId("job-0"));
        var writing = Task.Run(async () =>
        {
            for (var i = 1; i < 120; i++)
            {
                await journal.RunWholeAsync(new JobId($"job-{i}"));
                if (i > 3) await journal.ForgetAsync(new JobId($"job-{i - 3}"), CancellationToken.None);
                if (i % 5 == 0) await journal.CompactAsync();
            }
        });
        for (var isLast = false; !isLast;)
        {
            isLast = writing.IsCompleted;
            await using var reader = FileJournal.Open(Options with { ReadOnly = true });
            var jobs = await reader.ListAsync(CancellationToken.None);
            Assert.All(jobs.SkipLast(1), job => Assert.Equal(JobPhase.Succeeded, job.Outcome));
            Assert.Contains(jobs, job => job.Id.Value == "job-0");
            Assert.True(JournalInspection.Verify(_directory.Root).IsSound);
        }

        await writing;
    }

    [Fact]
    public void A_directory_that_cannot_be_made_is_an_error_of_the_journal()
    {
        File.WriteAllText(_directory.Path("file"), "");
        var options = Options with { Directory = _directory.Path("file/journal") };
        Assert.Throws<JournalWriteException>(() => FileJournal.Open(options));
    }

    private FileJournalOptions Options => new() { Directory = _directory.Root, SegmentBytes = 1000 };

    private FileJournal Open() => FileJournal.Open(Options);

    [Fact]
    public async Task Whether_a_process_writes_to_a_journal_can_be_seen_without_taking_part()
    {
        var directory = _directory.Path("journal");
        Assert.Null(FileJournal.WrittenSince(directory));
        var before = DateTimeOffset.UtcNow.AddSeconds(-1);
        await using (FileJournal.Open(new FileJournalOptions { Directory = directory }))
            Assert.InRange(FileJournal.WrittenSince(directory)!.Value, before, DateTimeOffset.MaxValue);
        Assert.Null(FileJournal.WrittenSince(directory));
    }
}
