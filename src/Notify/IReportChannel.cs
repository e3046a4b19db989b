namespace ActorFlow;

/// <summary>A way for reports to reach somebody: write one of your own, or take a webhook or mail.</summary>
public interface IReportChannel
{
    /// <summary>What logs and results call it.</summary>
    string Name { get; }

    /// <summary>Sends a report. Whatever it throws is logged, told in the result, and stops no other channel.</summary>
    /// <param name="notification">What to send.</param>
    /// <param name="cancellationToken">Ends the attempt. A channel has a time-out of its own besides.</param>
    Task SendAsync(ReportNotification notification, CancellationToken cancellationToken);
}

/// <summary>A report on its way to a channel.</summary>
/// <param name="Report">The report, with the tasks that are to be told of and no others.</param>
/// <param name="OnlyErrors">Whether it is sent because of its errors, and has nothing else.</param>
public sealed record ReportNotification(JobReport Report, bool OnlyErrors);

/// <summary>A channel did not get a report through.</summary>
public sealed class NotificationException(string message, Exception? inner = null) : ActorFlowException(message, inner);
