namespace ActorFlow.Journal;

/// <summary>A place where a segment does not read as it was written.</summary>
/// <param name="File">The file.</param>
/// <param name="Offset">Where, in bytes.</param>
/// <param name="Problem">What is wrong, as a sentence that starts in lower case.</param>
public sealed record JournalDamage(string File, long Offset, string Problem);

/// <summary>Takes the records of a scan, one by one.</summary>
internal delegate void RecordVisitor(Segment segment, RecordHead head, int offset, ReadOnlySpan<byte> record);

/// <summary>Reads a segment from front to back: every sound frame, and what its end is like.</summary>
/// <remarks>
/// A frame is the unit of tearing. The last frames of the last segment may be torn by a crash: those that a later frame
/// knows to have been synced cannot be, and any other place cannot be either. That is damage.
/// </remarks>
internal sealed class SegmentScan(Segment segment, byte[] bytes, int length)
{
    /// <summary>The sequence that the next frame must have.</summary>
    public ulong NextSequence { get; private set; } = segment.Header.FirstSequence;

    /// <summary>Where the sound frames end.</summary>
    public int End { get; private set; } = SegmentHeader.Size;

    /// <summary>Visits every record.</summary>
    /// <param name="isLast">Whether it is the last segment, the only one that can be torn.</param>
    /// <param name="visit">Takes the records.</param>
    /// <returns>Null if it reads as it was written, or ends in a torn write.</returns>
    public JournalDamage? Run(bool isLast, RecordVisitor visit)
    {
        while (true)
        {
            var rest = bytes.AsSpan(End, length - End);
            if (rest.IndexOfAnyExcept((byte)0) < 0)
                return IsComplete ? null : Damage(End, "the file ends before its frame.");
            if (!FrameHeader.TryRead(rest, NextSequence, NextSequence, out var header))
                return isLast && IsTorn() ? null : Damage(End, "a frame is not as it was written.");
            if (Visit(End + FrameHeader.Size, header.Length, visit) is { } damage) return damage;
            End += FrameHeader.Size + header.Length;
            NextSequence = header.Sequence + 1;
        }
    }

    // What is left of a segment is one frame. That none is left is in the header: none would else not be missed.
    private bool IsComplete => segment.Header.Kind != SegmentKind.Compacted || End > SegmentHeader.Size;

    /// <summary>Whether nothing behind the bad frame knows it to have been synced.</summary>
    private bool IsTorn()
    {
        // No more frames can follow than have room.
        var most = NextSequence + (ulong)((length - End) / FrameHeader.Size);
        for (var at = End + 1; at <= length - FrameHeader.Size; at++)
            if (FrameHeader.TryRead(bytes.AsSpan(at, length - at), NextSequence + 1, most, out var later)
                && later.SyncedThrough >= NextSequence)
                return false;
        return true;
    }

    private JournalDamage? Visit(int start, int count, RecordVisitor visit)
    {
        var frame = new ByteReader(bytes.AsSpan(start, count));
        try
        {
            while (!frame.IsAtEnd)
            {
                var size = frame.Fixed32();
                var offset = start + frame.Position;
                var record = frame.Take(size);
                var reader = new ByteReader(record);
                visit(segment, RecordHead.Read(ref reader), offset, record);
            }

            return null;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return Damage(start, e.Message);
        }
    }

    private JournalDamage Damage(int offset, string problem) => new(segment.Path, offset, problem);
}
