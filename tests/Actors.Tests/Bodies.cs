using ActorFlow.Engine;

namespace ActorFlow.Actors.Tests;

/// <summary>Outputs in a word.</summary>
internal static class Outputs
{
    public static ValueTask<Payload> None => new(Payload.None);
}

/// <summary>What the functions of tests do.</summary>
internal static class Bodies
{
    /// <summary>Ends, as cancelled, when the attempt is asked to stop.</summary>
    public static async Task UntilCancelledAsync(this TaskCall call)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = call.CancellationToken.Register(cancelled.SetCanceled);
        await cancelled.Task;
    }
}
