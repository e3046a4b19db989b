using ActorFlow.Actors;
using ActorFlow.Engine.Tests.Properties;

namespace ActorFlow.Simulation;

/// <summary>Makes random flows whose tasks run scripted bodies.</summary>
internal sealed class ScriptedMaker(SimulatedRun run) : IExecutableFlowMaker
{
    private readonly Dictionary<string, ExecutableFlow> _made = [];

    public IReadOnlyList<string> Pools => RandomMaker.Instance.Pools;

    public FlowTemplate Make(Payload source) => RandomMaker.Make(source, this);

    public ExecutableFlow MakeExecutable(Payload source)
    {
        if (!_made.TryGetValue(source.ToString(), out var made))
            _made[source.ToString()] = made = ScriptedFlow.Of(Make(source).Flow, run);
        return made;
    }
}
