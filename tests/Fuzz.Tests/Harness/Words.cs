using System.Buffers.Binary;

namespace ActorFlow.Fuzz.Tests;

/// <summary>What is at the edges in every format.</summary>
internal static class Words
{
    /// <summary>Numbers at the edges of what types hold, and what is nearly a number.</summary>
    public static readonly IReadOnlyList<string> Numbers =
    [
        "0", "-0", "-1", "1", "7", "127", "128", "255", "256", "65535", "65536", "2147483647", "2147483648",
        "-2147483648", "-2147483649", "4294967296", "9223372036854775807", "9223372036854775808",
        "-9223372036854775808", "18446744073709551615", "79228162514264337593543950336", "0.1", "1e1", "1e308", "1e309",
        "-1e309", "1e-400", "1E+2147483648", "NaN", "Infinity", "-Infinity", "+1", "01", "0x10", ".5", "5.", "1_000",
        "١",
    ];

    /// <summary>Bytes that mean something in many formats.</summary>
    public static readonly IReadOnlyList<byte> Edges =
        [0, 1, 9, 10, 13, 27, 32, 34, 39, 44, 58, 64, 91, 92, 93, 123, 125, 0x7F, 0x80, 0xC0, 0xFE, 0xFF];

    /// <summary>What opens and closes something that lies in something else.</summary>
    public static readonly IReadOnlyList<(string Open, string Close)> Brackets =
    [
        ("[", "]"), ("{\"a\":", "}"), ("{a: ", "}"), ("- ", ""), ("? ", ""), ("{", "}"), ("(", ")"),
        ("[{\"a\":[", "]}]"),
    ];

    /// <summary>Text that is none in UTF-8, and text that is seldom thought of.</summary>
    public static readonly IReadOnlyList<byte[]> Bytes =
    [
        [0], [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0xEF, 0xBB, 0xBF],
        [0xFE, 0xFF], [0xFF, 0xFE], [0xC2, 0x85], [0xE2, 0x80, 0xA8], [0xF0, 0x9D, 0x84, 0x9E], [0xC4, 0xB0], [13, 10],
        [.. "\\u0000"u8], [.. "\\ud800"u8], [.. "\\udc00\\ud800"u8], [.. "\\"u8], [.. "\\x"u8], [.. "\\U00110000"u8],
    ];

    /// <summary>A number in bytes: with a fixed length, or seven bits a byte.</summary>
    public static byte[] Binary(Random random)
    {
        var edge = (ulong)((1L << random.Next(64)) + random.Next(-1, 2));
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, edge);
        if (random.Next(2) == 0) return bytes[..(random.Next(2) == 0 ? 4 : 8)];
        var number = new List<byte>();
        for (; edge >= 0x80; edge >>= 7) number.Add((byte)(edge | 0x80));
        return [.. number, (byte)edge];
    }

    /// <summary>One byte over and over.</summary>
    public static byte[] Long(Random random)
    {
        var bytes = new byte[random.Next(4) == 0 ? random.Next(20_000) : random.Next(400)];
        Array.Fill(bytes, random.Next(3) == 0 ? Edges[random.Next(Edges.Count)] : (byte)"a1? #"[random.Next(5)]);
        return bytes;
    }
}
