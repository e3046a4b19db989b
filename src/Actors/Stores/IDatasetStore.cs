namespace ActorFlow;

/// <summary>Port: keeps datasets, bytes under keys that people read.</summary>
/// <remarks>
/// A key is made of names with <c>/</c> between; see <see cref="DatasetKeys"/> for the rules, which the callers of a
/// store have checked. It is called by many at once. A dataset is there whole or not at all.
/// </remarks>
public interface IDatasetStore
{
    /// <summary>Saves a dataset in place of the one that may be there.</summary>
    ValueTask SaveAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default);

    /// <summary>The content of a dataset; null if there is none.</summary>
    ValueTask<ReadOnlyMemory<byte>?> LoadAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Whether there is such a dataset.</summary>
    ValueTask<bool> ExistsAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>The keys that begin so, in ordinal order.</summary>
    ValueTask<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken = default);

    /// <summary>Deletes a dataset.</summary>
    /// <returns>False if there was none.</returns>
    ValueTask<bool> DeleteAsync(string key, CancellationToken cancellationToken = default);
}

/// <summary>A dataset cannot be saved, or not be loaded as what is wanted.</summary>
public class DatasetException : ActorFlowException
{
    /// <summary>Says what was wrong, where, and what would be right.</summary>
    public DatasetException(string message, Exception? inner = null) : base(message, inner) { }
}

/// <summary>There is no dataset of that key.</summary>
public sealed class DatasetNotFoundException : DatasetException
{
    internal DatasetNotFoundException(string key, IEnumerable<string> known)
        : base($"There is no dataset '{key}'.{Suggestions.For(key, known)}") => Key = key;

    /// <summary>The key.</summary>
    public string Key { get; }
}
