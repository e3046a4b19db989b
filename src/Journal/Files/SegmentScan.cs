namespace ActorFlow.Journal;

/// <summary>A place where a journal does not read as it was written.</summary>
/// <param name="File">The file.</param>
/// <param name="Offset">Where, in bytes.</param>
/// <param name="Problem">What is wrong, as a sentence that starts in lower case.</param>
public sealed record JournalDamage(string File, long Offset, string Problem);

/// <summary>Takes the records of a scan, one by one.</summary>
internal delegate void RecordVisitor(Segment segment, RecordHead head, int offset, ReadOnlySpan<byte> record);

/// <summary>Reads a segment from front to back, frame by frame.</summary>
/// <remarks>
/// A frame is the unit of tearing. The last frames of the last segment may be torn by a crash: those that a later frame
/// knows to have been synced cannot be, and any other place cannot be either. That is damage.
/// </remarks>
/// <param name="segment">The segment.</param>
/// <param name="bytes">Its bytes.</param>
/// <param name="length">How many of them there are.</param>
/// <param name="isLast">Whether it is the last segment, the only one that can be torn.</param>
internal sealed class SegmentScan(Segment segment, byte[] bytes, int length, bool isLast)
{
    private readonly Queue<(ulong Sequence, int At)> _unsynced = new();
    private int _start;

    /// <summary>Where the first byte is of which no later frame says that it was synced.</summary>
    public int UnsyncedFrom => _unsynced.TryPeek(out var first) ? first.At : End > SegmentHeader.Size ? End : 0;

    /// <summary>The frame that was read last.</summary>
    public FrameHeader Frame { get; private set; }

    /// <summary>The sequence that the next frame must have.</summary>
    public ulong NextSequence { get; private set; } = segment.Header.FirstSequence;

    /// <summary>Where the frames that were read end.</summary>
    public int End { get; private set; } = SegmentHeader.Size;

    /// <summary>Why there is no next frame; null if the segment ends there, or in a torn write.</summary>
    public JournalDamage? Damage { get; private set; }

    /// <summary>Goes on to the next frame.</summary>
    /// <returns>False if there is none.</returns>
    public bool MoveNext()
    {
        Damage = null;
        var rest = bytes.AsSpan(End, length - End);
        if (FrameHeader.TryRead(rest, NextSequence, NextSequence, out var header))
        {
            Enter(header, End);
            return true;
        }

        if (rest.IndexOfAnyExcept((byte)0) < 0) Damage = IsComplete ? null : At(End, "the file ends before its frame.");
        else if (!isLast || !IsComplete || IsKnownToBeSynced()) Damage = At(End, "a frame is not as it was written.");
        return false;
    }

    /// <summary>Goes on behind damage to the next frame that is sound.</summary>
    /// <returns>False if there is none.</returns>
    public bool TryRecover()
    {
        for (var at = End + 1; at <= length - FrameHeader.Size; at++)
            if (FrameHeader.TryRead(bytes.AsSpan(at, length - at), NextSequence + 1, MostSequence, out var header))
            {
                Enter(header, at);
                return true;
            }

        return false;
    }

    /// <summary>Visits the records of the frame.</summary>
    /// <returns>What is wrong with them; null if nothing is.</returns>
    public JournalDamage? Visit(RecordVisitor visit)
    {
        var frame = new ByteReader(bytes.AsSpan(_start, Frame.Length));
        try
        {
            while (!frame.IsAtEnd)
            {
                var size = frame.Fixed32();
                var offset = _start + frame.Position;
                var record = frame.Take(size);
                var reader = new ByteReader(record);
                visit(segment, RecordHead.Read(ref reader), offset, record);
            }

            return null;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return At(_start, e.Message);
        }
    }

    // What is left of a segment is one frame. That none is left is in the header: none would else not be missed.
    private bool IsComplete => segment.Header.Kind != SegmentKind.Compacted || End > SegmentHeader.Size;

    // No more frames can follow than have room.
    private ulong MostSequence => NextSequence + (ulong)((length - End) / FrameHeader.Size);

    private bool IsKnownToBeSynced()
    {
        for (var at = End + 1; at <= length - FrameHeader.Size; at++)
            if (FrameHeader.TryRead(bytes.AsSpan(at, length - at), NextSequence + 1, MostSequence, out var later)
                && later.SyncedThrough >= NextSequence)
                return true;
        return false;
    }

    private void Enter(FrameHeader header, int at)
    {
        Frame = header;
        _start = at + FrameHeader.Size;
        End = _start + header.Length;
        NextSequence = header.Sequence + 1;
        _unsynced.Enqueue((header.Sequence, at));
        while (_unsynced.TryPeek(out var first) && first.Sequence <= header.SyncedThrough) _unsynced.Dequeue();
    }

    private JournalDamage At(int offset, string problem) => new(segment.Path, offset, problem);
}
