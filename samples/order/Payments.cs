namespace ActorFlow.Samples.Order;

/// <summary>A payment service that is up or down.</summary>
public sealed class Payments(bool isUp) : IPayments
{
    public Task<string> ChargeAsync(decimal amount, CancellationToken cancellationToken) => isUp
        ? Task.FromResult($"receipt over {amount}")
        : throw new PaymentConnectionException("The payment service refused the connection.");
}
