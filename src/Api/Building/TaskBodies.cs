using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>Runs a function that gives its result at once.</summary>
internal sealed class SyncBody<TOut>(Func<TaskCall, TOut> run) : TaskBody
{
    public override Type? Output => typeof(TOut);

    public override ValueTask<Payload> RunAsync(TaskCall call) => new(call.Encode(run(call)));
}

/// <summary>Runs a function that gives no result.</summary>
internal sealed class SyncBody(Action<TaskCall> run) : TaskBody
{
    public override Type? Output => typeof(Nothing);

    public override ValueTask<Payload> RunAsync(TaskCall call)
    {
        run(call);
        return new(Payload.None);
    }
}

/// <summary>Runs a function that gives its result later.</summary>
internal sealed class AsyncBody<TOut>(Func<TaskCall, Task<TOut>> run) : TaskBody
{
    public override Type? Output => typeof(TOut);

    public override ValueTask<Payload> RunAsync(TaskCall call)
    {
        var result = run(call) ?? throw AsyncBody.NoTask();
        return result.IsCompletedSuccessfully ? new(call.Encode(result.Result)) : AwaitAsync(call, result);
    }

    private static async ValueTask<Payload> AwaitAsync(TaskCall call, Task<TOut> result) =>
        call.Encode(await result.ConfigureAwait(false));
}

/// <summary>Runs a function that ends later, without a result.</summary>
internal sealed class AsyncBody(Func<TaskCall, Task> run) : TaskBody
{
    public override Type? Output => typeof(Nothing);

    public override ValueTask<Payload> RunAsync(TaskCall call)
    {
        var end = run(call) ?? throw NoTask();
        return end.IsCompletedSuccessfully ? new(Payload.None) : AwaitAsync(end);
    }

    internal static ActorFlowException NoTask() =>
        new("The task's function returned null instead of a Task; an async function never does.");

    private static async ValueTask<Payload> AwaitAsync(Task end)
    {
        await end.ConfigureAwait(false);
        return Payload.None;
    }
}
