using ActorFlow.Actors;

namespace ActorFlow.TestKit;

/// <summary>A task's code in a simulation: it may be late, fail before its work or after it, or hang.</summary>
internal sealed class ChaosBody(FlowSimulation run, TaskBody own)
    : WrappingBody(own, inner => new ChaosBody(run, inner))
{
    public override ValueTask<Payload> RunAsync(TaskCall call)
    {
        var (task, attempt) = (call.Task, call.Context.Attempt);
        run.Begins(task, attempt);
        var options = run.Options;
        switch (run.IsCalm ? 0 : run.Choices.Below(12))
        {
            case 8 when options.Delays:
                return LateAsync(call);
            case 9 when options.Failures:
                run.Inject($"'{task.Name}' attempt {attempt} is let fail before its work");
                throw options.Failure(task);
            case 10 when options.Failures:
                return FailAfterAsync(call, task, attempt);
            case 11 when options.Hangs && MayHang(task):
                run.Inject($"'{task.Name}' attempt {attempt} is let hang");
                return HangAsync(call);
            default:
                return Own.RunAsync(call);
        }
    }

    // A job that a time-out ends comes to its end though an attempt hangs.
    private static bool MayHang(FlowTask task) =>
        task.Policy.Timeouts is { Attempt: not null } or { Total: not null } or { Heartbeat: not null };

    private async ValueTask<Payload> LateAsync(TaskCall call)
    {
        await run.Time.SleepAsync(
            TimeSpan.FromSeconds(1 << run.Choices.Below(12)), call.CancellationToken).ConfigureAwait(false);
        return await Own.RunAsync(call).ConfigureAwait(false);
    }

    // The work is done, and nobody hears of it: what is not safe to repeat shows here.
    private async ValueTask<Payload> FailAfterAsync(TaskCall call, FlowTask task, int attempt)
    {
        await Own.RunAsync(call).ConfigureAwait(false);
        run.Inject($"'{task.Name}' attempt {attempt} is let fail after its work");
        throw run.Options.Failure(task);
    }

    private static async ValueTask<Payload> HangAsync(TaskCall call)
    {
        var asked = new TaskCompletionSource();
        using var registration = call.CancellationToken.UnsafeRegister(_ => asked.TrySetResult(), null);
        await asked.Task.ConfigureAwait(false);
        throw new OperationCanceledException(call.CancellationToken);
    }
}
