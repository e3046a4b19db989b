using System.Buffers.Binary;
using System.Text;

namespace ActorFlow.Journal;

/// <summary>
/// Reads what a <see cref="ByteWriter"/> wrote, and never past its end: a length that does not fit is damage.
/// </summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Position { get; private set; }

    public readonly bool IsAtEnd => Position == _bytes.Length;

    public byte Byte() => Position < _bytes.Length ? _bytes[Position++] : throw TooShort();

    public ulong Number()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }

        throw new FormatException("a number is longer than ten bytes.");
    }

    public int Int32()
    {
        var value = Number();
        return value <= int.MaxValue ? (int)value : throw new FormatException($"the number {value} is too large.");
    }

    public long Signed()
    {
        var value = Number();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public int Fixed32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4)) is >= 0 and var value
        ? value
        : throw new FormatException("a length is negative.");

    public ulong Fixed64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public ReadOnlySpan<byte> Bytes() => Take(Int32());

    public string Text() => Encoding.UTF8.GetString(Bytes());

    public string? OptionalText()
    {
        var length = Int32();
        return length == 0 ? null : Encoding.UTF8.GetString(Take(length - 1));
    }

    /// <summary>A number of things, each at least so many bytes long: more than can be there are damage.</summary>
    public int Count(int bytesEach = 1)
    {
        var count = Int32();
        return (long)count * bytesEach <= _bytes.Length - Position
            ? count
            : throw new FormatException($"a list of {count} does not fit into what is left of the record.");
    }

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count > _bytes.Length - Position) throw TooShort();
        var taken = _bytes.Slice(Position, count);
        Position += count;
        return taken;
    }

    private static FormatException TooShort() => new("the record ends in the middle of a value.");
}
