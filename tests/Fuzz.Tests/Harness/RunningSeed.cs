using System.Globalization;

namespace ActorFlow.Fuzz.Tests;

/// <summary>
/// Writes down which seed is being read, for inputs that hang or end the process: <c>artifacts/fuzz/TARGET.running</c>.
/// </summary>
internal sealed class RunningSeed : IDisposable
{
    private readonly FileStream _file;
    private readonly byte[] _text = new byte[12];

    public RunningSeed(string target)
    {
        var folder = Repository.PathOf("artifacts", "fuzz");
        Directory.CreateDirectory(folder);
        _file = new FileStream(
            Path.Combine(folder, target + ".running"), FileMode.Create, FileAccess.Write, FileShare.ReadWrite,
            bufferSize: 0, FileOptions.DeleteOnClose);
    }

    public void Note(int seed)
    {
        seed.TryFormat(_text, out var written, default, CultureInfo.InvariantCulture);
        _file.Position = 0;
        _file.Write(_text.AsSpan(0, written));
    }

    public void Dispose() => _file.Dispose();
}
