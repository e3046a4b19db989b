namespace ActorFlow.Bench.Runs;

/// <summary>A directory for one run, below the working directory: a temporary one may be in memory.</summary>
internal sealed class BenchDirectory : IDisposable
{
    public BenchDirectory() => Directory.CreateDirectory(Path);

    public string Path { get; } =
        System.IO.Path.Combine(Environment.CurrentDirectory, $".actorflow-bench-{Guid.NewGuid():N}");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
