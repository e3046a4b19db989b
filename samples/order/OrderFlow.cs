namespace ActorFlow.Samples.Order;

/// <summary>Takes the money for an order.</summary>
public interface IPayments
{
    /// <summary>Charges an amount.</summary>
    /// <returns>The number of the receipt.</returns>
    Task<string> ChargeAsync(decimal amount, CancellationToken cancellationToken);
}

/// <summary>The payment service cannot be reached.</summary>
public sealed class PaymentConnectionException(string message) : Exception(message);

/// <summary>What became of an order, for the log.</summary>
/// <param name="Receipt">The receipt; null if nothing was charged.</param>
/// <param name="ArchivedLines">How many lines of logs were archived.</param>
public sealed record Closing(string? Receipt, int? ArchivedLines);

/// <summary>
/// The flow: payment is tried three times and may fail; then shipping is skipped, while what does not depend on it
/// goes on and the clean-up runs in any case.
/// </summary>
public static class OrderFlow
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    public static Flow<string[], Closing> Build(IPayments payments)
    {
        var flow = FlowBuilder.Create<string[]>("order").Timeout(TimeSpan.FromMinutes(1));

        var inventory = flow.Task(
            "fetch-inventory", flow.Input, articles => articles.Order(StringComparer.Ordinal).ToArray());
        var prices = flow.Task("enrich-pricing", inventory, Price);
        var receipt = flow.Task("charge-payments", prices, (p, stop) => payments.ChargeAsync(p.Values.Sum(), stop))
            .Retry(3, new Backoff { Shape = BackoffShape.Exponential, Initial = TimeSpan.FromMilliseconds(10) })
            .RetryOn<PaymentConnectionException>()
            .Timeout(TimeSpan.FromSeconds(10));

        // Nice to have: what does not come in time is left out.
        var offers = flow.Task("find-offers", inventory, FindOffersAsync).Timeout(Patience).IgnoreFailures([]);
        var shipped = flow.Task(
            "ship-orders", receipt, offers, (number, flyers) => $"{number} with {flyers.Length} flyers");

        var archived = flow.Task("archive-logs", () => 17);
        var closing = flow
            .Task("clean-up", receipt.OrDefault(), archived.OrDefault(), (number, lines) => new Closing(number, lines))
            .After(shipped)
            .When(TriggerRule.AllDone);
        return flow.Build(closing);
    }

    private static Dictionary<string, decimal> Price(string[] articles) =>
        articles.Index().ToDictionary(a => a.Item, a => 10m + a.Index, StringComparer.Ordinal);

    private static async Task<string[]> FindOffersAsync(string[] articles, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        return articles;
    }
}
