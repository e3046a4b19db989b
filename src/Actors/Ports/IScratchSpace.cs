namespace ActorFlow.Actors;

/// <summary>Port: directories for attempts that want one.</summary>
public interface IScratchSpace
{
    /// <summary>Makes an empty directory for one attempt and names it.</summary>
    string Create(JobId job, string task, int attempt);

    /// <summary>Writes a file in it, with the directories on the way; one that is there is replaced.</summary>
    /// <param name="directory">A directory that was made here.</param>
    /// <param name="path">The path of the file from there.</param>
    /// <param name="content">What is to be in it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The whole path of the file.</returns>
    /// <exception cref="ActorFlowException">The path leads out of the directory.</exception>
    Task<string> WriteAsync(
        string directory, string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Lists the files in it, by their paths, and counts those beyond the most that are wanted.</summary>
    (IReadOnlyList<KeptFile> Files, int More) List(string directory, int most);

    /// <summary>Removes it with all that is in it.</summary>
    void Delete(string directory);
}

/// <summary>Scratch directories below one directory of the file system.</summary>
/// <param name="root">The directory; made when first needed.</param>
public sealed class ScratchSpace(string root) : IScratchSpace
{
    // The directory of a job goes with its last attempt: no other attempt may just be making its own in it.
    private readonly Lock _gate = new();

    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.None,
    };

    /// <inheritdoc />
    public string Create(JobId job, string task, int attempt)
    {
        var path = Path.Combine(root, FileNames.Safe(job.Value), $"{FileNames.Safe(task)}.{attempt}");
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
        lock (_gate) Directory.CreateDirectory(path);
        return path;
    }

    /// <inheritdoc />
    public async Task<string> WriteAsync(
        string directory, string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var file = ScratchPath.In(directory, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllBytesAsync(file, content, cancellationToken).ConfigureAwait(false);
        return file;
    }

    /// <inheritdoc />
    public (IReadOnlyList<KeptFile> Files, int More) List(string directory, int most)
    {
        var files = new DirectoryInfo(directory)
            .EnumerateFiles("*", Everything)
            .Select(file => new KeptFile(
                Path.GetRelativePath(directory, file.FullName).Replace('\\', '/'), file.Length))
            .OrderBy(file => file.Path, StringComparer.Ordinal).ToList();
        return (files.Count <= most ? files : files[..most], Math.Max(0, files.Count - most));
    }

    /// <inheritdoc />
    public void Delete(string directory)
    {
        if (Directory.Exists(directory)) Directory.Delete(directory, recursive: true);
        var parent = Path.GetDirectoryName(directory)!;
        lock (_gate)
        {
            if (Directory.Exists(parent) && !Directory.EnumerateFileSystemEntries(parent).Any())
                Directory.Delete(parent);
        }
    }
}

/// <summary>Makes names of jobs and tasks fit for file systems: what is not plain is percent-encoded.</summary>
public static class FileNames
{
    /// <summary>A file name for a name; different names give different file names.</summary>
    public static string Safe(string name)
    {
        var encoded = Uri.EscapeDataString(name).Replace("~", "%7E", StringComparison.Ordinal);
        // File systems allow 255 bytes: what is longer keeps its start and is told apart by a digest.
        if (encoded.Length > 150)
            encoded = string.Concat(encoded.AsSpan(0, 110), "~", Convert.ToHexStringLower(
                System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name)).AsSpan(0, 16)));
        return encoded is "." or ".." ? encoded.Replace(".", "%2E", StringComparison.Ordinal) : encoded;
    }
}
