using System.Globalization;
using System.Text;

namespace ActorFlow.Fuzz.Tests;

/// <summary>Bytes that are changed in places; never more than 64 KiB of them.</summary>
internal sealed class MutableBytes(byte[] bytes)
{
    private const int Most = 64 * 1024;

    private byte[] _bytes = bytes;

    public int Length => _bytes.Length;

    public byte[] ToArray() => _bytes;

    /// <summary>A part; places behind the end count as the end.</summary>
    public byte[] Slice((int At, int Length) part) => _bytes.AsSpan(part.At, Clamped(part)).ToArray();

    /// <summary>Puts other bytes in the place of a part.</summary>
    public void Replace((int At, int Length) part, ReadOnlySpan<byte> with)
    {
        var behind = part.At + Clamped(part);
        if (Length + with.Length > Most) return;
        _bytes = [.. _bytes.AsSpan(0, part.At), .. with, .. _bytes.AsSpan(behind)];
    }

    public void Insert(Random random, ReadOnlySpan<byte> inserted) => Replace((random.Next(Length + 1), 0), inserted);

    /// <summary>Changes one byte.</summary>
    public void Set(Random random, Func<byte, byte> change)
    {
        if (Length == 0) return;
        var at = random.Next(Length);
        _bytes = [.. _bytes];
        _bytes[at] = change(_bytes[at]);
    }

    /// <summary>Some part, mostly short; often whole lines.</summary>
    public (int At, int Length) Stretch(Random random)
    {
        var at = random.Next(Length + 1);
        var length = Math.Min(Length - at, random.Next(3) == 0 ? random.Next(Length + 1) : random.Next(20));
        if (random.Next(2) == 0) return (at, length);
        var start = _bytes.AsSpan(0, at).LastIndexOf((byte)'\n') + 1;
        var end = _bytes.AsSpan(at + length).IndexOf((byte)'\n');
        return (start, (end < 0 ? Length : at + length + end + 1) - start);
    }

    /// <summary>A run of letters and digits; an empty place at the end if chance finds none.</summary>
    public (int At, int Length) Word(Random random) => Run(random, char.IsAsciiLetterOrDigit);

    /// <summary>A run of digits.</summary>
    public (int At, int Length) Number(Random random) => Run(random, char.IsAsciiDigit);

    /// <summary>Something quoted or in brackets, with them, as far as they are balanced.</summary>
    public (int At, int Length) Value(Random random)
    {
        var at = random.Next(Length + 1);
        while (at < Length && !Opens(_bytes[at])) at++;
        var (end, depth, isQuoted) = (at, 0, false);
        for (; end < Length; end++)
        {
            if (_bytes[end] == '"') isQuoted = !isQuoted;
            else if (_bytes[end] == '\\') end++;
            else if (!isQuoted && _bytes[end] is (byte)'[' or (byte)'{') depth++;
            else if (!isQuoted && _bytes[end] is (byte)']' or (byte)'}') depth--;
            if (depth <= 0 && !isQuoted) break;
        }

        return (at, Math.Min(end + 1, Length) - at);

        static bool Opens(byte b) => b is (byte)'"' or (byte)'[' or (byte)'{';
    }

    /// <summary>Repeats a part many times, mostly with a number in the same place: names that differ.</summary>
    public void Repeat(Random random)
    {
        var part = Stretch(random);
        var (head, times) = (random.Next(Clamped(part) + 1), random.Next(8) == 0 ? random.Next(3000) : random.Next(30));
        times = Math.Min(times, Most / (part.Length + 6));
        var (before, after) = (Slice((part.At, head)), Slice((part.At + head, part.Length - head)));
        var isNumbered = random.Next(4) > 0;
        using var repeated = new MemoryStream();
        for (var i = 0; i < times; i++)
        {
            repeated.Write(before);
            if (isNumbered) repeated.Write(Encoding.ASCII.GetBytes(i.ToString(CultureInfo.InvariantCulture)));
            repeated.Write(after);
        }

        Replace((part.At + part.Length, 0), repeated.ToArray());
    }

    private (int At, int Length) Run(Random random, Func<char, bool> isOfIt)
    {
        var at = random.Next(Length + 1);
        while (at < Length && !isOfIt((char)_bytes[at])) at++;
        var end = at;
        while (end < Length && isOfIt((char)_bytes[end])) end++;
        return (at, end - at);
    }

    private int Clamped((int At, int Length) part) => Math.Min(part.Length, Length - part.At);
}
