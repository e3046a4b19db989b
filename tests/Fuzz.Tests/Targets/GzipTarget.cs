using ActorFlow.Cli;

namespace ActorFlow.Fuzz.Tests;

/// <summary>Workflow instances in .json.gz: the packing is what is changed here.</summary>
internal sealed class GzipTarget : FuzzTarget, IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"actorflow-fuzz-{Guid.NewGuid():N}.json.gz");

    public override string Name => "gzip";

    public override int Inputs => 1_500;

    public override IReadOnlyList<string> Tokens => ["\x1f", "\x08", "{}"];

    // A byte can unpack to a thousand.
    public override long AllocationBound(int length) => (10_000L * length) + 2_000_000;

    public override void Read(byte[] input)
    {
        File.WriteAllBytes(_path, input);
        FlowFile.Load(_path).Draft.Build();
    }

    public void Dispose() => File.Delete(_path);
}
