namespace Systems.Billing;

/// <summary>What <see cref="Bill"/> takes.</summary>
public sealed record BillInput(int Amount);

/// <summary>A task of a namespace that begins like that of the system.</summary>
public sealed class Bill : ActorFlow.SyncTask<BillInput, int>
{
    /// <inheritdoc />
    public override int Run(BillInput input, ActorFlow.TaskContext context) => input.Amount;
}
