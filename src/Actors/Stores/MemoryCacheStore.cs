namespace ActorFlow;

/// <summary>Keeps results in memory, up to so many bytes; what was stored longest ago goes first.</summary>
public sealed class MemoryCacheStore : ICacheStore
{
    // What an entry takes beside its output, about.
    private const int Overhead = 200;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, CacheEntry Entry)>> _entries =
        new(StringComparer.Ordinal);
    private readonly LinkedList<(string Key, CacheEntry Entry)> _byAge = new();
    private readonly long _maxBytes;
    private long _bytes;

    /// <summary>Makes an empty store.</summary>
    /// <param name="maxBytes">How many bytes the entries may take together. The default is 64 MiB.</param>
    public MemoryCacheStore(long maxBytes = 64 * 1024 * 1024)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxBytes);
        _maxBytes = maxBytes;
    }

    /// <summary>How many entries there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _entries.Count;
        }
    }

    /// <inheritdoc />
    public ValueTask<CacheEntry?> GetAsync(string key, CancellationToken cancellationToken = default)
    {
        lock (_gate) return new(_entries.TryGetValue(key, out var node) ? node.Value.Entry : null);
    }

    /// <inheritdoc />
    public ValueTask PutAsync(string key, CacheEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        lock (_gate)
        {
            Remove(key);
            _entries[key] = _byAge.AddLast((key, entry));
            _bytes += SizeOf(entry);
            while (_bytes > _maxBytes && _byAge.First is { } oldest) Remove(oldest.Value.Key);
        }

        return default;
    }

    /// <inheritdoc />
    public ValueTask RemoveAsync(string key, CancellationToken cancellationToken = default)
    {
        lock (_gate) Remove(key);
        return default;
    }

    /// <inheritdoc />
    public ValueTask ClearAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            _entries.Clear();
            _byAge.Clear();
            _bytes = 0;
        }

        return default;
    }

    private void Remove(string key)
    {
        if (!_entries.Remove(key, out var node)) return;
        _byAge.Remove(node);
        _bytes -= SizeOf(node.Value.Entry);
    }

    private static long SizeOf(CacheEntry entry) => entry.Json.Length + Overhead;
}
