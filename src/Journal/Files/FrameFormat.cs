using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace ActorFlow.Journal;

/// <summary>The header of a frame: what one write to the disk wrote, and so the unit that can be torn.</summary>
/// <param name="Length">The bytes that follow the header.</param>
/// <param name="Sequence">The number of the frame, from 1 over all segments.</param>
/// <param name="SyncedThrough">The last frame that was known to be synced when this one was written.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FrameHeader(int Length, ulong Sequence, ulong SyncedThrough)
{
    /// <summary>Its size: checksum (4), length (4), sequence (8), synced through (8).</summary>
    public const int Size = 24;

    /// <summary>Completes a frame whose payload stands behind the room for the header.</summary>
    public void WriteTo(Span<byte> frame)
    {
        BinaryPrimitives.WriteInt32LittleEndian(frame[4..], Length);
        BinaryPrimitives.WriteUInt64LittleEndian(frame[8..], Sequence);
        BinaryPrimitives.WriteUInt64LittleEndian(frame[16..], SyncedThrough);
        BinaryPrimitives.WriteUInt32LittleEndian(frame, Crc32C.Of(frame[4..]));
    }

    /// <summary>Reads the frame at the start of some bytes, if there is a whole and sound one.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="least">The least sequence that it can have.</param>
    /// <param name="most">The greatest: most of what is no frame is known by that, without a checksum.</param>
    /// <param name="header">Its header.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, ulong least, ulong most, out FrameHeader header)
    {
        header = default;
        if (bytes.Length < Size) return false;
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
        if (length <= 0 || length > bytes.Length - Size) return false;
        var sequence = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
        if (sequence < least || sequence > most) return false;
        var checksum = Crc32C.Of(bytes.Slice(4, Size - 4 + length));
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes) != checksum) return false;
        header = new FrameHeader(length, sequence, BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]));
        return true;
    }
}

/// <summary>The header of a segment file.</summary>
/// <param name="Number">The segment's number, which is its name too.</param>
/// <param name="FirstSequence">The sequence of the first frame that was written to it.</param>
/// <param name="Kind">Whether it was written anew without the records of forgotten jobs, and what is left.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SegmentHeader(uint Number, ulong FirstSequence, SegmentKind Kind)
{
    /// <summary>Its size: magic (8), version (4), flags (4), first sequence (8), number (4), checksum (4).</summary>
    public const int Size = 32;

    /// <summary>The version of the format.</summary>
    public const uint Version = 1;

    private static ReadOnlySpan<byte> Magic => "ACTRFLOW"u8;

    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), Version);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(12), (uint)Kind);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(16), FirstSequence);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(24), Number);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(28), Crc32C.Of(bytes.AsSpan(0, 28)));
        return bytes;
    }

    /// <summary>Reads a header; null with what is wrong if it is none.</summary>
    public static SegmentHeader? Read(ReadOnlySpan<byte> bytes, out string problem)
    {
        problem = "the file is shorter than its header.";
        if (bytes.Length < Size) return null;
        problem = "this is not a journal of ActorFlow.";
        if (!bytes[..8].SequenceEqual(Magic)) return null;
        var version = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        problem = $"the format has version {version}, and this ActorFlow reads version {Version}.";
        if (version != Version) return null;
        problem = "the checksum of the file's header does not fit.";
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[28..]) != Crc32C.Of(bytes[..28])) return null;
        var kind = (SegmentKind)BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]);
        problem = $"the file is of the unknown kind {(uint)kind}: a newer ActorFlow may have written it.";
        if (kind > SegmentKind.Emptied) return null;
        return new SegmentHeader(BinaryPrimitives.ReadUInt32LittleEndian(bytes[24..]), SequenceOf(bytes), kind);
    }

    /// <summary>
    /// Whether a file is what a crash leaves of one that was being made: parts of its header, and no frame.
    /// </summary>
    public static bool IsUnbegun(uint number, ReadOnlySpan<byte> bytes)
    {
        var written = bytes.LastIndexOfAnyExcept((byte)0) + 1;
        if (written > Size || Read(bytes, out _) is not null) return false;
        var whole = new SegmentHeader(number, FirstSequence: 0, SegmentKind.Appended).ToBytes();
        for (var i = 0; i < written; i++)
            if (bytes[i] != 0 && bytes[i] != whole[i] && !IsOfSequence(i)) return false;
        return true;
    }

    // The sequence, and the checksum that depends on it.
    private static bool IsOfSequence(int at) => at is (>= 16 and < 24) or >= 28;

    private static ulong SequenceOf(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]);
}

/// <summary>What a segment holds.</summary>
internal enum SegmentKind : uint
{
    /// <summary>Frames as they were appended, numbered without gaps.</summary>
    Appended = 0,

    /// <summary>One frame with the records of an appended segment that are left.</summary>
    Compacted = 1,

    /// <summary>Nothing: no record was left.</summary>
    Emptied = 2,
}
