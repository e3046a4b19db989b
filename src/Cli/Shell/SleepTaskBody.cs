using ActorFlow.Actors;

namespace ActorFlow.Cli;

/// <summary>A task of a recorded workflow: it takes time and does nothing.</summary>
/// <param name="duration">How long it takes.</param>
internal sealed class SleepTaskBody(TimeSpan duration) : TaskBody
{
    /// <summary>Takes no time.</summary>
    public static SleepTaskBody None { get; } = new(TimeSpan.Zero);

    public override ValueTask<Payload> RunAsync(TaskCall call) =>
        duration == TimeSpan.Zero ? new ValueTask<Payload>(Payload.None) : SleepAsync(call);

    private async ValueTask<Payload> SleepAsync(TaskCall call)
    {
        await Task.Delay(duration, call.Context.Time, call.CancellationToken).ConfigureAwait(false);
        return Payload.None;
    }
}
