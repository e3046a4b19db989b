using ActorFlow.TestKit;

namespace ActorFlow.Journal.Tests.Files;

/// <summary>
/// Jobs that a newer ActorFlow has ended with events that this one does not know: they stay, and hurt no other.
/// </summary>
public sealed class NewerEventTests
{
    private static readonly JobId Newer = new("newer");

    [Fact]
    public async Task A_job_with_a_newer_event_at_its_end_is_kept_and_named_and_others_are_forgotten()
    {
        var (disk, notices) = (await DiskAsync(), new List<string>());
        await using var journal = FileJournal.Open(Options(disk) with { OnNotice = notices.Add });

        Assert.Null(await journal.FindAsync(Facts.Job, CancellationToken.None));
        var notice = Assert.Single(notices);
        Assert.StartsWith("1 jobs are kept", notice, StringComparison.Ordinal);
        Assert.Contains($"'{Newer}'", notice, StringComparison.Ordinal);
        Assert.Contains(TestJournal.PathOf(1), notice, StringComparison.Ordinal);
        await journal.CompactAsync();
        await journal.RunWholeAsync(Facts.Other);
    }

    [Fact]
    public async Task To_read_such_a_job_is_an_error_that_says_where_it_lies()
    {
        var disk = await DiskAsync();
        await using var journal = FileJournal.Open(Options(disk) with { Retention = null });
        var line = await Assert.ThrowsAsync<JournalDamagedException>(
            async () => await journal.FindAsync(Newer, CancellationToken.None));
        var events = await Assert.ThrowsAsync<JournalDamagedException>(() => journal.TextsAsync(Newer));
        Assert.Equal((events.File, events.Offset, events.Problem), (line.File, line.Offset, line.Problem));
    }

    [Fact]
    public async Task Such_a_job_is_listed_with_the_reason_and_hides_no_other()
    {
        var disk = await DiskAsync();
        await using var journal = FileJournal.Open(Options(disk) with { Retention = null });
        var lines = await journal.ListAsync(CancellationToken.None);
        var error = await Assert.ThrowsAsync<JournalDamagedException>(
            async () => await journal.FindAsync(Newer, CancellationToken.None));

        Assert.Equal([Facts.Job, Newer], lines.Select(line => line.Id));
        Assert.Equal((null, JobPhase.Succeeded), (lines[0].Problem, lines[0].Outcome));
        Assert.Equal((error.Message, null, 4L), (lines[1].Problem, lines[1].Outcome, lines[1].Version));
        Assert.Equal(lines[0].FlowName, lines[1].FlowName);
    }

    private static FileJournalOptions Options(SimulatedDisk disk)
    {
        var time = new SimulatedTime();
        time.Pass(TimeSpan.FromDays(100));
        return TestJournal.On(disk, time);
    }

    /// <summary>Two ended jobs; of one the last record but its end is of an unknown kind.</summary>
    private static async Task<SimulatedDisk> DiskAsync()
    {
        var disk = await TestJournal.DiskAfterAsync(async journal =>
        {
            await journal.RunWholeAsync(Facts.Job);
            await journal.AppendAsync(Newer, 0, Facts.Submitted(Newer), Facts.Started());
            await journal.AppendAsync(Newer, 2, Facts.Succeeded(), Facts.Ended());
        });
        var files = disk.Files();
        var bytes = files[TestJournal.PathOf(1)];
        var (start, header) = LastFrame(bytes);
        var record = bytes.AsSpan(start + FrameHeader.Size + sizeof(int));
        record[record.IndexOf((byte)EventTag.TaskSucceeded1)] = 250;
        header.WriteTo(bytes.AsSpan(start, FrameHeader.Size + header.Length));
        return SimulatedDisk.With(files);
    }

    private static (int Start, FrameHeader Header) LastFrame(byte[] bytes)
    {
        var (start, next, last) = (0, SegmentHeader.Size, default(FrameHeader));
        while (FrameHeader.TryRead(bytes.AsSpan(next), 0, ulong.MaxValue, out var header))
            (start, next, last) = (next, next + FrameHeader.Size + header.Length, header);
        return (start, last);
    }
}
