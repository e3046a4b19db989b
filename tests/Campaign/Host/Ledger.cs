using System.Text;
using Microsoft.Win32.SafeHandles;

namespace ActorFlow.Campaign;

/// <summary>
/// The outside world: a file that tasks append a line to, in one write each, which no kill takes back.
/// </summary>
internal sealed class Ledger(string path) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SafeFileHandle _file = File.OpenHandle(
        path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);

    public void Append(string line)
    {
        // One process at a time has it open, so the end is where this one left it.
        lock (_gate) RandomAccess.Write(_file, Encoding.ASCII.GetBytes(line + "\n"), RandomAccess.GetLength(_file));
    }

    public void Dispose() => _file.Dispose();
}
