using ActorFlow.Actors;

namespace ActorFlow.TestKit;

/// <summary>A task's code in a test: what the test has said comes first, and user code is kept an eye on.</summary>
internal sealed class TestBody(TaskBody own, TaskScripts scripts, AttemptWatch watch)
    : WrappingBody(own, inner => new TestBody(inner, scripts, watch))
{
    public override ValueTask<Payload> RunAsync(TaskCall call)
    {
        var script = scripts.Of(call.Task);
        return script.RunAsync(call, Own, script.IsOwnCodeNext ? WatchedAsync : Own.RunAsync);
    }

    private ValueTask<Payload> WatchedAsync(TaskCall call)
    {
        var scope = watch.Begin(call.Task.Name, call.Context.Attempt);
        var before = AttemptScope.Current;
        AttemptScope.Current = scope;
        try
        {
            var run = Own.RunAsync(call);
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
