namespace ActorFlow.Journal;

/// <summary>Reads a journal as a list of what was written, one frame in memory at a time.</summary>
internal sealed class JournalDump(FileJournalOptions options, Action<JournalDamage> report)
{
    private readonly Dictionary<ulong, JobId> _ids = [];
    private readonly List<JournalEntry> _entries = [];
    private readonly List<JobEvent> _events = [];
    private SegmentScan _scan = null!;

    public IEnumerable<JournalEntry> Read()
    {
        var numbers = Find();
        for (var i = 0; i < numbers.Count; i++)
        {
            if (i > 0 && numbers[i] != numbers[i - 1] + 1)
                report(new JournalDamage(PathOf(numbers[i - 1] + 1), 0, "the file is missing."));
            if (Open(numbers[i], isLast: i == numbers.Count - 1) is not { } scan) continue;
            _scan = scan;
            while (scan.MoveNext() || TryRecover(scan))
            {
                _entries.Clear();
                if (scan.Visit(Take) is { } damage) report(damage);
                foreach (var entry in _entries) yield return entry;
            }
        }
    }

    private List<uint> Find()
    {
        try
        {
            return [.. options.Disk.List(options.Directory).Select(Segment.NumberOf).OfType<uint>().Order()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw JournalInspection.CannotBeRead(options.Directory, e);
        }
    }

    private SegmentScan? Open(uint number, bool isLast)
    {
        var path = PathOf(number);
        try
        {
            using var file = options.Disk.Open(path, writable: false);
            var (bytes, length) = Segment.ReadWhole(file);
            if (SegmentHeader.Read(bytes.AsSpan(0, length), out var problem) is { } header)
                return new SegmentScan(new Segment(number, path, file, header), bytes, length, isLast);
            if (!isLast || !SegmentHeader.IsUnbegun(number, bytes.AsSpan(0, length)))
                report(new JournalDamage(path, 0, problem));
            return null;
        }
        catch (FileNotFoundException)
        {
            // The process that writes has dropped it, empty.
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw JournalInspection.CannotBeRead(options.Directory, e);
        }
    }

    private string PathOf(uint number) => Path.Combine(options.Directory, Segment.NameOf(number));

    private bool TryRecover(SegmentScan scan)
    {
        if (scan.Damage is not { } damage) return false;
        report(damage);
        return scan.TryRecover();
    }

    private void Take(Segment segment, RecordHead head, int offset, ReadOnlySpan<byte> record)
    {
        _events.Clear();
        if (RecordReader.TryDecode(head, record, _events) is { } problem)
            report(new JournalDamage(segment.Path, offset, problem));
        if (_events is [JobEvent.JobSubmitted submitted, ..]) _ids.TryAdd(head.Job, submitted.Job.Id);
        JobId? id = _ids.TryGetValue(head.Job, out var known) ? known : null;
        var frame = _scan.Frame.Sequence;
        if (head.Kind == RecordKind.Forget)
            _entries.Add(new JournalEntry(segment.Path, offset, frame, head.Job, id, 0, null));
        for (var i = 0; i < _events.Count; i++)
            _entries.Add(new JournalEntry(
                segment.Path, offset, frame, head.Job, id, head.FirstVersion + i, _events[i]));
    }
}
