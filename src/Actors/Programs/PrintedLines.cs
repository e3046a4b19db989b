using System.Text;

namespace ActorFlow.Actors;

/// <summary>Reads a file that a program writes, line by line, as far as it is written.</summary>
internal sealed class PrintedLines(string path, Action<string> take)
{
    private const int MaxLine = 64 * 1024;

    private readonly List<byte> _line = [];
    private readonly byte[] _buffer = new byte[16 * 1024];
    private long _position;

    /// <summary>Hands over the lines that are new.</summary>
    public void ReadOn()
    {
        if (!File.Exists(path)) return;
        using var file = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        file.Seek(_position, SeekOrigin.Begin);
        for (int count; (count = file.Read(_buffer)) > 0; _position += count)
            foreach (var character in _buffer.AsSpan(0, count)) Take(character);
    }

    /// <summary>Hands over what is behind the last line end too: nothing more will come.</summary>
    public void ReadToEnd()
    {
        ReadOn();
        if (_line.Count > 0) EndLine();
    }

    private void Take(byte character)
    {
        if (character != '\n') _line.Add(character);
        if (character == '\n' || _line.Count == MaxLine) EndLine();
    }

    private void EndLine()
    {
        var text = Encoding.UTF8.GetString(_line.ToArray()).TrimEnd('\r');
        _line.Clear();
        take(text);
    }
}
