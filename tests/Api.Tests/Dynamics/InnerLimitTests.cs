using ActorFlow.Api.Tests.Building;
using ActorFlow.TestKit;

namespace ActorFlow.Api.Tests.Dynamics;

/// <summary>What a flow says about its own jobs, where it runs as part of another: it holds, or is refused.</summary>
public sealed class InnerLimitTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly FlowBuilder<int> _flow = FlowBuilder.Create<int>("outer");

    [Fact]
    public async Task The_time_of_a_flow_that_may_fail_is_the_time_of_its_task()
    {
        _flow.Try("t", _flow.Input, Slow());

        await using var test = new FlowTest(_flow.Build().Executable);
        var run = await test.RunAsync(1);

        Assert.Equal(Limit, run.Elapsed);
        Assert.Equal(TaskPhase.Failed, run.Report["t"].Phase);
    }

    [Fact]
    public async Task The_time_of_a_flow_that_code_runs_is_its_own_unless_the_code_says_another()
    {
        var slow = Slow();
        _flow.Task("own", _flow.Input, (x, context) => context.RunAsync(slow, x)).MayRun(slow);
        _flow.Task("said", _flow.Input, (x, context) => context.RunAsync(slow, x, timeout: Limit / 2)).MayRun(slow);
        _flow.Task("long", _flow.Input, (x, context) => context.RunAsync(slow, x, timeout: 60 * Limit)).MayRun(slow);

        await using var test = new FlowTest(_flow.Build().Executable);
        var run = await test.RunAsync(1);

        const string Late = "did not end within";
        Assert.Equal($"Flow 'slow', run by task 'own', {Late} 00:01:00.", run.Report["own"].Error!.Message);
        Assert.Equal($"Flow 'slow', run by task 'said', {Late} 00:00:30.", run.Report["said"].Error!.Message);
        Assert.Equal(TaskPhase.Succeeded, run.Report["long"].Phase);
    }

    [Fact]
    public void A_time_limit_that_nothing_would_keep_is_refused()
    {
        var slow = Slow();
        _flow.Choose("choose", _flow.Input, _ => slow, slow);
        _flow.Repeat("repeat", _flow.Input, 2, slow);
        _flow.Map("map", Source.Constant<IReadOnlyList<int>>([1]), slow);
        _flow.Generate("generate", _flow.Input, [slow], (x, graph) => graph.Add(slow, "part", x));
        _flow.States("states", _flow.Input, machine => machine.State("only", slow));

        Assert.Equal(
            new[] { "choose", "repeat", "map", "generate", "states" }.Select(task =>
                $"Task '{task}' runs flow 'slow' more than once or beside others, where its time limit means nothing; "
                + "limit the task instead: Timeouts(new TaskTimeouts { Total = … })."),
            FaultsOf());
    }

    [Fact]
    public void Limits_that_hold_for_all_items_are_to_be_said_of_the_task_that_has_them()
    {
        var inner = FlowBuilder.Create<int>("inner").FailFast().MaxParallel(2);
        var each = inner.Build(inner.Task("one", inner.Input, x => x));
        _flow.MapAll("map", Source.Constant<IReadOnlyList<int>>([1]), each);
        _flow.Generate("generate", _flow.Input, [each], (x, graph) => graph.Add(each, "part", x));

        const string Runs = "runs flow 'inner' more than once or beside others, where its";
        Assert.Equal(
            [
                $"Task 'map' {Runs} FailFast() means nothing; say MapOptions.MaxFailures instead.",
                $"Task 'map' {Runs} MaxParallel() means nothing; say MapOptions.Parallelism instead.",
                $"Task 'generate' {Runs} FailFast() means nothing; say maxFailures instead.",
                $"Task 'generate' {Runs} MaxParallel() means nothing; let the tasks of the flow share a pool or a "
                    + "resource instead.",
            ],
            FaultsOf());
    }

    [Fact]
    public async Task A_flow_that_was_not_declared_is_not_chosen_and_the_failure_names_it()
    {
        var declared = FlowBuilder.Chain<int>("declared").Then("a", x => x).Build();
        var other = FlowBuilder.Chain<int>("other").Then("a", x => x).Build();
        _flow.Choose("c", _flow.Input, _ => other, declared);

        var report = await Jobs.ReportOf(_flow.Build(), 1);

        Assert.Equal(
            "Task 'c' may not add flow 'other'; name it among the flows that it may add.", report["c"].Error!.Message);
    }

    private IEnumerable<string> FaultsOf() =>
        Assert.Throws<FlowDefinitionException>(() => _flow.Build()).Faults.Select(fault => fault.Message);

    private static Flow<int, int> Slow()
    {
        var flow = FlowBuilder.Create<int>("slow").Timeout(Limit);
        return flow.Build(flow.Task("wait", flow.Input, async (x, context) =>
        {
            await Task.Delay(10 * Limit, context.Time, context.CancellationToken);
            return x;
        }));
    }
}
