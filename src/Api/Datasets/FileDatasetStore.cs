using ActorFlow.Actors;
using ActorFlow.Journal;

namespace ActorFlow;

/// <summary>Keeps datasets in files below one directory; the key is the path.</summary>
/// <remarks>No key leads out of the directory: see <see cref="DatasetKeys"/>. Links in it are followed.</remarks>
/// <param name="directory">The directory; made when first needed.</param>
public sealed class FileDatasetStore(string directory) : IDatasetStore
{
    /// <summary>The directory.</summary>
    public string Directory { get; } = Path.GetFullPath(directory);

    /// <summary>The file of a dataset.</summary>
    /// <exception cref="DatasetException">The key breaks the rules.</exception>
    public string PathOf(string key)
    {
        DatasetKeys.Require(key);
        return Path.Combine(Directory, Path.Combine(key.Split('/')));
    }

    /// <inheritdoc />
    /// <exception cref="DatasetException">The key breaks the rules, or the file cannot be written.</exception>
    public ValueTask SaveAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        var path = PathOf(key);
        try
        {
            PhysicalDisk.Instance.CreateDirectory(Path.GetDirectoryName(path)!);
            WholeFile.Write(path, file => file.Write(content.Span));
            return default;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"Dataset '{key}' cannot be saved in '{Directory}': {e.Message}", e);
        }
    }

    /// <inheritdoc />
    /// <exception cref="DatasetException">The key breaks the rules, or the file cannot be read.</exception>
    public ValueTask<ReadOnlyMemory<byte>?> LoadAsync(string key, CancellationToken cancellationToken = default)
    {
        try
        {
            return new(File.ReadAllBytes(PathOf(key)));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new((ReadOnlyMemory<byte>?)null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"Dataset '{key}' cannot be read from '{Directory}': {e.Message}", e);
        }
    }

    /// <inheritdoc />
    /// <exception cref="DatasetException">The key breaks the rules.</exception>
    public ValueTask<bool> ExistsAsync(string key, CancellationToken cancellationToken = default) =>
        new(File.Exists(PathOf(key)));

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken = default)
    {
        if (!System.IO.Directory.Exists(Directory)) return new([]);
        var keys = System.IO.Directory.EnumerateFiles(Directory, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Directory, path).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(key => key.StartsWith(prefix, StringComparison.Ordinal) && DatasetKeys.Fault(key) is null)
            .Order(StringComparer.Ordinal);
        return new([.. keys]);
    }

    /// <inheritdoc />
    /// <exception cref="DatasetException">The key breaks the rules, or the file cannot be deleted.</exception>
    public ValueTask<bool> DeleteAsync(string key, CancellationToken cancellationToken = default)
    {
        var path = PathOf(key);
        if (!File.Exists(path)) return new(false);
        try
        {
            File.Delete(path);
            return new(true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"Dataset '{key}' cannot be deleted from '{Directory}': {e.Message}", e);
        }
    }
}
