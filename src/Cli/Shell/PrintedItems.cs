using System.Text;

namespace ActorFlow.Cli;

/// <summary>Reads the lines that a command has printed into a file, as far as they are whole.</summary>
/// <param name="file">The file.</param>
internal sealed class PrintedItems(string file)
{
    private readonly List<byte> _line = [];
    private readonly byte[] _buffer = new byte[16 * 1024];
    private long _position;

    /// <summary>What is behind the last line end; null if nothing is.</summary>
    public string? Rest => _line.Count == 0 ? null : TextOf(_line);

    /// <summary>The lines that are new. The file is open only while it is read from, and never far ahead.</summary>
    /// <exception cref="ProcessOutputException">One is longer than an output may be.</exception>
    public IEnumerable<string> ReadOn()
    {
        for (int count; (count = Read()) > 0;)
        {
            for (var i = 0; i < count; i++)
            {
                if (_buffer[i] != '\n')
                {
                    _line.Add(_buffer[i]);
                    if (_line.Count > ProcessSpec.DefaultOutputLimit)
                        throw new ProcessOutputException(
                            $"A line has more than {ProcessSpec.DefaultOutputLimit} bytes, and that is the most that "
                            + "an item may have. Print the path of a file instead.");
                    continue;
                }

                var line = TextOf(_line);
                _line.Clear();
                yield return line;
            }
        }
    }

    private int Read()
    {
        if (!File.Exists(file)) return 0;
        using var stream = new FileStream(
            file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        stream.Seek(_position, SeekOrigin.Begin);
        var count = stream.Read(_buffer);
        _position += count;
        return count;
    }

    private static string TextOf(List<byte> line) => Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
}
