namespace ActorFlow.Api.Tests.Building;

/// <summary>Edges that only order, whichever way they are said, and collections of many outputs.</summary>
public sealed class OrderTests
{
    [Fact]
    public async Task After_done_does_not_mind_a_failure()
    {
        var flow = FlowBuilder.Create("order");
        var fails = flow.Task("fails", int () => throw new InvalidOperationException("no"));
        flow.Task("after", () => 1).After(fails);
        flow.Task("after-done", () => 1).AfterDone(fails);

        var report = await Jobs.ReportOf(flow.Build(), Nothing.Value);

        Assert.Equal(TaskPhase.Skipped, report["after"].Phase);
        Assert.Equal(TaskPhase.Succeeded, report["after-done"].Phase);
    }

    [Fact]
    public void Before_is_after_the_other_way_round()
    {
        var flow = FlowBuilder.Create("before");
        var last = flow.Task("last", () => 1);
        var other = flow.Task("other", () => 1);
        flow.Task("first", () => 1).Before(last, other);

        Assert.Equal(["last", "other"], flow.Build().Definition.DownstreamOf("first").Select(task => task.Name));
    }

    [Fact]
    public void Operators_order_in_both_directions()
    {
        var flow = FlowBuilder.Create("operators");
        var (a, b) = (flow.Task("a", () => 1), flow.Task("b", () => 2));
        var (c, d) = (flow.Task("c", () => 3), flow.Task("d", () => 4));

        var first = d << [b, c] << a;

        Assert.Same(a, Assert.Single(first));
        Assert.Equal(
            "a | b c | d",
            string.Join(" | ", flow.Build().Definition.Levels().Select(level => string.Join(' ', level))));
    }

    [Fact]
    public async Task Collections_keep_the_order_of_their_declaration()
    {
        var flow = FlowBuilder.Create<int>("collections");
        var (a, b) = (flow.Task("a", flow.Input, x => x + 1), flow.Task("b", flow.Input, x => x + 2));
        flow.Task(
            "text", Source.Collect(b, a), Source.CollectNamed(("z", b), ("a", a)), Source.CollectNamed<int>(),
            (list, named, none) => $"{string.Join(' ', list)}; {string.Join(' ', named)}; {none.Count}");

        Assert.Equal("3 2; [z, 3] [a, 2]; 0", await Jobs.ResultOf(flow.Build<string>(), 1));
    }

    [Fact]
    public void Keys_of_a_collection_are_there_and_differ()
    {
        var flow = FlowBuilder.Create<int>("keys");
        var all = Source.CollectNamed(("a", flow.Input), ("A", flow.Input), ("", flow.Input));
        flow.Task("take", all, named => named.Count);

        var faults = Assert.Throws<FlowDefinitionException>(() => flow.Build()).Faults;

        Assert.Equal(
            [
                (FlowFaultCode.BadName, "Task 'take' collects a value under an empty key in 'input'; name it."),
                (FlowFaultCode.BoundTwice, "Parameter 'input.A' of task 'take' is bound twice; bind it once."),
            ],
            faults.Select(fault => (fault.Code, fault.Message)));
    }
}
