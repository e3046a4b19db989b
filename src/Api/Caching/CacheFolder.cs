using System.Text.Json;

namespace ActorFlow;

/// <summary>The files of a store of cached results, looked at to find what can go.</summary>
/// <remarks>
/// Others may use the folder meanwhile, and a crash may come at any time: what is known about a result goes before the
/// result itself, and a result of which only one file is there is not there.
/// </remarks>
internal sealed class CacheFolder(string directory, CacheLimits limits, DateTime now)
{
    // Whoever writes a file is done with it by then.
    private static readonly TimeSpan Writing = TimeSpan.FromHours(1);

    private readonly List<Found> _kept = [];
    private long _keptBytes;
    private int _removed;
    private long _removedBytes;

    /// <summary>Why a file could not be looked at or removed, the first time; the others were.</summary>
    public Exception? Problem { get; private set; }

    /// <summary>Removes what is over, what nobody uses, and what is too much.</summary>
    public CacheCleaning Clean(CancellationToken cancellationToken)
    {
        foreach (var folder in Directory.EnumerateDirectories(directory, "??"))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Path.GetFileName(folder).All(char.IsAsciiHexDigit)) Try(() => Look(new DirectoryInfo(folder)));
        }

        _kept.Sort(static (a, b) => a.UsedAt.CompareTo(b.UsedAt));
        var gone = 0;
        for (; gone < _kept.Count && _keptBytes > limits.MaxBytes; gone++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var oldest = _kept[gone];
            _keptBytes -= oldest.Bytes;
            Try(() => Remove(oldest));
        }

        return new CacheCleaning(_kept.Count - gone, _keptBytes, _removed, _removedBytes);
    }

    private void Look(DirectoryInfo folder)
    {
        var files = folder.EnumerateFiles().ToDictionary(file => file.Name, StringComparer.Ordinal);
        foreach (var (name, file) in files)
        {
            if (name.EndsWith(FileCacheStore.MetaSuffix, StringComparison.Ordinal))
            {
                if (files.TryGetValue(name[..^FileCacheStore.MetaSuffix.Length], out var value))
                    Try(() => Look(file, value));
                else Try(() => RemoveLeftover(file));
            }
            else if (!files.ContainsKey(name + FileCacheStore.MetaSuffix))
            {
                Try(() => RemoveLeftover(file));
            }
        }
    }

    // Others may own a file of a shared store, or have just taken it away: it keeps no other.
    private void Try(Action look)
    {
        try
        {
            look();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (e is not (FileNotFoundException or DirectoryNotFoundException)) Problem ??= e;
        }
    }

    private void Look(FileInfo meta, FileInfo value)
    {
        var found = new Found(meta.FullName, value.FullName, meta.LastWriteTimeUtc, meta.Length + value.Length);
        if (now - found.UsedAt > limits.MaxUnused || IsOver(meta))
        {
            Remove(found);
            return;
        }

        _kept.Add(found);
        _keptBytes += found.Bytes;
    }

    // What cannot be read is no result any more.
    private bool IsOver(FileInfo meta)
    {
        try
        {
            var known = JsonSerializer.Deserialize(File.ReadAllBytes(meta.FullName), CacheJson.Default.CacheMeta);
            return known is null || known.ExpiresAt?.UtcDateTime <= now;
        }
        catch (Exception e) when (e is FileNotFoundException or JsonException)
        {
            return true;
        }
    }

    private void Remove(Found found)
    {
        File.Delete(found.Meta);
        File.Delete(found.Value);
        _removed++;
        _removedBytes += found.Bytes;
    }

    private void RemoveLeftover(FileInfo file)
    {
        if (now - file.LastWriteTimeUtc < Writing) return;
        var bytes = file.Length;
        file.Delete();
        _removedBytes += bytes;
    }

    private readonly record struct Found(string Meta, string Value, DateTime UsedAt, long Bytes);
}
