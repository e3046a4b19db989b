namespace ActorFlow.Journal;

/// <summary>Reads a journal's directory, and mends the only thing that a crash leaves to mend: its end.</summary>
internal sealed class JournalOpener(FileJournalOptions options)
{
    public const string TemporaryEnding = ".tmp";

    private readonly JournalContents _contents = new();
    private readonly Dictionary<ulong, JobStream> _jobs = [];
    private readonly List<string> _leftOvers = [];
    private byte[] _tail = [];

    private IDisk Disk => options.Disk;

    /// <summary>Reads everything, and then mends the end unless it only reads.</summary>
    /// <exception cref="JournalDamagedException">
    /// It is damaged elsewhere than at its end; nothing was changed.
    /// </exception>
    public JournalContents Open()
    {
        try
        {
            var numbers = FindSegments();
            if (numbers.Count > 0) LeaveOutUnbegun(numbers);
            foreach (var number in numbers) OpenSegment(number, isLast: number == numbers[^1]);
            foreach (var job in _jobs.Values) Take(job);
            if (!options.ReadOnly) Mend();
            return _contents;
        }
        catch
        {
            _contents.Close();
            throw;
        }
    }

    private List<uint> FindSegments()
    {
        var numbers = new List<uint>();
        foreach (var name in Disk.List(options.Directory))
        {
            if (name.EndsWith(TemporaryEnding, StringComparison.Ordinal)) _leftOvers.Add(PathOf(name));
            if (Segment.NumberOf(name) is { } number) numbers.Add(number);
        }

        numbers.Sort();
        for (var i = 1; i < numbers.Count; i++)
            if (numbers[i] != numbers[i - 1] + 1)
                throw new JournalDamagedException(
                    PathOf(Segment.NameOf(numbers[i - 1] + 1)), 0, "the file is missing.");
        return numbers;
    }

    // A new segment is made durable, name and header, before the first frame is written to it.
    private void LeaveOutUnbegun(List<uint> numbers)
    {
        var path = PathOf(Segment.NameOf(numbers[^1]));
        using var file = Disk.Open(path, writable: false);
        var start = new byte[Math.Min(file.Length, SegmentHeader.Size)];
        if (!SegmentHeader.IsUnbegun(numbers[^1], start.AsSpan(0, file.Read(0, start)))) return;
        var (bytes, length) = ReadWhole(file);
        if (!SegmentHeader.IsUnbegun(numbers[^1], bytes.AsSpan(0, length))) return;
        _leftOvers.Add(path);
        numbers.RemoveAt(numbers.Count - 1);
    }

    private void OpenSegment(uint number, bool isLast)
    {
        var path = PathOf(Segment.NameOf(number));
        var file = Disk.Open(path, writable: isLast && !options.ReadOnly);
        var (segment, bytes, length) = ReadSegment(number, path, file);
        _contents.Segments.Add(segment);
        var scan = new SegmentScan(segment, bytes, length);
        if (scan.Run(isLast, Index) is { } damage)
            throw new JournalDamagedException(damage.File, damage.Offset, damage.Problem);
        segment.End = scan.End;
        _contents.NextSequence = scan.NextSequence;
        if (isLast) _tail = bytes[scan.End..length];
    }

    private (Segment Segment, byte[] Bytes, int Length) ReadSegment(uint number, string path, IDiskFile file)
    {
        try
        {
            var (bytes, length) = ReadWhole(file);
            var header = SegmentHeader.Read(bytes.AsSpan(0, length), out var problem)
                ?? throw new JournalDamagedException(path, 0, problem);
            RequireInOrder(header, number, path);
            return (new Segment(number, path, file, header), bytes, length);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private void RequireInOrder(SegmentHeader header, uint number, string path)
    {
        if (header.Number != number)
            throw new JournalDamagedException(path, 0, $"the file says that it is segment {header.Number}.");
        if (_contents.Segments is not [.., var before]) return;
        // How many frames a segment had before compaction, nobody knows any more.
        var follows = before.Header.Kind == SegmentKind.Appended
            ? header.FirstSequence == _contents.NextSequence
            : header.FirstSequence >= _contents.NextSequence;
        if (!follows)
            throw new JournalDamagedException(before.Path, before.End, "frames are missing at the end of the file.");
    }

    private void Index(Segment segment, RecordHead head, int offset, ReadOnlySpan<byte> record)
    {
        _contents.NextJob = Math.Max(_contents.NextJob, head.Job + 1);
        if (head.Kind == RecordKind.Forget)
        {
            _contents.Forgotten.Add(head.Job);
            return;
        }

        if (!_jobs.TryGetValue(head.Job, out var job))
        {
            var id = head.FirstVersion == 1 ? IdOf(record) : default;
            _jobs.Add(head.Job, job = new JobStream(head.Job, id) { Version = head.FirstVersion - 1 });
        }

        if (head.FirstVersion != job.Version + 1)
            throw new FormatException(
                $"events of a job are missing: here is number {head.FirstVersion}, and {job.Version} were before.");
        job.Version += head.Count;
        job.HasEnded = head.HasEnded;
        job.Places.Add(new RecordPlace(segment, offset, record.Length, Crc32C.Of(record)));
    }

    // A forgotten job may have lost its first records already; any other must have them all.
    private void Take(JobStream job)
    {
        job.DurableVersion = job.Version;
        var place = job.Places[0];
        if (_contents.Forgotten.Contains(job.Number)) _contents.Forget(job);
        else if (job.Id == default)
            throw new JournalDamagedException(
                place.Segment.Path, place.Offset, "the first events of a job are missing.");
        else if (!_contents.Jobs.TryAdd(job.Id, job))
            throw new JournalDamagedException(
                place.Segment.Path, place.Offset, $"job '{job.Id}' begins a second time.");
    }

    private void Mend()
    {
        foreach (var path in _leftOvers)
        {
            options.OnNotice?.Invoke($"{path} was being made when the process died; what was made of it is deleted.");
            Disk.Delete(path);
        }

        if (_contents.Segments is [.., var last]) CutTail(last);
        // What the process before wrote may be with the operating system only. From here on it is relied on.
        if (_contents.Segments.Count > 0) _contents.Segments[^1].File.Sync();
        Disk.SyncDirectory(options.Directory);
    }

    private void CutTail(Segment segment)
    {
        var used = _tail.AsSpan().LastIndexOfAnyExcept((byte)0) + 1;
        if (used > 0)
        {
            var kept = $"{segment.Path}.cut-{segment.End}";
            using (var copy = Disk.Create(kept))
            {
                copy.Write(0, _tail.AsSpan(0, used));
                copy.Sync();
            }

            Disk.SyncDirectory(options.Directory);
            options.OnNotice?.Invoke(
                $"{segment.Path} ended in a torn write: {used} bytes from byte {segment.End} on were cut off and are "
                + $"kept in {kept}. What they held was never acknowledged, unless the disk lost what it had synced.");
        }

        if (_tail.Length > 0) segment.File.Truncate(segment.End);
    }

    private string PathOf(string name) => Path.Combine(options.Directory, name);

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
