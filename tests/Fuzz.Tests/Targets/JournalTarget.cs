using ActorFlow.Cli;
using ActorFlow.Journal;


namespace ActorFlow.Fuzz.Tests;

/// <summary>
/// Directories of segments: verified, dumped, opened to read and to write. An input is one file after the other.
/// </summary>
internal sealed class JournalTarget : FuzzTarget
{
    private const string Folder = "/data/journal";

    public override string Name => "journal";

    public override int Inputs => 3_000;

    public override IReadOnlyList<string> Tokens =>
        ["ACTRFLOW", "\x01\x00\x00\x00", "\x02\x01", "\x01\x01\x01\x01\x01"];

    // Whoever reads a job reads a window of 256 KiB at a time, and room is reserved 4 MiB at a time.
    public override long AllocationBound(int length) => (3_000L * length) + 24_000_000;

    public override byte[] Mend(byte[] input, Random random) => SegmentMender.Mend(input, random);

    public override void Read(byte[] input)
    {
        var disk = DiskWith(input);
        Inspect(disk);
        using (var journal = Opened(disk, readOnly: true)) ReadAll(journal.Value);
        var before = disk.Files();
        try
        {
            List<string> jobs;
            using (var journal = Opened(disk, readOnly: false)) jobs = ReadAll(journal.Value);
            using var again = Opened(disk, readOnly: false);
            if (!jobs.SequenceEqual(ReadAll(again.Value), StringComparer.Ordinal))
                throw new InvalidDataException("A journal that was opened and closed has other jobs.");
        }
        catch (JournalDamagedException)
        {
            RequireSame(before, disk.Files());
            throw;
        }
    }

    private static SimulatedDisk DiskWith(byte[] input)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var segments = SegmentMender.Split(input);
        for (var i = 0; i < segments.Count; i++)
            files[$"{Folder}/{SegmentMender.FirstNumber(segments) + i:D8}.journal"] = segments[i];
        return SimulatedDisk.With(files);
    }

    private static void Inspect(SimulatedDisk disk)
    {
        JournalInspection.Verify(Folder, disk);
        var lines = new JournalLines();
        foreach (var entry in JournalInspection.Dump(Folder, _ => { }, disk))
            _ = lines.Text(entry) + lines.Json(entry);
    }

    private static Opening Opened(SimulatedDisk disk, bool readOnly) => new(FileJournal.Open(new FileJournalOptions
    {
        Directory = Folder,
        Disk = disk,
        ReadOnly = readOnly,
        Schedule = static work => work(),
    }));

    private static List<string> ReadAll(FileJournal journal)
    {
        var ids = new List<string>();
        foreach (var job in journal.ListAsync(default).AsTask().GetAwaiter().GetResult())
        {
            ids.Add(job.ToString());
            journal.ReadAsync(job.Id, 1, default).AsTask().GetAwaiter().GetResult();
        }

        return ids;
    }

    private static void RequireSame(Dictionary<string, byte[]> before, Dictionary<string, byte[]> after)
    {
        var isSame = before.Count == after.Count && before.All(file =>
            after.TryGetValue(file.Key, out var bytes) && bytes.AsSpan().SequenceEqual(file.Value));
        if (!isSame) throw new InvalidDataException("A damaged journal was refused, and changed.");
    }

    /// <summary>An open journal; closing it waits for nothing on this disk.</summary>
    private sealed class Opening(FileJournal journal) : IDisposable
    {
        public FileJournal Value => journal;

        public void Dispose() => journal.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
