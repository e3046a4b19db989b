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
    public static bool TryRead(ReadOnlySpan<byte> bytes, ulong leastSequence, out FrameHeader header)
    {
        header = default;
        if (bytes.Length < Size) return false;
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
        if (length <= 0 || length > bytes.Length - Size) return false;
        var sequence = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
        if (sequence < leastSequence) return false;
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Crc32C.Of(bytes.Slice(4, Size - 4
            + length))) return false;
        header = new FrameHeader(length, sequence, BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]));
        return true;
    }
}

/// <summary>The header of a segment file.</summary>
/// <param name="Number">The segment's number, which is its name too.</param>
/// <param name="FirstSequence">The sequence of the first frame that was written to it.</param>
/// <param name="IsCompacted">Whether it was written anew without the records of forgotten jobs.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SegmentHeader(uint Number, ulong FirstSequence, bool IsCompacted)
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
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(12), IsCompacted ? 1u : 0u);
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
        return new SegmentHeader(
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[24..]), BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]),
            (BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]) & 1) != 0);
    }
}
