namespace ActorFlow;

/// <summary>Lets something take so long and no longer.</summary>
internal static class TimeLimit
{
    /// <summary>Does the work.</summary>
    /// <exception cref="NotificationException">It took too long.</exception>
    public static async Task RunAsync(
        string who, TimeSpan limit, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(limit);
        try
        {
            await work(stop.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (stop.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new NotificationException($"{who} did not take the report within {limit.TotalSeconds:0.###} s.", e);
        }
    }
}
