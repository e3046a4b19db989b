namespace ActorFlow.Actors;

/// <summary>Port: directories for attempts that want one.</summary>
public interface IScratchSpace
{
    /// <summary>Makes an empty directory for one attempt and names it.</summary>
    string Create(JobId job, string task, int attempt);

    /// <summary>Removes it with all that is in it.</summary>
    void Delete(string directory);
}

/// <summary>Scratch directories below one directory of the file system.</summary>
/// <param name="root">The directory; made when first needed.</param>
public sealed class ScratchSpace(string root) : IScratchSpace
{
    // The directory of a job goes with its last attempt: no other attempt may just be making its own in it.
    private readonly Lock _gate = new();

    /// <inheritdoc />
    public string Create(JobId job, string task, int attempt)
    {
        var path = Path.Combine(root, FileNames.Safe(job.Value), $"{FileNames.Safe(task)}.{attempt}");
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
        lock (_gate) Directory.CreateDirectory(path);
        return path;
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
