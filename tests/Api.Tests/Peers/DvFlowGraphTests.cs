using ActorFlow.Api.Tests.Building;
using ActorFlow.TestKit;

namespace ActorFlow.Api.Tests.Peers;

/// <summary>The cases of DV Flow about graphs: combinations, what running tasks make, branches and loops.</summary>
public sealed class DvFlowGraphTests
{
    private static readonly Flow<int, int> PlusOne = FlowBuilder.Chain<int>("plus").Then("one", x => x + 1).Build();

    [Theory]
    [InlineData("a b", 2, "a_1 a_2 b_1 b_2")]
    [InlineData("a b c", 3, "a_1 a_2 a_3 b_1 b_2 b_3 c_1 c_2 c_3")]
    public async Task D1_a_matrix_has_a_task_for_each_combination(string letters, int numbers, string expected)
    {
        var each = FlowBuilder.Chain<(string First, int Second)>("each").Then("join", x => $"{x.First}_{x.Second}");
        var flow = FlowBuilder.Create("matrix");
        flow.Matrix(
            "m",
            Source.Constant<IReadOnlyList<string>>(letters.Split(' ')),
            Source.Constant<IReadOnlyList<int>>([.. Enumerable.Range(1, numbers)]),
            each.Build());

        var report = await Jobs.ReportOf(flow.Build(), Nothing.Value);

        Assert.Equal(expected, string.Join(' ', report.Tasks.Skip(1).Select(task => task.Output!.Value)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(50)]
    public async Task D4_a_running_task_makes_so_many_others(int count)
    {
        var flow = FlowBuilder.Create<int>("parent");
        flow.Generate("parent", flow.Input, [PlusOne], (n, graph) =>
            Enumerable.Range(0, n).Select(i => graph.Add(PlusOne, $"child{i}", i)).ToList()[^1]);

        var report = await Jobs.ReportOf(flow.Build(), count);

        Assert.Equal((1 + count, 1 + count), (report.Tasks.Count, report.Counts.Succeeded));
        Assert.Equal(count, report["parent"].Output!.Value);
    }

    [Fact]
    public async Task D4_what_a_running_task_makes_keeps_its_order_and_may_make_more()
    {
        var inner = FlowBuilder.Create<int>("inner");
        var chained = inner.Generate("pair", inner.Input, [PlusOne], (x, graph) =>
            graph.Add(PlusOne, "b", graph.Add(PlusOne, "a", x)));
        var pair = inner.Build(chained);
        var flow = FlowBuilder.Create<int>("outer");
        var host = flow.Task("host", flow.Input, (int x, TaskContext context) => context.RunAsync(pair, x))
            .MayRun(pair);
        await using var test = new FlowTest(flow.Build(host).Executable);

        var run = await test.RunAsync(5);

        run.ShouldHave(Expect.Succeeded("host.inner.a"), Expect.Started("host.inner.b"));
        Assert.Equal(7, run.Output<int>("host"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task D5_a_failed_child_fails_the_run_unless_its_parent_takes_it(bool takes)
    {
        var bad = FlowBuilder.Chain<int>("bad").Then("child", int (_) => throw new IOException("status 1")).Build();
        var flow = FlowBuilder.Create<int>("parent");
        flow.Task("parent", flow.Input, async (int x, TaskContext context) =>
        {
            try
            {
                return await context.RunAsync(bad, x);
            }
            catch (SubflowException) when (takes)
            {
                return -1;
            }
        }).MayRun(bad);

        var report = await Jobs.ReportOf(flow.Build(), 1);

        Assert.Equal(takes ? JobPhase.Succeeded : JobPhase.Failed, report.Phase);
        Assert.Equal("status 1", report["parent.bad"].Error!.Message);
    }

    [Fact]
    public async Task D5_a_child_that_takes_too_long_is_cancelled_and_its_parent_goes_on()
    {
        var slow = FlowBuilder.Chain<int>("slow").Then("child", async (int x, TaskContext context) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(5), context.Time, context.CancellationToken);
            return x;
        }).Build();
        var flow = FlowBuilder.Create<int>("parent");
        flow.Task("parent", flow.Input, async (int x, TaskContext context) =>
        {
            try
            {
                return $"{await context.RunAsync(slow, x, timeout: TimeSpan.FromSeconds(0.5))}";
            }
            catch (TimeoutException)
            {
                return "too slow";
            }
        }).MayRun(slow);
        await using var test = new FlowTest(flow.Build().Executable);

        var run = await test.RunAsync(1);

        Assert.Equal(
            (JobPhase.Succeeded, "too slow", TimeSpan.FromSeconds(0.5)),
            (run.Outcome, run.Output<string>("parent"), run.Elapsed));
        Assert.Equal(TaskPhase.Cancelled, run.Report["parent.slow"].Phase);
    }

    [Fact]
    public async Task D5_a_cycle_among_children_fails_their_parent()
    {
        var flow = FlowBuilder.Create<int>("parent");
        flow.Generate("parent", flow.Input, [PlusOne], (x, graph) =>
        {
            var a = graph.Add(PlusOne, "a", x);
            var b = graph.Add(PlusOne, "b", x).After(a);
            a.After(b);
            return b;
        });

        var report = await Jobs.ReportOf(flow.Build(), 1);

        Assert.Equal(JobPhase.Failed, report.Phase);
        Assert.Equal(
            "Task 'parent' cannot expand: part 'a' needs part 1; a part needs parts before it only.",
            report["parent"].Error!.Message);
    }

    [Fact]
    public async Task D9_a_task_that_feeds_another_comes_before_it()
    {
        var flow = FlowBuilder.Create("feeds");
        var f1 = flow.Task("f1", () => "one");
        flow.Task("f2", () => "two").Before(f1);
        var built = flow.Build();

        var report = await Jobs.ReportOf(built, Nothing.Value);

        Assert.Equal(["f2"], built.Definition.UpstreamOf("f1").Select(task => task.Name));
        Assert.Equal(["two", "one"], report.Tasks.Select(task => task.Output!.Value));
    }

    [Fact]
    public async Task D11_repeat_runs_three_times()
    {
        var flow = FlowBuilder.Create<int>("loops");
        flow.Repeat("repeat", flow.Input, 3, PlusOne);

        var report = await Jobs.ReportOf(flow.Build(), 0);

        Assert.Equal(["repeat", "repeat[0]", "repeat[1]", "repeat[2]"], report.Tasks.Select(task => task.Name));
        Assert.Equal(3, report["repeat"].Output!.Value);
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(9, 3)]
    public async Task D11_do_while_stops_at_success_or_after_three_rounds(int succeedsIn, int rounds)
    {
        var flow = FlowBuilder.Create<int>("loops");
        var until = flow.DoUntil("until", flow.Input, round => round == succeedsIn, PlusOne, maxRounds: 3);

        Assert.Equal(rounds, await Jobs.ResultOf(flow.Build(until), 0));
    }

    [Theory]
    [InlineData(0, "then")]
    [InlineData(7, "else")]
    public async Task D11_one_branch_of_several_runs_and_else_if_none_matches(int input, string said)
    {
        var (then, other) = (Says("then"), Says("else"));
        var flow = FlowBuilder.Create<int>("match");
        var chosen = flow.Choose("match", flow.Input, x => x switch { 0 => then, _ => other }, then, other);

        Assert.Equal(said, await Jobs.ResultOf(flow.Build(chosen), input));

        static Flow<int, string> Says(string text) => FlowBuilder.Chain<int>(text).Then("says", _ => text).Build();
    }

    [Fact]
    public async Task D11_a_round_breaks_the_loop()
    {
        var body = FlowBuilder.Chain<Round>("body").Then("step", round =>
            new Round(round.Number + 1, Break: round.Number + 1 == 4)).Build();
        var flow = FlowBuilder.Create("breaks");
        var loop = flow.While("while", Source.Constant(new Round(0, false)), round => !round.Break, body, 10);

        Assert.Equal(new Round(4, true), await Jobs.ResultOf(flow.Build(loop), Nothing.Value));
    }

    private sealed record Round(int Number, bool Break);
}
