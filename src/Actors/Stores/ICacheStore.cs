namespace ActorFlow;

/// <summary>Port: keeps results of tasks by key, so that the same need not be worked out twice.</summary>
/// <remarks>
/// It is called where the code of tasks runs, by many at once. A store may forget whatever it likes. What it throws
/// does
/// not hurt a task: a result that cannot be read is not there, and one that cannot be kept is logged. A store that does
/// not answer at once lets the task go on in a thread of the thread pool.
/// </remarks>
public interface ICacheStore
{
    /// <summary>The entry of a key; null if there is none, or none that can be relied on.</summary>
    /// <param name="key">64 digits of lower-case hexadecimal.</param>
    /// <param name="cancellationToken">Cancelled when the attempt is to stop.</param>
    ValueTask<CacheEntry?> GetAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Keeps an entry in place of the one that may be there.</summary>
    /// <inheritdoc cref="GetAsync"/>
    ValueTask PutAsync(string key, CacheEntry entry, CancellationToken cancellationToken = default);

    /// <summary>Forgets an entry.</summary>
    /// <inheritdoc cref="GetAsync"/>
    ValueTask RemoveAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Forgets all entries.</summary>
    ValueTask ClearAsync(CancellationToken cancellationToken = default);
}

/// <summary>A cached result.</summary>
/// <param name="Task">The name of the task that gave it, for whoever looks into the store.</param>
/// <param name="Json">The output as UTF-8 JSON; <c>null</c> is a result too.</param>
/// <param name="StoredAt">When it was stored.</param>
/// <param name="ExpiresAt">From when on it is not used any more; null for never.</param>
public sealed record CacheEntry(
    string Task, ReadOnlyMemory<byte> Json, DateTimeOffset StoredAt, DateTimeOffset? ExpiresAt);
