using System.Diagnostics;
using ActorFlow.Journal;

namespace ActorFlow.Bench.Runs;

/// <summary>
/// The disk of this machine, with a note of every write and sync: done again bare, they are the limit of a journal.
/// </summary>
internal sealed class RecordingDisk : IDisk
{
    private readonly List<(long Offset, int Bytes)> _operations = [];
    private long _reserved;

    /// <summary>How many syncs there were.</summary>
    public int Syncs { get; private set; }

    /// <summary>How many bytes were written.</summary>
    public long Bytes { get; private set; }

    /// <summary>Writes and syncs the same, with nothing around it.</summary>
    /// <param name="directory">Where.</param>
    /// <param name="prepared">
    /// Whether the file has its length before, as the journal's have; otherwise it grows with each write.
    /// </param>
    /// <returns>How long that took.</returns>
    public TimeSpan Repeat(string directory, bool prepared)
    {
        var buffer = new byte[_operations.Max(o => o.Bytes)];
        using var file = PhysicalDisk.Instance.Create(Path.Combine(directory, "bare"));
        if (prepared) file.Reserve(_reserved);
        file.Sync();
        var started = Stopwatch.GetTimestamp();
        foreach (var (offset, bytes) in _operations)
        {
            if (bytes == 0) file.Sync();
            else file.Write(offset, buffer.AsSpan(0, bytes));
        }

        return Stopwatch.GetElapsedTime(started);
    }

    public void CreateDirectory(string path) => PhysicalDisk.Instance.CreateDirectory(path);

    public IReadOnlyList<string> List(string directory) => PhysicalDisk.Instance.List(directory);

    public IDiskFile Open(string path, bool writable) =>
        new RecordingFile(this, PhysicalDisk.Instance.Open(path, writable));

    public IDiskFile Create(string path) => new RecordingFile(this, PhysicalDisk.Instance.Create(path));

    public void Replace(string from, string to) => PhysicalDisk.Instance.Replace(from, to);

    public void Delete(string path) => PhysicalDisk.Instance.Delete(path);

    public void SyncDirectory(string directory) => PhysicalDisk.Instance.SyncDirectory(directory);

    public IDisposable? TryLock(string path, out string? owner) => PhysicalDisk.Instance.TryLock(path, out owner);

    private sealed class RecordingFile(RecordingDisk disk, IDiskFile file) : IDiskFile
    {
        public long Length => file.Length;

        public int Read(long offset, Span<byte> buffer) => file.Read(offset, buffer);

        public void Write(long offset, ReadOnlySpan<byte> bytes)
        {
            disk._operations.Add((offset, bytes.Length));
            disk.Bytes += bytes.Length;
            file.Write(offset, bytes);
        }

        public void Reserve(long length)
        {
            disk._reserved = Math.Max(disk._reserved, length);
            file.Reserve(length);
        }

        public void Truncate(long length) => file.Truncate(length);

        public void Sync()
        {
            disk.Syncs++;
            disk._operations.Add((0, 0));
            file.Sync();
        }

        public void Dispose() => file.Dispose();
    }
}
