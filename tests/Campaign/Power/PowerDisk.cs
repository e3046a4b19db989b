using ActorFlow.Journal;

namespace ActorFlow.Campaign;

/// <summary>
/// A disk for a real process that is killed: what was not synced is in this process's memory only, but for some of it
/// that chance lets get to the real files. Killing the process is a power failure then.
/// </summary>
/// <remarks>
/// A file that has no durable name yet lies in a directory of the nameless, so that getting its name is one step of the
/// real file system. Names get to the disk in the order in which they were changed; bytes in any.
/// </remarks>
internal sealed class PowerDisk : IDisk
{
    private readonly Lock _gate = new();
    private readonly string _nameless;
    private readonly Random _random;
    private readonly Dictionary<string, PowerFile> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Queue<Action> _unsynced = new();
    private int _made;

    /// <summary>A disk over the real one.</summary>
    /// <param name="nameless">Where files are that have no durable name; what a process before left is deleted.</param>
    /// <param name="random">Decides what gets to the disk without a sync.</param>
    public PowerDisk(string nameless, Random random)
    {
        (_nameless, _random) = (nameless, random);
        if (Directory.Exists(nameless)) Directory.Delete(nameless, recursive: true);
        Directory.CreateDirectory(nameless);
    }

    public void CreateDirectory(string path) => Directory.CreateDirectory(path);

    public IReadOnlyList<string> List(string directory)
    {
        lock (_gate)
        {
            Know(directory);
            return [.. _names.Keys.Where(path => IsIn(path, directory)).Select(path => Path.GetFileName(path))];
        }
    }

    public IDiskFile Open(string path, bool writable)
    {
        lock (_gate)
        {
            var file = Find(path);
            file.Open();
            return new Handle(this, file);
        }
    }

    public IDiskFile Create(string path)
    {
        lock (_gate)
        {
            Know(Path.GetDirectoryName(path)!);
            var file = PowerFile.Create(Path.Combine(_nameless, $"{++_made}"), _random);
            _names[path] = file;
            Change(() => file.MoveTo(path));
            return new Handle(this, file);
        }
    }

    public void Replace(string from, string to)
    {
        lock (_gate)
        {
            var file = Find(from);
            _names.Remove(from);
            _names[to] = file;
            Change(() => file.MoveTo(to));
        }
    }

    public void Delete(string path)
    {
        lock (_gate)
        {
            Know(Path.GetDirectoryName(path)!);
            if (_names.Remove(path)) Change(() => File.Delete(path));
        }
    }

    public void SyncDirectory(string directory)
    {
        // There is one directory.
        lock (_gate) SyncNames();
    }

    // A lock is not of the disk: it ends with the process.
    public IDisposable? TryLock(string path, out string? owner) => PhysicalDisk.Instance.TryLock(path, out owner);

    private void Change(Action change)
    {
        _unsynced.Enqueue(change);
        if (_random.Next(4) == 0) SyncNames();
    }

    private void SyncNames()
    {
        while (_unsynced.TryDequeue(out var change)) change();
    }

    private PowerFile Find(string path)
    {
        Know(Path.GetDirectoryName(path)!);
        return _names.GetValueOrDefault(path) ?? throw new FileNotFoundException($"There is no file {path}.", path);
    }

    private void Know(string directory)
    {
        if (!_known.Add(directory) || !Directory.Exists(directory)) return;
        foreach (var path in Directory.EnumerateFiles(directory)) _names[path] = PowerFile.OfExisting(path, _random);
    }

    private static bool IsIn(string path, string directory) =>
        string.Equals(Path.GetDirectoryName(path), directory, StringComparison.Ordinal);

    /// <summary>An open file; closing it syncs nothing.</summary>
    private sealed class Handle(PowerDisk disk, PowerFile file) : IDiskFile
    {
        public long Length
        {
            get
            {
                lock (disk._gate) return file.Length;
            }
        }

        public int Read(long offset, Span<byte> buffer)
        {
            lock (disk._gate) return file.Read(offset, buffer);
        }

        public void Write(long offset, ReadOnlySpan<byte> bytes)
        {
            lock (disk._gate) file.Write(offset, bytes);
        }

        public void Reserve(long length)
        {
            lock (disk._gate)
                if (length > file.Length) file.SetLength(length);
        }

        public void Truncate(long length)
        {
            lock (disk._gate) file.SetLength(length);
        }

        public void Sync()
        {
            lock (disk._gate) file.Sync();
        }

        public void Dispose() { }
    }
}
