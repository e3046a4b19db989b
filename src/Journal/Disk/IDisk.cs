namespace ActorFlow.Journal;

/// <summary>
/// Port: the little that the embedded journal asks of a file system. Synchronous; throws IOException.
/// </summary>
/// <remarks>
/// What was written is durable only after a sync of the file, and a file's being there, or being renamed, only after a
/// sync of its directory. The real disk and the simulated one keep exactly to that.
/// </remarks>
public interface IDisk
{
    /// <summary>Makes a directory and its parents durably, if they are not there.</summary>
    void CreateDirectory(string path);

    /// <summary>The names of the files in a directory, in no order; empty if there is no such directory.</summary>
    IReadOnlyList<string> List(string directory);

    /// <summary>Opens a file that is there, for reading only or for both.</summary>
    IDiskFile Open(string path, bool writable);

    /// <summary>Makes a new file; what was there is gone.</summary>
    IDiskFile Create(string path);

    /// <summary>Gives a file another name, in place of a file that has it.</summary>
    void Replace(string from, string to);

    /// <summary>Removes a file.</summary>
    void Delete(string path);

    /// <summary>Makes the names in a directory durable.</summary>
    void SyncDirectory(string directory);

    /// <summary>Takes a lock that ends with the process; null if another has it.</summary>
    /// <param name="path">The lock's file.</param>
    /// <param name="owner">What the file says of the one who has it.</param>
    IDisposable? TryLock(string path, out string? owner);
}

/// <summary>An open file.</summary>
public interface IDiskFile : IDisposable
{
    /// <summary>Its length in bytes.</summary>
    long Length { get; }

    /// <summary>Reads as many bytes as there are, up to the size of the buffer.</summary>
    int Read(long offset, Span<byte> buffer);

    /// <summary>Writes all the bytes.</summary>
    void Write(long offset, ReadOnlySpan<byte> bytes);

    /// <summary>Makes the file so long, by zeros: what is written there later changes nothing but data.</summary>
    /// <remarks>
    /// A sync need not bring down anything about the file then, which takes a disk another write or two. For that the
    /// zeros have to be written: room that a file system merely sets aside it notes as used at the first write.
    /// </remarks>
    void Reserve(long length);

    /// <summary>Cuts the file.</summary>
    void Truncate(long length);

    /// <summary>Makes what was written durable. After a failure nothing is known of what is.</summary>
    void Sync();
}
