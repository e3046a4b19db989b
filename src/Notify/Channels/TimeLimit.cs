using System.Globalization;

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
        // Timers know no longer times than about 49 days.
        var most = TimeSpan.FromDays(49);
        stop.CancelAfter(limit < most ? limit : most);
        try
        {
            await work(stop.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (stop.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new NotificationException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{who} did not take the report within {limit.TotalSeconds:0.###} s."), e);
        }
    }
}
