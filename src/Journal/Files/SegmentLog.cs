namespace ActorFlow.Journal;

/// <summary>The end of the journal, where frames are written. Used by one thread at a time.</summary>
internal sealed class SegmentLog(FileJournalOptions options, JournalContents contents, Lock gate)
{
    /// <summary>Room is reserved for as much again as there is: most syncs have only data to bring down.</summary>
    private const long LeastReserve = 64 * 1024;

    /// <summary>The sync behind it takes as long as some others: more would be felt.</summary>
    private const long MostReserve = 1024 * 1024;

    private Segment? _current = contents.Segments.Count > 0 ? contents.Segments[^1] : null;
    private ulong _next = contents.NextSequence;
    private ulong _synced = contents.NextSequence - 1;
    private long _reserved;

    /// <summary>Whether there are frames that a power failure would cost.</summary>
    public bool IsDirty => _synced + 1 < _next;

    /// <summary>Writes a frame, whose payload stands behind the room for its header.</summary>
    /// <returns>Where it begins.</returns>
    public (Segment Segment, long Start) Write(ByteWriter frame)
    {
        var segment = _current;
        if (segment is null || (segment.End > SegmentHeader.Size && segment.End + frame.Length > options.SegmentBytes))
            segment = BeginSegment();
        new FrameHeader(frame.Length - FrameHeader.Size, _next, _synced).WriteTo(frame.At(0, frame.Length));
        segment.File.Write(segment.End, frame.Written);
        var start = segment.End;
        segment.End += frame.Length;
        Reserve(segment);
        _next++;
        return (segment, start);
    }

    /// <summary>Makes durable what was written.</summary>
    public void Sync()
    {
        _current?.File.Sync();
        _synced = _next - 1;
    }

    /// <summary>Syncs, and gives back the room that was reserved.</summary>
    public void Close()
    {
        if (_current is null) return;
        if (_reserved > _current.End) _current.File.Truncate(_current.End);
        Sync();
    }

    private Segment BeginSegment()
    {
        Close();
        var number = (_current?.Number ?? 0) + 1;
        var path = Path.Combine(options.Directory, Segment.NameOf(number));
        var header = new SegmentHeader(number, _next, SegmentKind.Appended);
        var file = CreateFile(path, header);
        _reserved = 0;
        _current = new Segment(number, path, file, header);
        lock (gate) contents.Segments.Add(_current);
        return _current;
    }

    private IDiskFile CreateFile(string path, SegmentHeader header)
    {
        var file = options.Disk.Create(path);
        try
        {
            file.Write(0, header.ToBytes());
            file.Sync();
            options.Disk.SyncDirectory(options.Directory);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    // Behind what was written: what is reserved before would be written twice.
    private void Reserve(Segment segment)
    {
        if (segment.End <= _reserved) return;
        var room = Math.Clamp(segment.End, LeastReserve, MostReserve);
        _reserved = Math.Min(options.SegmentBytes, segment.End + room);
        if (_reserved > segment.End) segment.File.Reserve(_reserved);
    }
}
