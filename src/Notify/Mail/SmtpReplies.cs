using System.Globalization;
using System.Text;

namespace ActorFlow;

/// <summary>What a mail server answered: a code, and a text for each line.</summary>
internal sealed record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    public override string ToString() => $"{Code} {string.Join(' ', Lines)}".TrimEnd();
}

/// <summary>Reads what a mail server answers, and no more of it than a server has to say.</summary>
internal sealed class SmtpReplies(Stream stream, string host)
{
    private const int MaxLines = 100;

    private readonly byte[] _buffer = new byte[4096];
    private int _from;
    private int _to;

    /// <summary>Whether the server has said something that was not read yet.</summary>
    public bool HasMore => _from < _to;

    public async Task<SmtpReply> ReadAsync(CancellationToken stop)
    {
        var lines = new List<string>();
        while (lines.Count < MaxLines)
        {
            var line = await ReadLineAsync(stop).ConfigureAwait(false);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, null, out var code))
                throw new NotificationException($"'{host}' answers '{line}': it is no mail server.");
            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] != '-') return new SmtpReply(code, lines);
        }

        throw new NotificationException($"Mail server {host} answers without an end.");
    }

    private async Task<string> ReadLineAsync(CancellationToken stop)
    {
        while (true)
        {
            var end = Array.IndexOf(_buffer, (byte)'\n', _from, _to - _from);
            if (end >= 0)
            {
                var line = Encoding.UTF8.GetString(_buffer, _from, end - _from).TrimEnd('\r');
                _from = end + 1;
                return line;
            }

            Buffer.BlockCopy(_buffer, _from, _buffer, 0, _to - _from);
            (_from, _to) = (0, _to - _from);
            if (_to == _buffer.Length) throw new NotificationException($"Mail server {host} answers without an end.");
            var read = await stream.ReadAsync(_buffer.AsMemory(_to), stop).ConfigureAwait(false);
            if (read == 0) throw new NotificationException($"Mail server {host} hung up.");
            _to += read;
        }
    }
}
