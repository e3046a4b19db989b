using ActorFlow.Actors;

namespace ActorFlow.TestKit;

/// <summary>Real programs that die with their world: no later life finds anything left over.</summary>
internal sealed class MortalProcesses : IProcesses
{
    private readonly ProcessGroups _processes = new();

    public Task<ProcessEnd> RunAsync(ProcessStart start, Func<bool> mayGoOn, CancellationToken cancellationToken) =>
        _processes.RunAsync(start, mayGoOn, cancellationToken);

    public void Dispose() => _processes.Dispose();
}
