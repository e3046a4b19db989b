using System.Collections.Concurrent;

namespace ActorFlow;

/// <summary>Keeps datasets in memory, for tests and for jobs that live there.</summary>
public sealed class MemoryDatasetStore : IDatasetStore
{
    private readonly ConcurrentDictionary<string, byte[]> _contents = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public ValueTask SaveAsync(
        string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        _contents[key] = content.ToArray();
        return default;
    }

    /// <inheritdoc />
    public ValueTask<ReadOnlyMemory<byte>?> LoadAsync(string key, CancellationToken cancellationToken = default) =>
        new(_contents.TryGetValue(key, out var content) ? content.AsMemory() : (ReadOnlyMemory<byte>?)null);

    /// <inheritdoc />
    public ValueTask<bool> ExistsAsync(string key, CancellationToken cancellationToken = default) =>
        new(_contents.ContainsKey(key));

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken = default) =>
        new([.. _contents.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)]);

    /// <inheritdoc />
    public ValueTask<bool> DeleteAsync(string key, CancellationToken cancellationToken = default) =>
        new(_contents.TryRemove(key, out _));
}
