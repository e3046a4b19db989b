using ActorFlow.Api.Tests.Building;
using ActorFlow.Api.Tests.Engine;

namespace ActorFlow.Api.Tests.Dynamics;

/// <summary>Graphs that tasks make when they run, states, and flows that running tasks run.</summary>
public sealed class GrowthTests
{
    private static readonly Flow<int, int> PlusOne =
        FlowBuilder.Chain<int>("plus-one").Then("plus", x => x + 1).Build();

    private static readonly Flow<IReadOnlyList<int>, int> Sum =
        FlowBuilder.Chain<IReadOnlyList<int>>("sum").Then("sum", all => all.Sum()).Build();

    [Fact]
    public async Task A_task_makes_a_graph_when_it_runs_and_gives_the_result_of_one_part()
    {
        var flow = FlowBuilder.Create<int>("generated");
        var result = flow.Generate("g", flow.Input, [PlusOne, Sum], (count, graph) =>
        {
            var firsts = Enumerable.Range(0, count).Select(i => graph.Add(PlusOne, $"first{i}", i)).ToList();
            var seconds = firsts.Select((part, i) => graph.Add(PlusOne, $"second{i}", part)).ToList();
            return graph.Add(Sum, "sum", seconds);
        });
        var report = await Jobs.ReportOf(flow.Build(result), 3);

        Assert.Equal("9", report["g"].Output!.ToString());
        Assert.Equal(
            ["g", "g.first0", "g.first1", "g.first2", "g.second0", "g.second1", "g.second2", "g.sum"],
            report.Tasks.Select(task => task.Name));
    }

    [Fact]
    public async Task A_part_waits_for_those_that_it_only_comes_after()
    {
        var order = new List<string>();
        var note = FlowBuilder.Chain<string>("note").Then("note", x =>
        {
            lock (order) order.Add(x);
            return x;
        }).Build();
        var flow = FlowBuilder.Create("generated");
        flow.Generate("g", Source.Constant(0), [note], (_, graph) =>
        {
            var a = graph.Add(note, "a", "a");
            return graph.Add(note, "b", "b").After(a);
        });

        await Jobs.ReportOf(flow.Build(), Nothing.Value);

        Assert.Equal(["a", "b"], order);
    }

    [Fact]
    public async Task A_failed_part_skips_those_that_need_it_and_the_rest_still_runs()
    {
        var bad = FlowBuilder.Chain<int>("bad").Then("bad", Fail).Build();
        var flow = FlowBuilder.Create("generated");
        flow.Generate("g", Source.Constant(0), [PlusOne, bad], (_, graph) =>
        {
            var first = graph.Add(bad, "first", 1);
            graph.Add(PlusOne, "independent", 1);
            return graph.Add(PlusOne, "second", first);
        });

        var report = await Jobs.ReportOf(flow.Build(), Nothing.Value);

        Assert.Equal("g.first", report["g.second"].SkippedBecause);
        Assert.Equal(TaskPhase.Succeeded, report["g.independent"].Phase);
        Assert.Equal(["g.second"], report["g.first"].Error!.DownstreamImpact);
    }

    [Fact]
    public async Task A_graph_that_does_not_fit_fails_the_task_with_what_is_wrong()
    {
        var flow = FlowBuilder.Create("generated");
        flow.Generate("twice", Source.Constant(0), [PlusOne], (_, graph) =>
        {
            graph.Add(PlusOne, "a", 1);
            return graph.Add(PlusOne, "A", 1);
        });
        flow.Generate("undeclared", Source.Constant(0), [], (_, graph) => graph.Add(PlusOne, "a", 1));

        var report = await Jobs.ReportOf(flow.Build(), Nothing.Value);

        Assert.Equal(
            "Task 'twice' cannot expand: it has two parts 'A'; names must differ.", report["twice"].Error!.Message);
        Assert.StartsWith(
            "Task 'undeclared' may not add flow 'plus-one'",
            report["undeclared"].Error!.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task States_follow_each_other_by_the_first_condition_that_holds()
    {
        var design = FlowBuilder.Chain<int>("design").Then("draw", x => x + 1).Build();
        var coding = FlowBuilder.Chain<int>("coding").Then("type", x => x * 10).Build();
        var flow = FlowBuilder.Create<int>("dev");
        var result = flow.States<int>("dev", flow.Input, machine =>
        {
            var drawing = machine.State("design", design);
            var typing = machine.State("coding", coding);
            drawing.GoTo(typing, x => x >= 3).GoTo(drawing);
        });

        var report = await Jobs.ReportOf(flow.Build(result), 1);

        Assert.Equal("30", report["dev"].Output!.ToString());
        Assert.Equal(
            ["dev", "dev.design[0]", "dev.design[1]", "dev.coding[2]"], report.Tasks.Select(task => task.Name));
    }

    [Fact]
    public async Task States_that_never_come_to_an_end_fail_at_their_limit()
    {
        var flow = FlowBuilder.Create<int>("dev");
        flow.States<int>("dev", flow.Input, machine =>
        {
            var only = machine.State("only", PlusOne);
            only.GoTo(only);
        }, maxVisits: 5);

        var report = await Jobs.ReportOf(flow.Build(), 1);

        Assert.Contains("has visited 5 states", report["dev"].Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_task_runs_flows_and_goes_on_with_their_results()
    {
        var flow = FlowBuilder.Create<int>("host");
        var hosted = flow.Task("h", flow.Input, async (int x, TaskContext context) =>
        {
            var a = context.RunAsync(PlusOne, x, "a");
            var b = context.RunAsync(PlusOne, 10 * x, "b");
            return await a + await b;
        }).MayRun(PlusOne);

        var report = await Jobs.ReportOf(flow.Build(hosted), 4);

        Assert.Equal("46", report["h"].Output!.ToString());
        Assert.Equal(["h", "h.a", "h.b"], report.Tasks.Select(task => task.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_task_that_waits_for_flows_takes_no_slot_from_them()
    {
        var inner = FlowBuilder.Create<int>("inner");
        var narrow = inner.Build(inner.Task("n", inner.Input, x => x + 1).Pool("narrow"));
        var flow = FlowBuilder.Create<int>("host");
        var hosted = flow.Task("h", flow.Input, (int x, TaskContext context) => context.RunAsync(narrow, x))
            .MayRun(narrow).Pool("narrow");
        var options = new ActorFlowOptions { InMemory = true };
        options.Pools["narrow"] = 1;
        await using var engine = ActorFlowEngine.Create(options);
        var job = await engine.SubmitAsync(flow.Build(hosted), 1);

        Assert.Equal(2, await job.GetResultAsync());
    }

    [Fact]
    public async Task A_failed_flow_is_an_exception_that_the_running_task_may_catch()
    {
        var bad = FlowBuilder.Chain<int>("bad").Then("bad", Fail).Build();
        var flow = FlowBuilder.Create<int>("host");
        var hosted = flow.Task("h", flow.Input, async (int x, TaskContext context) =>
        {
            try
            {
                return $"{await context.RunAsync(bad, x)}";
            }
            catch (SubflowException e)
            {
                return e.Failure!.Message;
            }
        }).MayRun(bad);

        Assert.Equal("no luck", await Jobs.ResultOf(flow.Build(hosted), 4));
    }

    [Fact]
    public async Task A_running_task_is_tried_again_for_what_a_flow_fails_of_that_it_runs()
    {
        var bad = FlowBuilder.Chain<int>("bad")
            .Then("bad", int (_) => throw new FileNotFoundException("no luck")).Build();
        var flow = FlowBuilder.Create<int>("host");
        flow.Task("io", flow.Input, Host).MayRun(bad).Retry(3).RetryOn<IOException>();
        flow.Task("own", flow.Input, Host).MayRun(bad).Retry(3).RetryOn<SubflowException>();
        flow.Task("ours", flow.Input, Host).MayRun(bad).Retry(3).RetryOn<ActorFlowException>();
        flow.Task("format", flow.Input, Host).MayRun(bad).Retry(3).RetryOn<FormatException>();

        var report = await Jobs.ReportOf(flow.Build(), 4);

        Assert.Equal(
            [3, 3, 3, 1],
            ((string[])["io", "own", "ours", "format"]).Select(task => report[task].Attempts));
        Assert.Contains("RunAsync", report["io"].Error!.StackTrace, StringComparison.Ordinal);

        async Task<int> Host(int x, TaskContext context) => await context.RunAsync(bad, x);
    }

    [Fact]
    public async Task A_running_task_that_is_asked_to_stop_hears_so_from_the_flow_that_it_waits_for()
    {
        var (gate, heard) = (new Gate(), new TaskCompletionSource<Exception>());
        var inner = FlowBuilder.Create<int>("inner");
        var waiting = inner.Build(inner.Task("wait", inner.Input, gate.PassAsync));
        var flow = FlowBuilder.Create<int>("host");
        var hosted = flow.Task("h", flow.Input, async (int x, TaskContext context) =>
        {
            try
            {
                return await context.RunAsync(waiting, x);
            }
            catch (Exception e)
            {
                heard.SetResult(e);
                throw;
            }
        }).MayRun(waiting);
        await using var engine = ActorFlowEngine.CreateInMemory();
        var job = await engine.SubmitAsync(flow.Build(hosted), 4);
        await gate.Began;
        await job.CancelAsync();
        await job.WaitAsync();

        Assert.IsType<OperationCanceledException>(await heard.Task);
    }

    [Fact]
    public async Task A_running_task_may_give_a_flow_more_time_than_any_timer_has()
    {
        var flow = FlowBuilder.Create<int>("host");
        var hosted = flow.Task("h", flow.Input, (int x, TaskContext context) =>
            context.RunAsync(PlusOne, x, timeout: TimeSpan.MaxValue)).MayRun(PlusOne);

        Assert.Equal(5, await Jobs.ResultOf(flow.Build(hosted), 4));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_runs_of_one_name_are_refused_rather_than_given_one_result(bool inMemory)
    {
        var flow = FlowBuilder.Create<int>("host");
        var hosted = flow.Task("h", flow.Input, async (int x, TaskContext context) =>
            await context.RunAsync(PlusOne, x) + await context.RunAsync(PlusOne, x + 1)).MayRun(PlusOne);
        using var data = new DataDirectory();
        var options = new ActorFlowOptions { InMemory = inMemory, DataDirectory = data.Path };
        await using var engine = ActorFlowEngine.Create(options);
        var job = await engine.SubmitAsync(flow.Build(hosted), 4);
        await job.WaitAsync();

        Assert.Contains(
            "has run 'plus-one' before, and not with this",
            (await job.GetReportAsync())["h"].Error!.Message,
            StringComparison.Ordinal);
    }

    private static int Fail(int x) => throw new InvalidOperationException("no luck");

    [Fact]
    public async Task A_negative_time_is_refused_before_anything_is_added()
    {
        var inner = FlowBuilder.Chain<int>("inner").Then("one", v => v).Build();
        var flow = FlowBuilder.Create<int>("outer");
        flow.Task("t", flow.Input, (int x, TaskContext context) => context.RunAsync(
            inner, x, timeout: TimeSpan.FromSeconds(-5))).MayRun(inner);
        var report = await Jobs.ReportOf(flow.Build(), 1);
        Assert.Equal(typeof(ArgumentOutOfRangeException).FullName, report["t"].Error!.Type);
        Assert.Single(report.Tasks);
    }
}
