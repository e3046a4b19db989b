using ActorFlow.Actors;
using ActorFlow.TestKit;

namespace ActorFlow.Samples.Order;

/// <summary>What a team that owns the order flow would test of it.</summary>
public sealed class OrderFlowTests
{
    private static readonly string[] Articles = ["pen", "ink"];

    [Fact]
    public async Task Payment_is_tried_three_times_and_the_order_is_shipped()
    {
        await using var test = new FlowTest(OrderFlow.Build(new Bank()).Executable)
            .Stub<string[]>("find-offers", ["flyer"])
            .Fail("charge-payments", new PaymentConnectionException("down"), attempts: 2);
        var run = await test.RunAsync(Articles);
        Assert.Equal(JobPhase.Succeeded, run.Outcome);
        Assert.Equal("R-1 with 1 flyers", run.Output<string>("ship-orders"));
        Assert.Equal(3, run.Report["charge-payments"].Attempts);
    }

    [Fact]
    public async Task A_crash_right_after_the_charge_does_not_charge_again()
    {
        var bank = new Bank();
        await using var test = new FlowTest(OrderFlow.Build(bank).Executable)
            .Stub<string[]>("find-offers", [])
            .CrashAfter(Expect.Succeeded("charge-payments"));
        var run = await test.RunAsync(Articles);
        Assert.Equal((JobPhase.Succeeded, 2), (run.Outcome, run.Lives));
        Assert.Equal(1, bank.Charges);
    }

    [Fact]
    public async Task Without_a_receipt_nothing_is_shipped_and_the_clean_up_runs_all_the_same()
    {
        await using var test = new FlowTest(OrderFlow.Build(new Bank()).Executable)
            .Hang("find-offers")
            .Fail("charge-payments", new PaymentConnectionException("down"));
        var run = await test.RunAsync(Articles);
        run.ShouldHave(Expect.Failed("charge-payments"), Expect.Skipped("ship-orders"), Expect.Succeeded("clean-up"));
        Assert.Equal(new Closing(null, 17), run.Output<Closing>("clean-up"));
    }

    [Fact]
    public void Whatever_happens_nothing_is_shipped_without_a_receipt() => FlowSimulator.Run(
        OrderFlow.Build(new Bank()).Executable, seeds: 200, input: Articles,
        options: new SimulationOptions
        {
            Failure = task => new PaymentConnectionException(task.Name),
            Stubs = new Dictionary<string, Func<TaskCall, object?>> { ["find-offers"] = _ => Array.Empty<string>() },
        },
        invariant: run =>
        {
            if (run.Report["ship-orders"].Phase != TaskPhase.Succeeded) return;
            run.ShouldHave(Expect.Succeeded("charge-payments"), Expect.Started("ship-orders"));
        });

    /// <summary>A bank that counts.</summary>
    private sealed class Bank : IPayments
    {
        public int Charges { get; private set; }

        public Task<string> ChargeAsync(decimal amount, CancellationToken cancellationToken) =>
            Task.FromResult($"R-{++Charges}");
    }
}
