using ActorFlow.TestKit;

namespace ActorFlow.Api.Tests.Building;

/// <summary>How a task ended, as a value that another one takes.</summary>
public sealed class OutcomeTests
{
    [Theory]
    [InlineData(1, "good: 1, fails: IOException, down: skipped because of fails for no luck 1")]
    [InlineData(0, "good: 0, fails: 0, down: 0")]
    public async Task Failures_and_skips_are_data_for_a_task_that_comes_after_them(int input, string said)
    {
        var flow = FlowBuilder.Create<int>("outcomes");
        var good = flow.Task("good", flow.Input, x => x);
        var fails = flow.Task("fails", flow.Input, x => x == 0 ? x : throw new IOException($"no luck {x}"));
        var down = flow.Task("down", flow.Task("between", fails, x => x), x => x);
        var sum = flow.Task("sum", good.Outcome(), fails.Outcome(), down.Outcome(), (a, b, c) =>
            string.Join(", ", new[] { a, b, c }.Select(Said))).When(TriggerRule.AllDone);

        var report = await Jobs.ReportOf(flow.Build(sum), input);

        Assert.Equal(said, report["sum"].Output!.Value);
        Assert.Equal(input == 0 ? JobPhase.Succeeded : JobPhase.Failed, report.Phase);
    }

    [Fact]
    public async Task A_rescue_runs_only_on_failure_and_knows_it()
    {
        var flow = FlowBuilder.Create<int>("rescue");
        var fails = flow.Task("fails", flow.Input, int (_) => throw new InvalidDataException("torn"));
        flow.Task("rescue", fails.Outcome(), ended => $"{ended.Name}: {ended.Failure!.Message}")
            .When(TriggerRule.AnyFailed);

        var report = await Jobs.ReportOf(flow.Build(), 1);

        Assert.Equal("fails: torn", report["rescue"].Output!.Value);
    }

    [Fact]
    public async Task What_has_not_ended_yet_has_neither_a_value_nor_a_failure()
    {
        var flow = FlowBuilder.Create<int>("early");
        var fails = flow.Task("fails", flow.Input, int (_) => throw new IOException("at once"));
        var late = flow.Task("late", flow.Input, int (_) => throw new IOException("first"))
            .Retry(2, new Backoff { Initial = TimeSpan.FromHours(1) });
        flow.Task("alarm", fails.Outcome(), late.Outcome(), (a, b) => $"{a.Phase}, {b.Phase}: {b.Failure?.Message}")
            .When(TriggerRule.AnyFailed);
        await using var test = new FlowTest(flow.Build().Executable);

        Assert.Matches("^Failed, (Ready|Running|BackingOff): $", (await test.RunAsync(1)).Output<string>("alarm"));
    }

    [Fact]
    public async Task Any_number_of_outcomes_are_collected_into_one_verdict()
    {
        var flow = FlowBuilder.Create<int>("aggregate");
        var checks = Enumerable.Range(0, 5).Select(i => flow.Task(
            $"check{i}", flow.Input, x => i < x ? i : throw new InvalidOperationException($"{i} is too much")));
        var verdict = flow.Task("verdict", Source.Collect(checks.Select(check => check.Outcome())), all =>
            string.Join("; ", all.Where(one => !one.Succeeded).Select(one => $"{one.Name}: {one.Failure!.Message}")));

        Assert.Equal(
            "check3: 3 is too much; check4: 4 is too much",
            (await Jobs.ReportOf(flow.Build(verdict), 3))["verdict"].Output!.Value);
    }

    [Fact]
    public async Task Outcomes_are_those_of_the_same_part_in_a_nested_flow_and_after_a_crash()
    {
        var inner = FlowBuilder.Create<int>("inner");
        var odd = inner.Task("odd", inner.Input, x => x % 2 == 1 ? x : throw new IOException($"{x} is even"));
        var each = inner.Build(inner.Task("told", odd.Outcome(), o => o.Failure?.Message ?? $"{o.Value}"));
        var flow = FlowBuilder.Create<IReadOnlyList<int>>("outer");
        var all = flow.MapAll("m", flow.Input, each);
        flow.Task("count", all, results => results.Count);
        await using var test = new FlowTest(flow.Build().Executable)
            .CrashAfter(Expect.Started("m[1].told"));

        var run = await test.RunAsync(new[] { 1, 2 });

        Assert.Equal(("1", "2 is even"), (run.Output<string>("m[0].told"), run.Output<string>("m[1].told")));
        Assert.Equal(2, run.Report["m[1].told"].Attempts);
    }

    private static string Said(PartResult<int> ended) => ended switch
    {
        { Succeeded: true } => $"{ended.Name}: {ended.Value}",
        { Cause: { } cause } => $"{ended.Name}: skipped because of {cause} for {ended.Failure!.Message}",
        _ => $"{ended.Name}: {ended.Failure!.Type.Split('.')[^1]}",
    };
}
