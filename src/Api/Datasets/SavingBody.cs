using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>Runs a task and saves its output as a dataset.</summary>
internal sealed class SavingBody<T>(TaskBody inner, KeyTemplate key, string? format, IDatasetStore? store) : TaskBody
{
    public override Type? Output => typeof(T);

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
