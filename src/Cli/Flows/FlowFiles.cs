namespace ActorFlow.Cli;

/// <summary>The files that a flow file names: read from the disk, and kept with the job to resume it.</summary>
internal sealed class FlowFiles
{
    /// <summary>How many files a flow may be made of.</summary>
    public const int MostFiles = 1_000;

    private readonly Dictionary<string, byte[]>? _kept;
    private readonly Dictionary<string, byte[]> _read = new(StringComparer.Ordinal);
    private long _bytes;

    private FlowFiles(string directory, Dictionary<string, byte[]>? kept) => (Directory, _kept) = (directory, kept);

    /// <summary>The directory that the job was submitted in.</summary>
    public string Directory { get; }

    /// <summary>What was read, by path.</summary>
    public IReadOnlyDictionary<string, byte[]> Read => _read;

    /// <summary>Files as they are now.</summary>
    public static FlowFiles OnDisk(string directory) => new(directory, null);

    /// <summary>Files as they were when a job was submitted.</summary>
    public static FlowFiles Kept(string directory, Dictionary<string, byte[]> files) => new(directory, files);

    /// <summary>The whole path of a file; its mere name if what is kept with the job is damaged.</summary>
    public string WholePath(string file) => Path.IsPathFullyQualified(Directory)
        && !Directory.Contains('\0', StringComparison.Ordinal) && !file.Contains('\0', StringComparison.Ordinal)
            ? Path.GetFullPath(file, Directory)
            : file;

    /// <summary>The whole path of a file that another one names, relative to that.</summary>
    public string PathOf(string file, string from)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(from, Directory)) ?? Directory;
        return Path.GetFullPath(file, directory);
    }

    /// <summary>How a path is said in messages: as from the directory of the job, if it is below that.</summary>
    public string Shown(string path) =>
        Path.GetRelativePath(Directory, path) is var near && near.StartsWith("..", StringComparison.Ordinal)
            ? path
            : near;

    /// <summary>The content of a file, by its whole path.</summary>
    /// <exception cref="ActorFlowException">It is not there, or there are too many or too large ones.</exception>
    public byte[] Content(string path)
    {
        if (_read.TryGetValue(path, out var content)) return content;
        content = _kept is null
            ? FlowFile.Read(path)
            : _kept.GetValueOrDefault(path)
                ?? throw new ActorFlowException($"The job was submitted without the file '{path}'.");
        _bytes += content.Length;
        if (_read.Count >= MostFiles) throw new ActorFlowException($"A flow has at most {MostFiles} files.");
        if (_bytes > FlowFile.MaxBytes)
            throw new ActorFlowException($"The files of a flow have at most {FlowFile.MaxBytes} bytes together.");
        _read.Add(path, content);
        return content;
    }
}
