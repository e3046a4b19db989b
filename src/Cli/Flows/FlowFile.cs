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
        using var content = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(file, CompressionMode.Decompress)
            : (Stream)file;
        var bytes = new MemoryStream();
        var buffer = new byte[81920];
        try
        {
            for (var read = content.Read(buffer); read > 0; read = content.Read(buffer))
            {
                bytes.Write(buffer, 0, read);
                if (bytes.Length > MaxBytes)
                    throw new ActorFlowException(
                        $"'{path}' has more than {MaxBytes} bytes; that is too large for a flow.");
            }
        }
        catch (InvalidDataException e)
        {
            throw new ActorFlowException($"'{path}' is not a whole gzip file: {e.Message}", e);
        }

        return bytes.ToArray();
    }

    /// <summary>Reads a flow.</summary>
    /// <param name="bytes">The file's content, unpacked.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <exception cref="FlowDefinitionException">It cannot be read as a flow.</exception>
    public static FlowSource Parse(byte[] bytes, string name) =>
        WorkflowInstance.IsOne(bytes) ? WorkflowInstance.Parse(bytes, name) : YamlFlow.Parse(bytes, name);

    /// <summary>Reads a flow from a file.</summary>
    public static FlowSource Load(string path) => Parse(Read(path), path);
}
