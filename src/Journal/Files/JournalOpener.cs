using System.Globalization;

namespace ActorFlow.Journal;

/// <summary>What an opened directory holds: its segments, and its jobs by number.</summary>
internal sealed class JournalContents
{
    public List<Segment> Segments { get; } = [];

    public Dictionary<ulong, JobStream> Jobs { get; } = [];

    /// <summary>The numbers of jobs that are forgotten, but may have records still.</summary>
    public HashSet<ulong> Forgotten { get; } = [];

    /// <summary>Segments with records of such jobs.</summary>
    public HashSet<Segment> Dirty { get; } = [];

    public ulong NextSequence { get; set; } = 1;

    public ulong NextJob { get; set; } = 1;
}

/// <summary>Reads a journal's directory, and mends the only thing that a crash leaves to mend: its end.</summary>
internal sealed class JournalOpener(FileJournalOptions options)
{
    public const string TemporaryEnding = ".tmp";

    private readonly JournalContents _contents = new();

    private IDisk Disk => options.Disk;

    /// <summary>Reads everything.</summary>
    /// <exception cref="JournalDamagedException">
    /// It is damaged elsewhere than at its end; nothing was changed.
    /// </exception>
    public JournalContents Open()
    {
        var numbers = FindSegments();
        foreach (var number in numbers)
        {
            if (!OpenSegment(number, isLast: number == numbers[^1])) break;
        }

        foreach (var number in _contents.Forgotten)
            if (_contents.Jobs.Remove(number, out var job)) _contents.Dirty.UnionWith(job.Places.Select(p =>
                p.Segment));
        foreach (var job in _contents.Jobs.Values) RequireWhole(job);
        return _contents;
    }

    private List<uint> FindSegments()
    {
        var numbers = new List<uint>();
        foreach (var name in Disk.List(options.Directory))
        {
            if (name.EndsWith(TemporaryEnding, StringComparison.Ordinal) && !options.ReadOnly)
                Disk.Delete(Path.Combine(options.Directory, name));
            if (name.EndsWith(".journal", StringComparison.Ordinal)
                && uint.TryParse(name.AsSpan(
                    0, name.Length - 8), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                numbers.Add(number);
        }

        numbers.Sort();
        for (var i = 1; i < numbers.Count; i++)
            if (numbers[i] != numbers[i - 1] + 1)
                throw new JournalDamagedException(
                    Path.Combine(options.Directory, Segment.NameOf(numbers[i - 1] + 1)), 0, "the file is missing.");
        return numbers;
    }

    /// <summary>Opens one segment and takes its records.</summary>
    /// <returns>False if the segment was never begun: a crash came while it was made.</returns>
    private bool OpenSegment(uint number, bool isLast)
    {
        var path = Path.Combine(options.Directory, Segment.NameOf(number));
        var file = Disk.Open(path, writable: isLast && !options.ReadOnly);
        var (bytes, length) = ReadWhole(file);
        if (SegmentHeader.Read(bytes.AsSpan(0, length), out var problem) is not { } header)
        {
            file.Dispose();
            if (!isLast || !IsUnbegun(bytes.AsSpan(0, length))) throw new JournalDamagedException(path, 0, problem);
            Abandon(path, bytes.AsSpan(0, length));
            return false;
        }

        RequireInOrder(header, number, path);
        var segment = new Segment(number, path, file, header);
        var scan = new SegmentScan(segment, bytes, length);
        if (scan.Run(isLast, Index) is { } damage)
            throw new JournalDamagedException(damage.File, damage.Offset, damage.Problem);
        segment.End = scan.End;
        _contents.Segments.Add(segment);
        _contents.NextSequence = scan.NextSequence;
        if (isLast && !options.ReadOnly) CutTail(segment, bytes.AsSpan(scan.End, length - scan.End));
        return true;
    }

    private void RequireInOrder(SegmentHeader header, uint number, string path)
    {
        if (header.Number != number)
            throw new JournalDamagedException(path, 0, $"the file says that it is segment {header.Number}.");
        var isFirst = _contents.Segments.Count == 0;
        var follows = isFirst || _contents.Segments[^1].Header.IsCompacted
            ? header.FirstSequence >= _contents.NextSequence || isFirst
            : header.FirstSequence == _contents.NextSequence;
        if (!follows)
            throw new JournalDamagedException(
                _contents.Segments[^1].Path, _contents.Segments[^1].End, "frames are missing at the end of the file.");
    }

    // A new segment is made durable, name and header, before the first frame is written to it.
    private static bool IsUnbegun(ReadOnlySpan<byte> bytes) =>
        bytes.Length < SegmentHeader.Size
        || bytes[SegmentHeader.Size..].IndexOfAnyExcept((byte)0) < 0 && bytes[..8].IndexOfAnyExcept((byte)0) < 0;

    private void Abandon(string path, ReadOnlySpan<byte> bytes)
    {
        if (options.ReadOnly) return;
        options.OnNotice?.Invoke(
            $"{path} was being made when the process died ({bytes.Length} bytes); it is made anew.");
        Disk.Delete(path);
    }

    private void CutTail(Segment segment, ReadOnlySpan<byte> tail)
    {
        var used = tail.LastIndexOfAnyExcept((byte)0) + 1;
        if (used > 0)
        {
            var kept = $"{segment.Path}.cut-{segment.End}";
            using (var copy = Disk.Create(kept))
            {
                copy.Write(0, tail[..used]);
                copy.Sync();
            }

            options.OnNotice?.Invoke(
                $"{segment.Path} ended in a torn write: {used} bytes from byte {segment.End} on were cut off and are "
                + $"kept in {kept}. What they held was never acknowledged, unless the disk lost what it had synced.");
        }

        if (tail.Length == 0) return;
        segment.File.Truncate(segment.End);
        segment.File.Sync();
    }

    private void Index(Segment segment, RecordHead head, int offset, ReadOnlySpan<byte> record)
    {
        _contents.NextJob = Math.Max(_contents.NextJob, head.Job + 1);
        if (head.Kind == RecordKind.Forget)
        {
            _contents.Forgotten.Add(head.Job);
            return;
        }

        if (!_contents.Jobs.TryGetValue(head.Job, out var job))
        {
            var id = head.FirstVersion == 1 ? IdOf(record) : default;
            _contents.Jobs.Add(head.Job, job = new JobStream(head.Job, id) { Version = head.FirstVersion - 1 });
        }

        if (head.FirstVersion != job.Version + 1)
            throw new FormatException($"events {job.Version + 1} to {head.FirstVersion - 1} of a job are missing.");
        job.Version += head.Count;
        job.HasEnded = head.HasEnded;
        job.Places.Add(new RecordPlace(segment, offset, record.Length));
    }

    // A forgotten job may have lost its first records already; any other must have them all.
    private void RequireWhole(JobStream job)
    {
        if (job.Id != default) return;
        var place = job.Places[0];
        throw new JournalDamagedException(place.Segment.Path, place.Offset, "the first events of a job are missing.");
    }

    private static JobId IdOf(ReadOnlySpan<byte> record)
    {
        var reader = new ByteReader(record);
        RecordHead.Read(ref reader);
        return EventDecoder.ReadBeginning(ref reader).Id;
    }

    internal static (byte[] Bytes, int Length) ReadWhole(IDiskFile file)
    {
        var bytes = new byte[checked((int)file.Length)];
        return (bytes, file.Read(0, bytes));
    }
}
