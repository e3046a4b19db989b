using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>Datasets by key and type: what tasks and programs save and load.</summary>
public sealed class Datasets
{
    private readonly IDatasetStore _store;
    private readonly DatasetFormats _formats;
    private readonly Action<string, DatasetAction>? _told;

    /// <summary>The datasets of an engine's stores.</summary>
    public Datasets(TaskStores stores) : this(Required(stores), null) { }

    internal Datasets(TaskStores stores, Action<string, DatasetAction>? told)
        : this(stores.Datasets, stores.Formats, told) { }

    private Datasets(IDatasetStore store, DatasetFormats formats, Action<string, DatasetAction>? told)
    {
        _store = store;
        _formats = formats;
        _told = told;
    }

    private static TaskStores Required(TaskStores stores)
    {
        ArgumentNullException.ThrowIfNull(stores);
        return stores;
    }

    /// <summary>The same in another store.</summary>
    public Datasets In(IDatasetStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return new Datasets(store, _formats, _told);
    }

    /// <summary>Saves a value in place of the one that may be there.</summary>
    /// <param name="key">The key; see <see cref="DatasetKeys"/>.</param>
    /// <param name="value">The value.</param>
    /// <param name="format">The format; null for that of the key's extension, or else of the type.</param>
    /// <param name="cancellationToken">Ends the wait; the dataset is there whole or as it was.</param>
    /// <exception cref="DatasetException">
    /// The key breaks the rules, there is no such format, or the store cannot take it.
    /// </exception>
    public async ValueTask SaveAsync<T>(
        string key, T value, string? format = null, CancellationToken cancellationToken = default)
    {
        DatasetKeys.Require(key);
        var content = Write(_formats.For(typeof(T), key, format), key, value);
        await _store.SaveAsync(key, content, cancellationToken).ConfigureAwait(false);
        _told?.Invoke(key, DatasetAction.Saved);
    }

    private static ReadOnlyMemory<byte> Write<T>(DatasetFormat format, string key, T value)
    {
        try
        {
            return format.Write(value);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new DatasetException(
                $"Dataset '{key}': a {typeof(T)} cannot be written in the format '{format.Name}': {e.Message}", e);
        }
    }

    /// <summary>Loads a value.</summary>
    /// <param name="key">The key.</param>
    /// <param name="format">The format; null for that of the key's extension, or else of the type.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="DatasetNotFoundException">There is none.</exception>
    /// <exception cref="DatasetException">It cannot be read as that type.</exception>
    public async ValueTask<T> LoadAsync<T>(
        string key, string? format = null, CancellationToken cancellationToken = default)
    {
        DatasetKeys.Require(key);
        var reader = _formats.For(typeof(T), key, format);
        if (await _store.LoadAsync(key, cancellationToken).ConfigureAwait(false) is not { } content)
            throw new DatasetNotFoundException(
                key, await _store.ListAsync("", cancellationToken).ConfigureAwait(false));
        _told?.Invoke(key, DatasetAction.Loaded);
        try
        {
            return reader.Read<T>(content)!;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new DatasetException(
                $"Dataset '{key}' cannot be read as {typeof(T)} in the format '{reader.Name}': {e.Message}", e);
        }
    }

    /// <summary>Whether there is such a dataset.</summary>
    /// <exception cref="DatasetException">The key breaks the rules.</exception>
    public ValueTask<bool> ExistsAsync(string key, CancellationToken cancellationToken = default)
    {
        DatasetKeys.Require(key);
        return _store.ExistsAsync(key, cancellationToken);
    }

    /// <summary>The keys that begin so, in ordinal order; all if nothing is said.</summary>
    public ValueTask<IReadOnlyList<string>> ListAsync(
        string prefix = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        return _store.ListAsync(prefix, cancellationToken);
    }

    /// <summary>Deletes a dataset.</summary>
    /// <returns>False if there was none.</returns>
    /// <exception cref="DatasetException">The key breaks the rules.</exception>
    public ValueTask<bool> DeleteAsync(string key, CancellationToken cancellationToken = default)
    {
        DatasetKeys.Require(key);
        return _store.DeleteAsync(key, cancellationToken);
    }
}

/// <summary>What an attempt does with a dataset.</summary>
public enum DatasetAction
{
    /// <summary>It saved one.</summary>
    Saved,

    /// <summary>It loaded one.</summary>
    Loaded,
}

/// <summary>An attempt has saved or loaded a dataset.</summary>
/// <param name="Job">The job.</param>
/// <param name="Task">The task's name.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Key">The dataset.</param>
/// <param name="Action">What was done.</param>
public sealed record DatasetUse(JobId Job, string Task, int Attempt, string Key, DatasetAction Action);
