using ActorFlow.TestKit;

namespace ActorFlow.Journal.Tests.Files;

/// <summary>
/// Files that are cut or changed: the torn end of the last one is dropped, loudly; everything else is an error that
/// says where. Nothing reads as what was never written.
/// </summary>
public sealed class DamageTests
{
    private const int SegmentBytes = 700;

    // The long output closes a file: what compaction relied on is not in the last one.
    private static readonly History History = History.OfEverything()
        .Run("long", 20, new string('x', SegmentBytes)).Run("g", 21).Run("h", 22)
        .Model();

    [Fact]
    public async Task The_last_file_may_be_cut_at_every_byte()
    {
        var files = await FilesAsync();
        var last = files.Keys.Max(StringComparer.Ordinal)!;
        var frames = FrameEnds(files[last]);
        for (var cut = 0; cut < files[last].Length; cut++)
        {
            var notices = new List<string>();
            var disk = SimulatedDisk.With(Changed(files, last, files[last][..cut]));
            await using (var journal = FileJournal.Open(Options(disk) with { OnNotice = notices.Add }))
            {
                History.RequireBeginning(journal, $"cut at {cut}");
                await journal.RunWholeAsync(new JobId("afterwards"));
            }

            // Where the cut is between two writes there is nothing to be seen of it.
            Assert.Equal(frames.Contains(cut) ? 0 : 1, notices.Count);
            await using var again = FileJournal.Open(Options(disk) with { OnNotice = Assert.Fail });
            Assert.Equal(4, (await again.TextsAsync(new JobId("afterwards"))).Length);
        }
    }

    [Fact]
    public async Task What_is_cut_off_is_kept_beside_the_journal()
    {
        var files = await FilesAsync();
        var last = files.Keys.Max(StringComparer.Ordinal)!;
        var end = FrameEnds(files[last])[^2];
        var disk = SimulatedDisk.With(Changed(files, last, files[last][..^3]));

        var notices = new List<string>();
        await using var journal = FileJournal.Open(Options(disk) with { OnNotice = notices.Add });

        Assert.Equal(files[last][end..^3], disk.Files()[$"{last}.cut-{end}"]);
        Assert.Contains($"from byte {end} on were cut off", Assert.Single(notices), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_cut_off_at_the_same_place_once_more_is_kept_beside_what_was_before()
    {
        var files = await FilesAsync();
        var last = files.Keys.Max(StringComparer.Ordinal)!;
        var end = FrameEnds(files[last])[^1];
        // Zeros at the end would be taken for room that was reserved.
        byte[][] kept = [[1], [2, 2], [3, 3, 3]];
        foreach (var torn in kept)
        {
            files[last] = [.. files[last][..end], .. torn];
            var disk = SimulatedDisk.With(files);
            await FileJournal.Open(Options(disk)).DisposeAsync();
            files = disk.Files();
        }

        string[] names = [$"{last}.cut-{end}", $"{last}.cut-{end}-2", $"{last}.cut-{end}-3"];
        Assert.Equal(kept, names.Select(name => files[name]));
    }

    [Fact]
    public async Task Files_that_are_none_of_the_journal_are_left_alone()
    {
        var files = await FilesAsync();
        var directory = Path.GetDirectoryName(files.Keys.First())!;
        string[] names = ["notes.tmp", "1.journal.tmp", "00000001.journal.tmp.tmp", "00000001.journal.tmp"];
        foreach (var name in names) files[$"{directory}/{name}"] = [7];
        var disk = SimulatedDisk.With(files);
        await using var journal = FileJournal.Open(Options(disk));

        var left = disk.Files();
        Assert.Equal(names[..3], names.Where(name => left.ContainsKey($"{directory}/{name}")));
    }

    [Fact]
    public async Task Every_other_file_that_is_cut_at_any_byte_is_damaged()
    {
        var files = await FilesAsync();
        foreach (var path in files.Keys.Order(StringComparer.Ordinal).SkipLast(1))
            for (var cut = 0; cut < files[path].Length; cut++)
                RequireDamage(Changed(files, path, files[path][..cut]), path, cut);
    }

    [Fact]
    public async Task Every_bit_of_every_file_that_flips_is_noticed()
    {
        var files = await FilesAsync();
        var last = files.Keys.Max(StringComparer.Ordinal)!;
        var lastFrame = FrameEnds(files[last])[^2];
        foreach (var (path, bytes) in files)
            for (var bit = 0; bit < bytes.Length * 8; bit++)
            {
                var flipped = bytes.ToArray();
                flipped[bit / 8] ^= (byte)(1 << (bit % 8));
                var changed = Changed(files, path, flipped);
                if (path == last && bit / 8 >= lastFrame) await RequireCutAsync(changed, bit / 8);
                else RequireDamage(changed, path, bit / 8);
            }
    }

    [Fact]
    public async Task A_bit_that_flips_behind_the_last_write_costs_nothing()
    {
        var disk = new SimulatedDisk();
        await History.LiveAsync(FileJournal.Open(Options(disk)));
        var files = disk.Files();
        var last = files.Keys.Max(StringComparer.Ordinal)!;
        var end = FrameEnds(files[last])[^1];
        Assert.True(end < files[last].Length);
        for (var at = end; at < files[last].Length; at++)
        {
            var flipped = files[last].ToArray();
            flipped[at] ^= 4;
            await using var journal = FileJournal.Open(
                Options(SimulatedDisk.With(Changed(files, last, flipped))));
            Assert.Equal(History.LastState, History.StateOf(journal));
        }
    }

    [Fact]
    public async Task A_file_that_is_missing_between_others_is_named()
    {
        var files = await FilesAsync();
        var paths = files.Keys.Order(StringComparer.Ordinal).ToList();
        files.Remove(paths[1]);

        var damage = Assert.Throws<JournalDamagedException>(() => FileJournal.Open(Options(SimulatedDisk.With(files))));
        Assert.Equal((paths[1], "the file is missing."), (damage.File, damage.Problem));
    }

    [Fact]
    public async Task A_file_in_the_place_of_another_is_noticed()
    {
        var files = await FilesAsync();
        foreach (var path in files.Keys)
            foreach (var other in files.Keys.Where(p => p != path))
                RequireDamage(Changed(files, path, files[other]), path, 0);
    }

    [Fact]
    public async Task A_newer_format_is_refused_and_left_alone()
    {
        var files = await FilesAsync();
        var path = files.Keys.Max(StringComparer.Ordinal)!;
        var newer = files[path][..SegmentHeader.Size];
        newer[8] = 2;

        var damage = RequireDamage(Changed(files, path, newer), path, 0);
        Assert.Equal("the format has version 2, and this ActorFlow reads version 1.", damage.Problem);
    }

    [Fact]
    public async Task Other_files_in_the_directory_are_left_alone()
    {
        var files = await FilesAsync();
        files[$"{TestJournal.Directory}/notes.txt"] = [1];
        files[$"{TestJournal.Directory}/1.journal"] = [1];
        var disk = SimulatedDisk.With(files);

        await using var journal = FileJournal.Open(Options(disk));
        Assert.Equal(History.LastState, History.StateOf(journal));
        Assert.Contains($"{TestJournal.Directory}/1.journal", disk.Files().Keys);
    }

    [Fact]
    public async Task A_record_that_changes_while_the_journal_is_open_is_noticed_when_it_is_read()
    {
        var disk = new SimulatedDisk();
        await using var journal = TestJournal.Open(disk);
        await journal.RunWholeAsync(Facts.Job);
        var bytes = disk.Files()[TestJournal.PathOf(1)];
        var payload = bytes.AsSpan().IndexOf("42"u8);
        using (var file = disk.Open(TestJournal.PathOf(1), writable: true)) file.Write(payload, "43"u8);

        var damage = await Assert.ThrowsAsync<JournalDamagedException>(() => journal.TextsAsync(Facts.Job));
        Assert.Equal(TestJournal.PathOf(1), damage.File);
    }

    [Fact]
    public async Task The_error_says_where_and_what_to_do()
    {
        var files = await FilesAsync();
        var path = files.Keys.Min(StringComparer.Ordinal)!;
        var damage = RequireDamage(Changed(files, path, files[path][..40]), path, 40);
        Assert.Equal(
            $"The journal is damaged: {path}, at byte 32: a frame is not as it was written. Nothing was changed; "
            + "'actorflow journal verify' lists all damage.", damage.Message);
    }

    private static FileJournalOptions Options(SimulatedDisk disk) =>
        TestJournal.On(disk) with { SegmentBytes = SegmentBytes, Retention = null };

    /// <summary>The files of a journal with compacted segments, others, and several frames in the last.</summary>
    private static async Task<Dictionary<string, byte[]>> FilesAsync()
    {
        var disk = new SimulatedDisk();
        await using (var journal = FileJournal.Open(Options(disk)))
            Assert.Equal(History.Count, await History.LiveAsync(journal));
        return disk.Files();
    }

    private static Dictionary<string, byte[]> Changed(Dictionary<string, byte[]> files, string path, byte[] bytes) =>
        new(files, StringComparer.Ordinal) { [path] = bytes };

    /// <summary>Where the header and each frame end.</summary>
    private static List<int> FrameEnds(byte[] file)
    {
        var ends = new List<int> { SegmentHeader.Size };
        while (FrameHeader.TryRead(file.AsSpan(ends[^1]), 0, ulong.MaxValue, out var header))
            ends.Add(ends[^1] + FrameHeader.Size + header.Length);
        return ends;
    }

    private static JournalDamagedException RequireDamage(Dictionary<string, byte[]> files, string path, int at)
    {
        var disk = SimulatedDisk.With(files);
        var damage = Assert.Throws<JournalDamagedException>(() => FileJournal.Open(Options(disk)));
        Assert.Equal(path, damage.File);
        Assert.True(damage.Offset <= at, $"damage at {at} was found at {damage.Offset}");
        Assert.Equal(0, disk.OpenFiles);
        var after = disk.Files();
        Assert.Equal(files.Keys.Order(StringComparer.Ordinal), after.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, bytes) in files) Assert.True(bytes.AsSpan().SequenceEqual(after[name]));
        return damage;
    }

    private static async Task RequireCutAsync(Dictionary<string, byte[]> files, int at)
    {
        var notices = new List<string>();
        await using var journal = FileJournal.Open(
            Options(SimulatedDisk.With(files)) with { OnNotice = notices.Add });
        History.RequireBeginning(journal, $"flipped at {at}");
        Assert.Single(notices);
    }
}
