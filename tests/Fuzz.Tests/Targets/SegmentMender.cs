using System.Buffers.Binary;
using ActorFlow.Journal;

namespace ActorFlow.Fuzz.Tests;

/// <summary>
/// Puts right lengths, sequences and checksums of changed segments, each by chance: or nothing behind them is read.
/// </summary>
internal static class SegmentMender
{
    private static ReadOnlySpan<byte> Magic => "ACTRFLOW"u8;

    /// <summary>The files of an input: each begins where the word stands with which files begin.</summary>
    public static List<byte[]> Split(byte[] input)
    {
        var files = new List<byte[]>();
        for (var at = 0; at < input.Length;)
        {
            var next = input.AsSpan(at + 1).IndexOf(Magic);
            var end = next < 0 ? input.Length : at + 1 + next;
            files.Add(input[at..end]);
            at = end;
        }

        return files;
    }

    /// <summary>The number of the first file: compaction may have dropped those before it.</summary>
    public static int FirstNumber(List<byte[]> files) =>
        files.Count > 0 && files[0].Length > 24 ? Math.Clamp((int)files[0][24], 1, 9) : 1;

    public static byte[] Mend(byte[] input, Random random)
    {
        if (random.Next(8) == 0) return input;
        var files = Split(input);
        var first = FirstNumber(files);
        var sequence = (ulong)(2 * first) - 1;
        for (var i = 0; i < files.Count; i++)
            if (files[i].Length >= SegmentHeader.Size) Mend(files[i], first + i, ref sequence, random);
        return [.. files.SelectMany(file => file)];
    }

    private static void Mend(byte[] file, int number, ref ulong sequence, Random random)
    {
        if (random.Next(8) > 0)
        {
            Magic.CopyTo(file);
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(8), SegmentHeader.Version);
            BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(16), sequence);
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(24), number);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(28), Crc32C.Of(file.AsSpan(0, 28)));
        for (var at = SegmentHeader.Size; file.Length - at > FrameHeader.Size;)
            at += MendFrame(file.AsSpan(at), ref sequence, random);
    }

    /// <summary>Repairs the frame that begins here.</summary>
    /// <returns>Its size.</returns>
    private static int MendFrame(Span<byte> rest, ref ulong sequence, Random random)
    {
        var most = rest.Length - FrameHeader.Size;
        var length = BinaryPrimitives.ReadInt32LittleEndian(rest[4..]);
        if (length <= 0 || length > most) length = most;
        var synced = BinaryPrimitives.ReadUInt64LittleEndian(rest[16..]);
        if (random.Next(8) > 0) MendRecord(rest.Slice(FrameHeader.Size, length));
        var frame = rest[..(FrameHeader.Size + length)];
        if (random.Next(16) > 0) new FrameHeader(length, sequence++, Math.Min(synced, sequence)).WriteTo(frame);
        return frame.Length;
    }

    // Most frames have one record.
    private static void MendRecord(Span<byte> records)
    {
        if (records.Length < 4) return;
        var length = BinaryPrimitives.ReadInt32LittleEndian(records);
        if (length < 0 || length > records.Length - 4)
            BinaryPrimitives.WriteInt32LittleEndian(records, records.Length - 4);
    }
}
