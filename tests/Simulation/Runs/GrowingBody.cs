using ActorFlow.Actors;
using ActorFlow.Engine.Tests.Properties;

namespace ActorFlow.Simulation;

/// <summary>
/// User code that adds to its job: between its attempts, step after step, or while an attempt runs, which waits for one
/// or for several at once, stops them, gives up on them, or ends without them. By one key it asks for the same, and now
/// and then for something else, which is refused.
/// </summary>
internal sealed class GrowingBody(
    SimulatedRun run, ScriptedBody otherwise, IReadOnlyList<ExecutableFlow> templates) : TaskBody
{
    private const int MostSteps = 3;

    /// <summary>What is added may add in turn: at some point it is enough.</summary>
    private const int MostTasks = 60;

    public override IReadOnlyList<ExecutableFlow> Templates { get; } = templates;

    public override ValueTask<Payload> RunAsync(TaskCall call)
    {
        var job = call.Context.JobId;
        var steps = call.LastStep is { } step ? step.Number + 1 : 0;
        if (call.LastStep is { } last)
        {
            var (task, attempt) = (call.Task.Number, call.Context.Attempt);
            run.Check(() => run.Witness.SeesParts(job, task, attempt, last));
        }

        if (steps >= MostSteps || run.Witness.TasksOf(job) > MostTasks) return otherwise.RunAsync(call);
        switch (run.Choices.Below(6))
        {
            case 0 or 1: return otherwise.RunAsync(call);
            case 2 or 3:
                otherwise.Begins(call);
                return new(call.Expand(RandomExpansion.Of(run.Choices, call.Task, steps, key: null)));
            default:
                otherwise.Begins(call);
                return HostAsync(call, steps);
        }
    }

    private async ValueTask<Payload> HostAsync(TaskCall call, int steps)
    {
        var first = AwaitAsync(call, "k");
        // At once: others, or the very same again.
        var second = run.Choices.OneIn(3) ? AwaitAsync(call, run.Choices.Of("k", "l")) : null;
        if (run.Choices.OneIn(5)) call.StopExpansion("k");
        switch (run.Choices.Below(8))
        {
            case 0:
                // Nobody waits for them any more.
                await run.Time.SleepAsync(TimeSpan.FromSeconds(run.Choices.Below(10)), call.CancellationToken)
                    .ConfigureAwait(false);
                return call.Encode("alone");
            case 1:
                await run.Time.SleepAsync(TimeSpan.FromSeconds(run.Choices.Below(10)), CancellationToken.None)
                    .ConfigureAwait(false);
                call.StopExpansion("k");
                break;
            case 2:
                await run.Time.SleepAsync(TimeSpan.FromSeconds(1), call.CancellationToken).ConfigureAwait(false);
                return call.Expand(RandomExpansion.Of(run.Choices, call.Task, steps + 2, key: null));
        }

        if (second is not null) await second.ConfigureAwait(false);
        var outcome = await first.ConfigureAwait(false);
        if (outcome.Parts.Any(part => part.Failure is not null) && run.Choices.OneIn(2))
            throw new IOException("A part broke.");
        return await otherwise.RunOnAsync(call).ConfigureAwait(false);
    }

    private async Task<ExpansionOutcome> AwaitAsync(TaskCall call, string key)
    {
        var (job, task, attempt) = (call.Context.JobId, call.Task.Number, call.Context.Attempt);
        var expansion = run.Witness.AskedBefore(job, task, key) is { } before && !run.Choices.OneIn(8)
            ? before
            : RandomExpansion.Of(run.Choices, call.Task, 0, key);
        var asked = call.ExpandAsync(expansion);
        run.Witness.Awaits(job, call.Task.Name, attempt, key, asked);
        var outcome = await asked.ConfigureAwait(false);
        run.Check(() => run.Witness.SeesParts(job, task, attempt, outcome));
        return outcome;
    }
}
