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
public sealed class FileCacheStore(string directory) : ICacheStore
{
    private const int PrefixLength = 2;

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
        WholeFile.Write(path, file => file.Write(entry.Json.Span));
        WholeFile.Write(MetaOf(path), file => JsonSerializer.Serialize(file, meta, CacheJson.Default.CacheMeta));
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

    private string PathOf(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Length <= PrefixLength || !key.All(char.IsAsciiHexDigit))
            throw new ArgumentException(
                $"'{key}' is no key of a cache: it has 3 or more hexadecimal digits and nothing else.", nameof(key));
        return Path.Combine(Directory, key[..PrefixLength], key[PrefixLength..]);
    }

    private static string MetaOf(string path) => path + ".meta.json";

    private static string DigestOf(ReadOnlySpan<byte> json) => Convert.ToHexStringLower(SHA256.HashData(json));
}

/// <summary>What is known about a cached result.</summary>
internal sealed record CacheMeta(string Task, DateTimeOffset StoredAt, DateTimeOffset? ExpiresAt, string Sha256);

/// <summary>How it is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CacheMeta))]
internal sealed partial class CacheJson : JsonSerializerContext;
