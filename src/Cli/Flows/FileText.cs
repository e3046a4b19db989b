using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace ActorFlow.Cli;

/// <summary>The text that a file is.</summary>
internal static class FileText
{
    /// <summary>Reads a text in UTF-8, or in what its byte order mark says.</summary>
    /// <param name="bytes">The content of the file.</param>
    /// <param name="refuse">Makes the error of what is no text, of the line, the column, and what is wrong.</param>
    public static string Of(byte[] bytes, Func<int, int, string, Exception> refuse)
    {
        var text = Decoded(bytes, bytes.Length, out var isUtf8);
        var valid = isUtf8 ? ValidLength(bytes) : bytes.Length;
        // What cannot be decoded would be changed without a word.
        var before = valid == bytes.Length ? text : Decoded(bytes, valid, out _);
        // Parsers take it for the end.
        if (before.IndexOf('\0', StringComparison.Ordinal) is >= 0 and var nul)
            throw Refused(nul, "The file is not text: it has a NUL character here.");
        if (valid < bytes.Length)
            throw Refused(before.Length, $"The byte 0x{bytes[valid]:X2} is not UTF-8; save the file in UTF-8.");
        return text;

        Exception Refused(int at, string problem)
        {
            var (line, begin) = (text.AsSpan(0, at).Count('\n') + 1, text.AsSpan(0, at).LastIndexOf('\n') + 1);
            return refuse(line, at - begin + 1, problem);
        }
    }

    private static string Decoded(byte[] bytes, int length, out bool isUtf8)
    {
        using var reader = new StreamReader(new MemoryStream(bytes, 0, length), Encoding.UTF8);
        var text = reader.ReadToEnd();
        isUtf8 = reader.CurrentEncoding is UTF8Encoding;
        return text;
    }

    private static int ValidLength(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes)) return bytes.Length;
        var valid = 0;
        while (Rune.DecodeFromUtf8(bytes[valid..], out _, out var length) == OperationStatus.Done) valid += length;
        return valid;
    }
}
