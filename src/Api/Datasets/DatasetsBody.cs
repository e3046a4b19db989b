using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>Runs a task whose flow keeps datasets in a store of its own.</summary>
internal sealed class DatasetsBody(TaskBody inner, IDatasetStore store) : TaskBody
{
    public override Type? Output => inner.Output;

    public override IReadOnlyList<ExecutableFlow> Templates => inner.Templates;

    public override ValueTask<Payload> RunAsync(TaskCall call)
    {
        call.Context.KeepDatasetsIn(store);
        return inner.RunAsync(call);
    }
}
