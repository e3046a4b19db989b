using ActorFlow.Api.Tests.Building;

namespace ActorFlow.Api.Tests.Dynamics;

/// <summary>Flows as tasks of other flows: once, chosen, and in rounds.</summary>
public sealed class NestedTests
{
    private static readonly Flow<int, int> PlusOne =
        FlowBuilder.Chain<int>("plus-one").Then("plus", x => x + 1).Build();

    private static readonly Flow<int, int> Double = FlowBuilder.Chain<int>("double").Then("twice", x => 2 * x).Build();

    [Fact]
    public async Task A_flow_is_a_task_of_another_to_any_depth_and_its_tasks_are_seen()
    {
        var inner = FlowBuilder.Create<int>("inner");
        var a = inner.Run("a", inner.Input, PlusOne);
        var middle = inner.Build(inner.Task("b", a, x => x * 10));
        var flow = FlowBuilder.Create<int>("outer");
        var nested = flow.Run("nested", flow.Input, middle);
        var last = flow.Task("last", nested, x => x + 5);

        var report = await Jobs.ReportOf(flow.Build(last), 1);

        Assert.Equal("25", report["last"].Output!.ToString());
        Assert.Equal(
            ["nested", "nested.inner.a", "nested.inner.a.plus-one", "nested.inner.b", "last"],
            report.Tasks.Select(task => task.Name));
    }

    [Fact]
    public async Task A_result_that_was_skipped_is_no_value_made_up()
    {
        var inner = FlowBuilder.Create<int>("inner");
        var large = inner.Build(inner.Task("work", inner.Input, x => x * 10).OnlyIf(inner.Input, x => x > 100));
        var flow = FlowBuilder.Create<int>("outer");
        var nested = flow.Run("nested", flow.Input, large);
        flow.Repeat("loop", flow.Input, 2, large);
        flow.States("states", flow.Input, states => states.State("only", large));
        flow.Generate("made", flow.Input, [large], (n, graph) => graph.Add(large, "part", n));
        flow.Map("map", Source.Constant<IReadOnlyList<int>>([1, 200]), large);
        var all = flow.MapAll("all", Source.Constant<IReadOnlyList<int>>([1, 200]), large);
        flow.Task("told", all, outcomes => string.Join(", ", outcomes.Select(one => $"{one.Phase} {one.Value}")));
        flow.Task("last", nested, x => x);

        var report = await Jobs.ReportOf(flow.Build(), 4);

        Assert.All(["nested", "loop", "states", "made", "last"], task => Assert.Equal("skipped", report[task].Status));
        Assert.Equal(
            "Task 'map' has no result for '[0]': what would give it was skipped. MapAll tells how each ended.",
            report["map"].Error!.Message);
        Assert.Equal("Skipped 0, Succeeded 2000", report["told"].Output!.ToString());
    }

    [Fact]
    public async Task A_failure_inside_fails_the_task_and_names_the_inner_one()
    {
        var flow = FlowBuilder.Create<int>("outer");
        var inner = FlowBuilder.Chain<int>("inner").Then("ok", x => x).Then("bad", Fail).Then("never", x => x).Build();
        flow.Run("nested", flow.Input, inner);

        var report = await Jobs.ReportOf(flow.Build(), 1);

        Assert.Contains(
            "'nested.inner.bad': System.InvalidOperationException: no luck", report["nested"].Error!.Message,
            StringComparison.Ordinal);
        Assert.Equal(TaskPhase.Skipped, report["nested.inner.never"].Phase);
    }

    [Fact]
    public async Task A_retry_of_the_task_runs_what_did_not_succeed_inside_and_nothing_else()
    {
        var (first, second) = (0, 0);
        var inner = FlowBuilder.Chain<int>("inner")
            .Then("first", x => x + Interlocked.Increment(ref first))
            .Then("second", x => Interlocked.Increment(ref second) < 3 ? Fail(x) : x * 10)
            .Build();
        var flow = FlowBuilder.Create<int>("outer");
        var nested = flow.Run("nested", flow.Input, inner).Retry(3);

        Assert.Equal(20, await Jobs.ResultOf(flow.Build(nested), 1));
        Assert.Equal((1, 3), (first, second));
    }

    [Fact]
    public async Task A_flow_that_may_fail_tells_how_it_ended()
    {
        var flow = FlowBuilder.Create<int>("outer");
        var inner = FlowBuilder.Chain<int>("inner").Then("bad", Fail).Build();
        var outcome = flow.Try("nested", flow.Input, inner);
        var said = flow.Task("said", outcome, o => o.Succeeded ? "fine" : o.Failure!.Message);

        Assert.Equal("no luck", await Jobs.ResultOf(flow.Build(said), 1));
    }

    [Theory]
    [InlineData(1, "2")]
    [InlineData(10, "20")]
    public async Task One_of_several_flows_is_chosen_by_the_value(int input, string expected)
    {
        var flow = FlowBuilder.Create<int>("choice");
        var chosen = flow.Choose("c", flow.Input, x => x < 5 ? PlusOne : Double, PlusOne, Double);

        var report = await Jobs.ReportOf(flow.Build(chosen), input);

        Assert.Equal(expected, report["c"].Output!.ToString());
    }

    [Fact]
    public async Task If_no_flow_is_chosen_the_task_is_skipped_and_the_job_succeeds()
    {
        var flow = FlowBuilder.Create<int>("choice");
        var chosen = flow.Choose("c", flow.Input, _ => (Flow<int, int>?)null, PlusOne);
        flow.Task("after", chosen, x => x);

        var report = await Jobs.ReportOf(flow.Build(), 1);

        Assert.Equal(JobPhase.Succeeded, report.Phase);
        Assert.Equal("its condition did not hold", report["c"].SkippedBecause);
        Assert.Equal("c", report["after"].SkippedBecause);
    }

    [Theory]
    [InlineData(1, "skipped")]
    [InlineData(6, "succeeded")]
    public async Task A_task_runs_only_if_its_condition_holds(int input, string status)
    {
        var flow = FlowBuilder.Create<int>("condition");
        var a = flow.Task("a", flow.Input, x => x + 1);
        flow.Task("b", flow.Input, x => x).OnlyIf(a, x => x > 5);

        var report = await Jobs.ReportOf(flow.Build(), input);

        Assert.Equal(status, report["b"].Status);
        Assert.Equal(JobPhase.Succeeded, report.Phase);
    }

    [Fact]
    public async Task A_loop_goes_on_as_long_as_its_condition_holds()
    {
        var flow = FlowBuilder.Create<int>("loops");
        var result = flow.While("w", flow.Input, x => x < 100, Double);

        var report = await Jobs.ReportOf(flow.Build(result), 3);

        Assert.Equal("192", report["w"].Output!.ToString());
        Assert.Equal("192", report["w[5]"].Output!.ToString());
        Assert.Equal(7, report.Tasks.Count);
    }

    [Theory]
    [InlineData(50, 3, 56)]
    [InlineData(200, 3, 400)]
    [InlineData(7, 2, 28)]
    public async Task Rounds_end_when_the_condition_holds_or_their_number_is_reached(int input, int most, int expected)
    {
        var flow = FlowBuilder.Create<int>("loops");
        var body = input == 50 ? FlowBuilder.Chain<int>("body").Then("plus", x => x + 2).Build() : Double;
        var result = flow.DoUntil("u", flow.Input, x => x > 150, body, most);

        Assert.Equal(expected, await Jobs.ResultOf(flow.Build(result), input));
    }

    [Theory]
    [InlineData(3, 8)]
    [InlineData(0, 1)]
    public async Task A_flow_is_repeated_as_often_as_said(int times, int expected)
    {
        var flow = FlowBuilder.Create<int>("loops");
        var result = flow.Repeat("r", flow.Input, times, Double);

        Assert.Equal(expected, await Jobs.ResultOf(flow.Build(result), 1));
    }

    private static int Fail(int x) => throw new InvalidOperationException("no luck");
}
