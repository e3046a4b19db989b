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

/// <summary>Runs a task and saves its output as a dataset.</summary>
internal sealed class SavingBody<T>(TaskBody inner, KeyTemplate key, string? format, IDatasetStore? store)
    : TaskBody, ITypedBody
{
    public Type? Output => typeof(T);

    public override IReadOnlyList<ExecutableFlow> Templates => inner.Templates;

    public override async ValueTask<Payload> RunAsync(TaskCall call)
    {
        var output = await inner.RunAsync(call).ConfigureAwait(false);
        if (call.EndsOtherwise) return output;
        var datasets = store is null ? call.Context.Datasets : call.Context.Datasets.In(store);
        await datasets
            .SaveAsync(key.Render(call, DatasetKeys.Escape), call.Decode<T>(output), format, call.CancellationToken)
            .ConfigureAwait(false);
        return output;
    }
}
