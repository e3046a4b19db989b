using ActorFlow.Journal;

namespace ActorFlow.TestKit;

/// <summary>
/// A disk in memory that keeps to the promises of <see cref="IDisk"/> and to nothing more: at a power failure it loses,
/// keeps or tears what was not synced, bytes and names alike.
/// </summary>
internal sealed class SimulatedDisk : IDisk
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, SimulatedFile> _durableNames = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SimulatedFile> _names = new(StringComparer.Ordinal);
    private readonly List<NameChange> _unsynced = [];
    private readonly HashSet<SimulatedHandle> _open = [];
    private readonly Dictionary<string, SimulatedLock> _locks = new(StringComparer.Ordinal);

    /// <summary>What is to go wrong; reset by a crash.</summary>
    public DiskFaults Faults { get; } = new();

    /// <summary>How many files are open.</summary>
    public int OpenFiles => _open.Count;

    /// <summary>A disk with files on it, all durable.</summary>
    public static SimulatedDisk With(IReadOnlyDictionary<string, byte[]> files)
    {
        var disk = new SimulatedDisk();
        foreach (var (path, bytes) in files)
            disk._names[path] = disk._durableNames[path] = new SimulatedFile(bytes);
        return disk;
    }

    /// <summary>A copy of all files as a reader sees them.</summary>
    public Dictionary<string, byte[]> Files()
    {
        lock (_gate) return _names.ToDictionary(n => n.Key, n => n.Value.ToArray(), StringComparer.Ordinal);
    }

    /// <summary>The process dies and the machine goes on: files stay as they are, unsynced changes unsynced.</summary>
    public void Kill()
    {
        lock (_gate)
        {
            _open.Clear();
            _locks.Clear();
            Faults.Clear();
        }
    }

    /// <summary>The power fails and comes back: processes are dead, and what was not synced is at risk.</summary>
    /// <param name="random">Decides over each unsynced change.</param>
    /// <param name="mood">How; by chance if null.</param>
    public void Crash(Random random, CrashMood? mood = null)
    {
        lock (_gate)
        {
            Kill();
            var chosen = mood ?? (CrashMood)random.Next(3);
            foreach (var change in _unsynced)
                if (chosen == CrashMood.KeepsAll || (chosen == CrashMood.Mixed && random.Next(2) == 0))
                    change.ApplyTo(_durableNames);
            _unsynced.Clear();
            _names.Clear();
            foreach (var (path, file) in _durableNames.OrderBy(n => n.Key, StringComparer.Ordinal))
            {
                file.Crash(random, chosen);
                _names.Add(path, file);
            }
        }
    }

    /// <summary>
    /// All contents that the disk may be found with if the power fails now: with any of the unsynced changes kept and
    /// the others lost, and with each unsynced write torn while all others are kept, or lost.
    /// </summary>
    /// <param name="cuts">Behind how many bytes a write of so many is torn; the one end is kept, or the other.</param>
    public IEnumerable<Dictionary<string, byte[]>> CrashOutcomes(Func<int, IEnumerable<int>> cuts)
    {
        foreach (var kept in Survival.Subsets(_unsynced.Count))
        {
            var names = new Dictionary<string, SimulatedFile>(_durableNames, StringComparer.Ordinal);
            for (var i = 0; i < kept.Length; i++)
                if (kept[i] is not null) _unsynced[i].ApplyTo(names);
            foreach (var fates in Survival.All([.. names.Values.SelectMany(file => file.AtRisk)], cuts))
            {
                var rest = new Queue<Range?>(fates);
                yield return names.ToDictionary(n => n.Key, n => n.Value.After(rest), StringComparer.Ordinal);
            }
        }
    }

    /// <summary>Makes a directory; durable at once.</summary>
    public void CreateDirectory(string path) => Use(null, DiskCall.CreateDirectory, () => { });

    public IReadOnlyList<string> List(string directory) => Use(null, DiskCall.List, () => (IReadOnlyList<string>)
        [.. _names.Keys.Where(path => IsIn(path, directory)).Select(path => Path.GetFileName(path)).Order()]);

    public IDiskFile Open(string path, bool writable) => Use(null, DiskCall.Open, () => Handle(Find(path), writable));

    public IDiskFile Create(string path) => Use(null, DiskCall.Create, () =>
    {
        var file = new SimulatedFile();
        Change(new NameChange(path, file, null));
        return Handle(file, writable: true);
    });

    public void Replace(string from, string to) =>
        Use(null, DiskCall.Replace, () => Change(new NameChange(to, Find(from), from)));

    public void Delete(string path) => Use(null, DiskCall.Delete, () =>
    {
        if (_names.ContainsKey(path)) Change(new NameChange(path, null, null));
    });

    public void SyncDirectory(string directory) => Use(null, DiskCall.SyncDirectory, () =>
    {
        foreach (var change in _unsynced.Where(c => IsIn(c.Path, directory))) change.ApplyTo(_durableNames);
        _unsynced.RemoveAll(c => IsIn(c.Path, directory));
    });

    public IDisposable? TryLock(string path, out string? owner)
    {
        var taken = Use(null, DiskCall.Lock, () =>
        {
            if (_locks.ContainsKey(path)) return null;
            return _locks[path] = new SimulatedLock(this, path);
        });
        owner = taken is null ? "1" : null;
        return taken;
    }

    /// <summary>One call: counted, refused if it is to fail or its file is dead, and done otherwise.</summary>
    /// <param name="handle">The open file that it is about; null if it is about names.</param>
    /// <param name="call">What is asked.</param>
    /// <param name="work">Does it.</param>
    /// <param name="failing">What becomes of it when it fails; told whether the power is gone.</param>
    public T Use<T>(SimulatedHandle? handle, DiskCall call, Func<T> work, Action<bool>? failing = null)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(handle?.IsDisposed == true, typeof(SimulatedHandle));
            if (handle is not null && !_open.Contains(handle)) throw new IOException("The file's process is dead.");
            if (handle is { IsWritable: false } && call is DiskCall.Write or DiskCall.Truncate or DiskCall.Reserve)
                throw new UnauthorizedAccessException("The file was opened for reading only.");
            var wasDown = Faults.IsDown;
            if (Faults.Next(call) is not { } error) return work();
            if (!wasDown) failing?.Invoke(Faults.IsDown);
            throw error;
        }
    }

    /// <summary>One call without a result.</summary>
    public void Use(SimulatedHandle? handle, DiskCall call, Action work, Action<bool>? failing = null) =>
        Use(handle, call, () =>
        {
            work();
            return true;
        }, failing);

    /// <summary>A file was closed.</summary>
    public void Forget(SimulatedHandle handle)
    {
        lock (_gate) _open.Remove(handle);
    }

    private static bool IsIn(string path, string directory) =>
        string.Equals(Path.GetDirectoryName(path), directory, StringComparison.Ordinal);

    private SimulatedFile Find(string path) =>
        _names.GetValueOrDefault(path) ?? throw new FileNotFoundException($"There is no file {path}.", path);

    private SimulatedHandle Handle(SimulatedFile file, bool writable)
    {
        var handle = new SimulatedHandle(this, file, writable);
        _open.Add(handle);
        return handle;
    }

    private void Change(NameChange change)
    {
        change.ApplyTo(_names);
        _unsynced.Add(change);
    }

    /// <summary>A name comes to mean a file, or none; with another name in place of which it does so.</summary>
    private sealed record NameChange(string Path, SimulatedFile? File, string? InPlaceOf)
    {
        public void ApplyTo(Dictionary<string, SimulatedFile> names)
        {
            if (InPlaceOf is not null) names.Remove(InPlaceOf);
            if (File is null) names.Remove(Path);
            else names[Path] = File;
        }
    }

    /// <summary>A lock; it ends with its process.</summary>
    private sealed class SimulatedLock(SimulatedDisk disk, string path) : IDisposable
    {
        public void Dispose()
        {
            lock (disk._gate)
                if (disk._locks.GetValueOrDefault(path) == this) disk._locks.Remove(path);
        }
    }
}
