using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace ActorFlow.Journal;

/// <summary>Bytes in the making, in a rented array that grows.</summary>
internal sealed class ByteWriter
{
    private const int LeastRoom = 512;

    // A file of one frame has to be read as a whole again.
    private static readonly int MostRoom = Array.MaxLength - SegmentHeader.Size;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(LeastRoom);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Forgets what was written from a place on.</summary>
    public void Rewind(int length) => Length = length;

    /// <summary>Lets go of room that is larger than that, so that one large frame does not cost it for ever.</summary>
    public void Trim(int most)
    {
        if (_bytes.Length <= most) return;
        var smaller = ArrayPool<byte>.Shared.Rent(Math.Max(LeastRoom, Length));
        Written.CopyTo(smaller);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = smaller;
    }

    /// <summary>Bytes that were written already, to be completed.</summary>
    public Span<byte> At(int offset, int count) => _bytes.AsSpan(offset, count);

    /// <summary>Room for a number of bytes at the end, which count as written.</summary>
    public Span<byte> Take(int count)
    {
        if (_bytes.Length - Length < count) Grow(count);
        var room = _bytes.AsSpan(Length, count);
        Length += count;
        return room;
    }

    public void Byte(byte value)
    {
        if (Length == _bytes.Length) Grow(1);
        _bytes[Length++] = value;
    }

    /// <summary>Seven bits a byte, the lowest first; the top bit says that more follow (LEB128).</summary>
    public void Number(ulong value)
    {
        while (value >= 0x80)
        {
            Byte((byte)(value | 0x80));
            value >>= 7;
        }

        Byte((byte)value);
    }

    public void Number(long value) => Number((ulong)value);

    /// <summary>Small numbers of either sign are short: 0, -1, 1, -2 become 0, 1, 2, 3.</summary>
    public void Signed(long value) => Number((ulong)((value << 1) ^ (value >> 63)));

    public void Fixed64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(8), value);

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Number((ulong)bytes.Length);
        bytes.CopyTo(Take(bytes.Length));
    }

    public void Text(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Number((ulong)length);
        Encoding.UTF8.GetBytes(text, Take(length));
    }

    /// <summary>A text that may be missing: its length plus one, or zero.</summary>
    public void OptionalText(string? text)
    {
        if (text is null)
        {
            Byte(0);
            return;
        }

        var length = Encoding.UTF8.GetByteCount(text);
        Number((ulong)length + 1);
        Encoding.UTF8.GetBytes(text, Take(length));
    }

    private void Grow(int count)
    {
        var needed = (long)Length + count;
        if (needed > MostRoom)
            throw new JournalException(
                $"What is to be written at once takes more than {MostRoom} bytes.");
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(_bytes.Length * 2L, needed, MostRoom));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
