namespace ActorFlow.Fuzz.Tests;

/// <summary>
/// Writes down what is being read, for inputs that hang or end the process: <c>artifacts/fuzz/TARGET.running</c>.
/// </summary>
internal sealed class RunningInput : IDisposable
{
    private readonly FileStream _file;

    public RunningInput(string target)
    {
        var folder = Repository.PathOf("artifacts", "fuzz");
        Directory.CreateDirectory(folder);
        _file = new FileStream(
            System.IO.Path.Combine(folder, target + ".running"), FileMode.Create, FileAccess.Write, FileShare.ReadWrite,
            bufferSize: 0, FileOptions.DeleteOnClose);
    }

    /// <summary>Where it is written down.</summary>
    public string Path => _file.Name;

    public void Note(byte[] input)
    {
        _file.Position = 0;
        _file.Write(input);
        _file.SetLength(input.Length);
    }

    public void Dispose() => _file.Dispose();
}
