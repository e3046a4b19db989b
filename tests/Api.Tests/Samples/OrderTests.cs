using ActorFlow.Api.Tests.Building;
using ActorFlow.Samples.Order;

namespace ActorFlow.Api.Tests.Samples;

/// <summary>The sample goes both ways: with payments that fail, and with payments that work.</summary>
public sealed class OrderTests
{
    [Fact]
    public async Task Payments_that_fail_skip_the_shipping_and_nothing_else()
    {
        var report = await Jobs.ReportOf(OrderFlow.Build(new Payments(isUp: false)), ["C-3", "A-1", "B-2"]);

        Assert.Equal(JobPhase.Failed, report.Phase);
        Assert.Equal((TaskPhase.Failed, 3), (report["charge-payments"].Phase, report["charge-payments"].Attempts));
        Assert.Equal(TaskPhase.Skipped, report["ship-orders"].Phase);
        Assert.Equal("charge-payments", report["ship-orders"].SkippedBecause);
        Assert.Equal(
            ["fetch-inventory", "enrich-pricing", "find-offers", "archive-logs", "clean-up"],
            report.Succeeded.Select(t => t.Name));
        Assert.Equal(new Closing(null, 17), report["clean-up"].Output?.Value);
    }

    [Fact]
    public async Task Articles_are_priced_in_order()
    {
        var report = await Jobs.ReportOf(OrderFlow.Build(new Payments(isUp: false)), ["C-3", "A-1", "B-2"]);

        var prices = Assert.IsType<Dictionary<string, decimal>>(report["enrich-pricing"].Output?.Value);
        Assert.Equal([("A-1", 10m), ("B-2", 11m), ("C-3", 12m)], prices.Select(p => (p.Key, p.Value)));
    }

    [Fact]
    public async Task Payments_that_work_ship_without_the_offers_that_came_too_late()
    {
        var report = await Jobs.ReportOf(OrderFlow.Build(new Payments(isUp: true)), ["A-1"]);

        Assert.Equal(JobPhase.Succeeded, report.Phase);
        Assert.Equal("receipt over 10 with 0 flyers", report["ship-orders"].Output?.Value);
        Assert.Equal(new Closing("receipt over 10", 17), report["clean-up"].Output?.Value);
    }
}
