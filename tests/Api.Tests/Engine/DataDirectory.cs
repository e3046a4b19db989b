namespace ActorFlow.Api.Tests.Engine;

/// <summary>A data directory that outlives engines, and goes with its test.</summary>
internal sealed class DataDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("actorflow-api-").FullName;

    public ActorFlowEngine Open(Action<ActorFlowOptions>? configure = null)
    {
        var options = new ActorFlowOptions { DataDirectory = Path, DrainTimeout = TimeSpan.Zero };
        configure?.Invoke(options);
        return ActorFlowEngine.Create(options);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
