using ActorFlow.Actors;

namespace ActorFlow.Cli;

/// <summary>A task of a recorded workflow: it takes time and does nothing.</summary>
/// <param name="duration">How long it takes.</param>
internal sealed class SleepTaskBody(TimeSpan duration) : TaskBody
{
    /// <summary>Takes no time.</summary>
    public static SleepTaskBody None { get; } = new(TimeSpan.Zero);

    /// <summary>Takes as long as a task once did, times a scale; at most what a timer takes.</summary>
    public static SleepTaskBody Of(TimeSpan recorded, double scale) =>
        recorded.TotalSeconds * scale is > 0 and var seconds
            ? new(TimeSpan.FromSeconds(Math.Min(seconds, Timers.Longest.TotalSeconds)))
            : None;

    public override ValueTask<Payload> RunAsync(TaskCall call) =>
        duration == TimeSpan.Zero ? new ValueTask<Payload>(Payload.None) : SleepAsync(call);

    private async ValueTask<Payload> SleepAsync(TaskCall call)
    {
        await Task.Delay(duration, call.Context.Time, call.CancellationToken).ConfigureAwait(false);
        return Payload.None;
    }
}
