using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>Runs a task whose flow keeps datasets in a store of its own.</summary>
internal sealed class DatasetsBody(TaskBody inner, IDatasetStore store) : TaskBody, ITypedBody
{
    public Type? Output => (inner as ITypedBody)?.Output;

    public override IReadOnlyList<ExecutableFlow> Templates => inner.Templates;

    public override ValueTask<Payload> RunAsync(TaskCall call)
    {
        call.Context.KeepDatasetsIn(store);
        return inner.RunAsync(call);
    }
}
