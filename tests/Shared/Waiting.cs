namespace ActorFlow.Tests;

/// <summary>Waits for what another process does; how long that takes is not asserted.</summary>
internal static class Waiting
{
    // Nobody waits that long, however slow the machine: what takes longer never comes.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!condition()) await timer.WaitForNextTickAsync(patience.Token);
    }
}
