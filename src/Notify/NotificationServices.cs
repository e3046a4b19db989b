using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ActorFlow;

/// <summary>Adds notifications to the engine of a host.</summary>
public static class NotificationServices
{
    /// <summary>Sends the report of each job that ends: see <see cref="NotifyingObserver"/>.</summary>
    /// <param name="builder">What <c>AddActorFlow</c> gave back.</param>
    /// <param name="configure">
    /// Sets options; null for the defaults. Channels among the host's services come behind those that it adds.
    /// </param>
    public static ActorFlowHostBuilder AddNotifications(
        this ActorFlowHostBuilder builder, Action<NotificationOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddObserver(services =>
        {
            var options = new NotificationOptions();
            configure?.Invoke(options);
            foreach (var channel in services.GetServices<IReportChannel>()) options.Channels.Add(channel);
            return new NotifyingObserver(options, services.GetService<ILogger<NotifyingObserver>>());
        });
    }
}
