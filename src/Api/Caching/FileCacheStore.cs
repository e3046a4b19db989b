using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>
/// Keeps results in files: <c>ab/cdef…</c> with the output as JSON, and <c>ab/cdef….meta.json</c> with what is known
/// about it.
/// </summary>
/// <remarks>
/// Several processes may use one directory. A file is there whole or not at all; an entry of which one file is missing,
/// damaged or not of the other is not there, and is overwritten.
/// </remarks>
/// <param name="directory">The directory; made when first needed.</param>
/// <param name="limits">What it keeps when it is cleaned; the defaults if null.</param>
/// <param name="time">The clock; the system's if null.</param>
public sealed class FileCacheStore(string directory, CacheLimits? limits = null, TimeProvider? time = null)
    : ICacheStore
{
    internal const string MetaSuffix = ".meta.json";

    private const string Mark = "cleaned";
    private const int PrefixLength = 2;

    // To note each use would cost a write for each.
    private static readonly TimeSpan Noticed = TimeSpan.FromHours(1);

    private readonly CacheLimits _limits = Sound(limits ?? CacheLimits.Default);
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>The directory.</summary>
    public string Directory { get; } = Path.GetFullPath(directory);

    /// <inheritdoc />
    /// <exception cref="ArgumentException">The key is not hexadecimal, or too short.</exception>
    public ValueTask<CacheEntry?> GetAsync(string key, CancellationToken cancellationToken = default)
    {
        var path = PathOf(key);
        try
        {
            // Read in place: it is small, and the code of the task is to stay on its thread.
            var meta = JsonSerializer.Deserialize(File.ReadAllBytes(MetaOf(path)), CacheJson.Default.CacheMeta);
            var json = File.ReadAllBytes(path);
            NoteUse(MetaOf(path));
            return new(meta is { Sha256: { } digest, Task: { } task } && digest == DigestOf(json)
                ? new CacheEntry(task, json, meta.StoredAt, meta.ExpiresAt)
                : null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return new((CacheEntry?)null);
        }
    }

    /// <inheritdoc />
    /// <exception cref="ArgumentException">The key is not hexadecimal, or too short.</exception>
    public ValueTask PutAsync(string key, CacheEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var path = PathOf(key);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var meta = new CacheMeta(entry.Task, entry.StoredAt, entry.ExpiresAt, DigestOf(entry.Json.Span));
        // An entry that a power failure has torn is a miss: not worth a sync, for which a task would wait.
        WholeFile.WriteUnsynced(path, file => file.Write(entry.Json.Span));
        WholeFile.WriteUnsynced(
            MetaOf(path), file => JsonSerializer.Serialize(file, meta, CacheJson.Default.CacheMeta));
        NoteUse(MetaOf(path));
        return default;
    }

    /// <inheritdoc />
    /// <exception cref="ArgumentException">The key is not hexadecimal, or too short.</exception>
    public ValueTask RemoveAsync(string key, CancellationToken cancellationToken = default)
    {
        var path = PathOf(key);
        if (!System.IO.Directory.Exists(Path.GetDirectoryName(path))) return default;
        File.Delete(MetaOf(path));
        File.Delete(path);
        return default;
    }

    /// <inheritdoc />
    public ValueTask ClearAsync(CancellationToken cancellationToken = default)
    {
        if (System.IO.Directory.Exists(Directory)) System.IO.Directory.Delete(Directory, recursive: true);
        return default;
    }

    /// <summary>
    /// Removes the results whose time is over, those that nobody has used for long, and what is too much; and files
    /// that a crash left half written.
    /// </summary>
    /// <remarks>
    /// An engine does so for the store of its own, once a day. Others may use the directory meanwhile; if the process
    /// dies, or the wait is cancelled, the next cleaning goes on.
    /// </remarks>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ActorFlowException">
    /// Something could not be looked at or removed; everything else was cleaned.
    /// </exception>
    public ValueTask<CacheCleaning> CleanAsync(CancellationToken cancellationToken = default)
    {
        if (!IsThere) return new(new CacheCleaning(0, 0, 0, 0));
        var folder = new CacheFolder(Directory, _limits, Now.UtcDateTime);
        var cleaned = folder.Clean(cancellationToken);
        var mark = Path.Combine(Directory, Mark);
        File.WriteAllBytes(mark, []);
        File.SetLastWriteTimeUtc(mark, Now.UtcDateTime);
        if (folder.Problem is { } problem)
            throw new ActorFlowException(
                $"The cache in '{Directory}' was cleaned, but for what could not be looked at or removed: "
                + problem.Message, problem);
        return new(cleaned);
    }

    internal bool IsThere => System.IO.Directory.Exists(Directory);

    internal DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>When it was cleaned last; null if it never was.</summary>
    internal DateTimeOffset? CleanedAt =>
        new FileInfo(Path.Combine(Directory, Mark)) is { Exists: true } mark
            ? new DateTimeOffset(mark.LastWriteTimeUtc, TimeSpan.Zero)
            : null;

    private static CacheLimits Sound(CacheLimits limits) => limits.Faults().FirstOrDefault() is { } fault
        ? throw new ArgumentException($"The limits of a cache: {fault}", nameof(limits))
        : limits;

    // The time of the file is that of the last use: what was used longest ago goes first.
    private void NoteUse(string meta)
    {
        var now = Now.UtcDateTime;
        if ((now - File.GetLastWriteTimeUtc(meta)).Duration() < Noticed) return;
        try
        {
            File.SetLastWriteTimeUtc(meta, now);
        }
        catch (IOException)
        {
            // Others have removed it just now: the result is as good.
        }
        catch (UnauthorizedAccessException)
        {
            // It is for reading only: the result is as good.
        }
    }

    private string PathOf(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Length <= PrefixLength || !key.All(char.IsAsciiHexDigit))
            throw new ArgumentException(
                $"'{key}' is no key of a cache: it has 3 or more hexadecimal digits and nothing else.", nameof(key));
        return Path.Combine(Directory, key[..PrefixLength], key[PrefixLength..]);
    }

    private static string MetaOf(string path) => path + MetaSuffix;

    private static string DigestOf(ReadOnlySpan<byte> json) => Convert.ToHexStringLower(SHA256.HashData(json));
}

/// <summary>What is known about a cached result.</summary>
internal sealed record CacheMeta(string Task, DateTimeOffset StoredAt, DateTimeOffset? ExpiresAt, string Sha256);

/// <summary>How it is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CacheMeta))]
internal sealed partial class CacheJson : JsonSerializerContext;
