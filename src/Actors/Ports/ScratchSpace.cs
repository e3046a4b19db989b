namespace ActorFlow.Actors;

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
