using ActorFlow.Actors;

namespace ActorFlow.Campaign;

/// <summary>A task of the library that does what its plan says, and tells the ledger.</summary>
internal sealed class PlannedBody(TaskPlan plan, Ledger ledger, TimeProvider time) : TaskBody
{
    public override async ValueTask<Payload> RunAsync(TaskCall call)
    {
        var (attempt, stop) = (call.Context.Attempt, call.CancellationToken);
        var line = $"{call.Context.JobId} {plan.Name} {attempt}";
        ledger.Append($"begin {line}");
        if (plan.Milliseconds > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(plan.Milliseconds), time, stop).ConfigureAwait(false);
        if (attempt <= plan.FailsUpTo) throw new InvalidOperationException($"Attempt {attempt} fails, as planned.");
        ledger.Append($"end {line}");
        return Payload.None;
    }
}
