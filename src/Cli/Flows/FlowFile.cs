using System.Buffers.Binary;
using System.IO.Compression;

namespace ActorFlow.Cli;

/// <summary>Reads a flow file of any kind that ActorFlow knows.</summary>
internal static class FlowFile
{
    /// <summary>The largest file, unpacked, in bytes.</summary>
    public const int MaxBytes = 256 * 1024 * 1024;

    /// <summary>Reads the bytes of a file, unpacked if it is a .gz.</summary>
    /// <exception cref="ActorFlowException">It is not there, or is too large.</exception>
    public static byte[] Read(string path)
    {
        if (Directory.Exists(path)) throw new ActorFlowException($"'{path}' is a directory; name a flow file.");
        if (!File.Exists(path)) throw new ActorFlowException($"There is no file '{path}'.");
        using var file = File.OpenRead(path);
        return path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? Unpack(file, path) : Read(file, path);
    }

    private static byte[] Read(FileStream file, string path)
    {
        // A pipe has no length, and what the system makes up has one of 0.
        if (!file.CanSeek || file.Length == 0) return ReadToEnd(file, path);
        if (file.Length > MaxBytes) throw TooLarge(path, $"{file.Length}");
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>What was packed with gzip.</summary>
    /// <exception cref="ActorFlowException">It was not, or is too large.</exception>
    public static byte[] Unpack(Stream file, string path)
    {
        try
        {
            var packed = ReadToEnd(file, path);
            using var content = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
            var bytes = ReadToEnd(content, path);
            // The stream takes a file that was cut for one that is over: the length stands at the end.
            if (packed.Length < LengthAtEnd
                || BinaryPrimitives.ReadUInt32LittleEndian(packed.AsSpan()[^LengthAtEnd..]) != (uint)bytes.Length)
                throw new InvalidDataException("It is cut, or has several parts.");
            return bytes;
        }
        catch (InvalidDataException e)
        {
            throw new ActorFlowException($"'{path}' is not a whole gzip file: {e.Message}", e);
        }
    }

    private const int LengthAtEnd = sizeof(uint);

    private static byte[] ReadToEnd(Stream content, string path)
    {
        var bytes = new MemoryStream();
        var buffer = new byte[81920];
        for (var read = content.Read(buffer); read > 0; read = content.Read(buffer))
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > MaxBytes) throw TooLarge(path, $"more than {MaxBytes}");
        }

        return bytes.ToArray();
    }

    private static ActorFlowException TooLarge(string path, string size) => new(
        $"'{path}' has {size} bytes; a flow in YAML or JSON has at most {YamlText.MaxBytes}, and a workflow instance "
        + $"{MaxBytes}.");

    /// <summary>Reads a flow.</summary>
    /// <param name="bytes">The file's content, unpacked.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <param name="files">Where the files are read from that it names; null if it may name none.</param>
    /// <exception cref="FlowDefinitionException">It cannot be read as a flow.</exception>
    public static FlowSource Parse(byte[] bytes, string name, FlowFiles? files = null)
    {
        // Some editors put a byte order mark in front, which JSON does not have.
        if (bytes.AsSpan().StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        return WorkflowInstance.IsOne(bytes)
            ? WorkflowInstance.Parse(bytes, name)
            : YamlFlow.Parse(bytes, name, files);
    }

    /// <summary>Reads a flow from a file.</summary>
    public static FlowSource Load(string path) =>
        Parse(Read(path), path, FlowFiles.OnDisk(Environment.CurrentDirectory));
}
