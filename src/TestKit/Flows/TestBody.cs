using ActorFlow.Actors;

namespace ActorFlow.TestKit;

/// <summary>A task's code in a test: what the test has said comes first, and user code is kept an eye on.</summary>
internal sealed class TestBody(FlowTask task, TaskBody own, TaskScript script, AttemptWatch watch) : TaskBody
{
    public override ValueTask<Payload> RunAsync(TaskCall call) =>
        script.IsOwnCodeNext ? script.RunAsync(call, WatchedAsync) : script.RunAsync(call, own.RunAsync);

    private ValueTask<Payload> WatchedAsync(TaskCall call)
    {
        var scope = watch.Begin(task.Name, call.Context.Attempt);
        var before = AttemptScope.Current;
        AttemptScope.Current = scope;
        try
        {
            var run = own.RunAsync(call);
            if (!run.IsCompleted) return EndAsync(run, scope);
            watch.Forget(scope);
            return run;
        }
        catch
        {
            watch.Forget(scope);
            throw;
        }
        finally
        {
            AttemptScope.Current = before;
        }
    }

    // Until its report is there, the clock must not turn: it may come from another thread.
    private static async ValueTask<Payload> EndAsync(ValueTask<Payload> run, AttemptScope scope)
    {
        try
        {
            return await run.ConfigureAwait(false);
        }
        finally
        {
            scope.End();
        }
    }
}
