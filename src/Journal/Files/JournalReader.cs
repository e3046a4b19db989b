namespace ActorFlow.Journal;

/// <summary>Reads a journal's directory, and changes nothing.</summary>
/// <param name="options">The directory and its disk.</param>
/// <param name="report">Takes damage; reading goes on behind it if this returns.</param>
/// <param name="visit">Takes every record besides, if wanted.</param>
internal sealed class JournalReader(
    FileJournalOptions options, Action<JournalDamage> report, RecordVisitor? visit = null)
{
    private readonly Dictionary<ulong, JobStream> _jobs = [];
    private readonly Dictionary<uint, IDiskFile> _files = [];

    // How many frames a segment had before compaction, nobody knows any more; nor behind damage.
    private bool _isSequenceKnown;

    /// <summary>What there is.</summary>
    public JournalContents Contents { get; } = new();

    /// <summary>Files that were being made when a process died.</summary>
    public List<string> LeftOvers { get; } = [];

    /// <summary>What is behind the last frame.</summary>
    public ReadOnlyMemory<byte> Tail { get; private set; }

    /// <summary>Where in the last segment that begins which may be with the operating system only.</summary>
    public long UnsyncedFrom { get; private set; }

    /// <summary>How many frames there are.</summary>
    public long Frames { get; private set; }

    /// <summary>Reads everything.</summary>
    public void Read()
    {
        var numbers = FindSegments();
        if (numbers.Count > 0) LeaveOutUnbegun(numbers);
        OpenFiles(numbers);
        for (var i = 0; i < numbers.Count; i++)
        {
            if (i > 0 && numbers[i] != numbers[i - 1] + 1) ReportMissing(numbers[i - 1] + 1);
            ReadSegment(numbers[i], isLast: i == numbers.Count - 1);
        }

        foreach (var job in _jobs.Values) Take(job);
    }

    /// <summary>Closes the files.</summary>
    public void Close()
    {
        foreach (var file in _files.Values) file.Dispose();
    }

    private List<uint> FindSegments()
    {
        var numbers = new List<uint>();
        foreach (var name in options.Disk.List(options.Directory))
        {
            if (Segment.IsBeingMade(name)) LeftOvers.Add(PathOf(name));
            if (Segment.NumberOf(name) is { } number) numbers.Add(number);
        }

        numbers.Sort();
        return numbers;
    }

    // A new segment is made durable, name and header, before the first frame is written to it.
    private void LeaveOutUnbegun(List<uint> numbers)
    {
        var path = PathOf(Segment.NameOf(numbers[^1]));
        using var file = options.Disk.Open(path, writable: false);
        var start = new byte[Math.Min(file.Length, SegmentHeader.Size)];
        if (!SegmentHeader.IsUnbegun(numbers[^1], start.AsSpan(0, file.Read(0, start)))) return;
        var (bytes, length) = Segment.ReadWhole(file);
        if (!SegmentHeader.IsUnbegun(numbers[^1], bytes.AsSpan(0, length))) return;
        LeftOvers.Add(path);
        numbers.RemoveAt(numbers.Count - 1);
    }

    private void ReportMissing(uint number)
    {
        _isSequenceKnown = false;
        report(new JournalDamage(PathOf(Segment.NameOf(number)), 0, "the file is missing."));
    }

    // Compaction goes from the first to the last. Who opens from the last to the first beside it may miss the first
    // events of a job that is on its way out, which is noticed, but never the last, which would not be.
    private void OpenFiles(List<uint> numbers)
    {
        for (var i = numbers.Count - 1; i >= 0; i--)
            _files[numbers[i]] = options.Disk.Open(
                PathOf(Segment.NameOf(numbers[i])), writable: i == numbers.Count - 1 && !options.ReadOnly);
    }

    private void ReadSegment(uint number, bool isLast)
    {
        var path = PathOf(Segment.NameOf(number));
        var (bytes, length) = Segment.ReadWhole(_files[number]);
        if (ReadHeader(number, path, bytes.AsSpan(0, length)) is not { } header)
        {
            _isSequenceKnown = false;
            return;
        }

        var segment = new Segment(number, path, _files[number], header);
        Contents.Segments.Add(segment);
        var scan = new SegmentScan(segment, bytes, length, isLast);
        Scan(segment, scan);
        if (header.Kind == SegmentKind.Emptied && !isLast) segment.File.Dispose();
        if (isLast) (Tail, UnsyncedFrom) = (bytes.AsMemory((int)segment.End..length), scan.UnsyncedFrom);
    }

    private SegmentHeader? ReadHeader(uint number, string path, ReadOnlySpan<byte> bytes)
    {
        var header = SegmentHeader.Read(bytes, out var problem);
        if (header is { } read && read.Number != number)
        {
            problem = $"the file says that it is segment {read.Number}.";
            header = null;
        }

        if (header is null) report(new JournalDamage(path, 0, problem));
        else if (Contents.Segments is [.., var before] && !Follows(header.Value))
            report(new JournalDamage(before.Path, before.End, "frames are missing at the end of the file."));
        return header;
    }

    private bool Follows(SegmentHeader header) => _isSequenceKnown
        ? header.FirstSequence == Contents.NextSequence
        : header.FirstSequence >= Contents.NextSequence;

    private void Scan(Segment segment, SegmentScan scan)
    {
        _isSequenceKnown = segment.Header.Kind == SegmentKind.Appended;
        while (scan.MoveNext() || TryRecover(scan))
        {
            Frames++;
            if (scan.Visit(Index) is { } damage) report(damage);
        }

        segment.End = scan.End;
        Contents.NextSequence = scan.NextSequence;
    }

    private bool TryRecover(SegmentScan scan)
    {
        if (scan.Damage is not { } damage) return false;
        report(damage);
        if (scan.TryRecover()) return true;
        _isSequenceKnown = false;
        return false;
    }

    private void Index(Segment segment, RecordHead head, int offset, ReadOnlySpan<byte> record)
    {
        Contents.NextJob = Math.Max(Contents.NextJob, head.Job + 1);
        if (head.Kind == RecordKind.Forget) Contents.Forgotten[head.Job] = segment.Number;
        else Index(new RecordPlace(segment, offset, record.Length, Crc32C.Of(record)), head, record);
        visit?.Invoke(segment, head, offset, record);
    }

    private void Index(RecordPlace place, RecordHead head, ReadOnlySpan<byte> record)
    {
        if (!_jobs.TryGetValue(head.Job, out var job))
        {
            var id = head.FirstVersion == 1 ? IdOf(record) : default;
            _jobs.Add(head.Job, job = new JobStream(head.Job, id) { Version = head.FirstVersion - 1 });
        }

        if (head.FirstVersion != job.Version + 1)
            report(new JournalDamage(
                place.Segment.Path, place.Offset,
                $"events of a job are missing: here is number {head.FirstVersion}, and {job.Version} were before."));
        job.Version = head.FirstVersion + head.Count - 1;
        job.HasEnded = head.HasEnded;
        job.Add(place, head.FirstVersion);
    }

    // A forgotten job may have lost its first records already; any other must have them all.
    private void Take(JobStream job)
    {
        job.DurableVersion = job.Version;
        var place = job.Places[0];
        if (Contents.Forgotten.TryGetValue(job.Number, out var segment)) Contents.Forget(job, segment);
        else if (job.Id == default)
            report(new JournalDamage(
                place.Segment.Path, place.Offset, "the first events of a job are missing."));
        else if (!Contents.Jobs.TryAdd(job.Id, job))
            report(new JournalDamage(place.Segment.Path, place.Offset, $"job '{job.Id}' begins a second time."));
    }

    private string PathOf(string name) => Path.Combine(options.Directory, name);

    private static JobId IdOf(ReadOnlySpan<byte> record)
    {
        var reader = new ByteReader(record);
        RecordHead.Read(ref reader);
        return EventDecoder.ReadBeginning(ref reader).Id;
    }
}
