using ActorFlow.Api.Tests.Building;

namespace ActorFlow.Api.Tests.Dynamics;

/// <summary>A flow for every item of a collection.</summary>
public sealed class MapTests
{
    private static readonly int[] OneToFour = [1, 2, 3, 4];

    [Fact]
    public async Task A_map_gives_the_results_in_the_order_of_the_items()
    {
        var flow = FlowBuilder.Create<IReadOnlyList<int>>("maps");
        var doubled = flow.Map("double", flow.Input, x => 2 * x);
        var sum = flow.Task("sum", doubled, all => all.Sum());

        Assert.Equal(20, await Jobs.ResultOf(flow.Build(sum), OneToFour));
    }

    [Fact]
    public async Task Every_item_is_a_task_of_its_own_in_the_report()
    {
        var flow = FlowBuilder.Create<IReadOnlyList<int>>("maps");
        flow.Map("sq", flow.Input, x => x * x);

        var report = await Jobs.ReportOf(flow.Build(), OneToFour);

        Assert.Equal(["sq", "sq[0]", "sq[1]", "sq[2]", "sq[3]"], report.Tasks.Select(task => task.Name));
        Assert.Equal("9", report["sq[2]"].Output!.ToString());
        Assert.Equal(5, report.Counts.Succeeded);
    }

    [Fact]
    public async Task A_map_is_tried_again_for_what_its_items_fail_of_or_what_that_derives_from()
    {
        var each = FlowBuilder.Chain<int>("each").Then("odd", FailsAtFirst).Build();
        var flow = FlowBuilder.Create<IReadOnlyList<int>>("maps");
        var options = new MapOptions { MaxFailures = 0 };
        flow.Map("io", flow.Input, each, options).Retry(2).RetryOn<IOException>();
        flow.Map("format", flow.Input, each, options).Retry(2).RetryOn<FormatException>();
        flow.Map("never", flow.Input, each, options).Retry(2).NeverRetry<IOException>();

        var report = await Jobs.ReportOf(flow.Build(), [1, 2]);

        Assert.Equal(
            "io Succeeded, format Failed, never Failed",
            string.Join(", ", report.Tasks.Where(task => !task.Name.Contains('[')).Select(t => $"{t.Name} {t.Phase}")));
        Assert.Contains(
            "'never[1]': System.IO.FileNotFoundException: not there", report["never"].Error!.Message,
            StringComparison.Ordinal);

        int FailsAtFirst(int item, TaskContext context) => item == 1 || context.Attempt > 1
            ? item
            : throw new FileNotFoundException("not there");
    }

    [Fact]
    public async Task The_failure_of_a_map_is_one_failure_of_the_job()
    {
        var each = FlowBuilder.Chain<int>("each").Then("odd", Odd).Build();
        var flow = FlowBuilder.Create<IReadOnlyList<int>>("maps");
        var map = flow.Map("m", flow.Input, each, new MapOptions { MaxFailures = 0 });
        await using var engine = ActorFlowEngine.CreateInMemory();

        var error = await Assert.ThrowsAsync<JobFailedException>(() => engine.RunAsync(flow.Build(map), [1, 2, 3, 4]));

        Assert.EndsWith(
            " Task 'm' failed: 2 of the 4 tasks that 'm' had added failed: "
            + "'m[1]': System.FormatException: odd; 'm[3]': System.FormatException: odd",
            error.Message, StringComparison.Ordinal);

        static int Odd(int item) => item % 2 == 0 ? throw new FormatException("odd") : item;
    }

    [Fact]
    public async Task Items_can_be_named_by_a_template()
    {
        var flow = FlowBuilder.Create<IReadOnlyList<int>>("maps");
        flow.Map("sq", flow.Input, x => x * x, new MapOptions { ItemName = "item-{index}" });

        var report = await Jobs.ReportOf(flow.Build(), OneToFour);

        Assert.Equal("16", report["sq.item-3"].Output!.ToString());
    }

    [Fact]
    public async Task A_map_of_nothing_gives_nothing()
    {
        var flow = FlowBuilder.Create<IReadOnlyList<int>>("maps");
        var doubled = flow.Map("double", flow.Input, x => 2 * x);

        Assert.Empty((await Jobs.ResultOf(flow.Build(doubled), []))!);
    }

    [Fact]
    public async Task A_map_over_a_dictionary_keeps_the_keys_whatever_they_hold()
    {
        var flow = FlowBuilder.Create<IReadOnlyDictionary<string, int>>("maps");
        var each = FlowBuilder.Chain<int>("each").Then("plus", x => x + 1).Build();
        var all = flow.MapValues("all", flow.Input, each);
        var input = new Dictionary<string, int> { ["a"] = 1, ["A"] = 2, ["with space"] = 3, ["x/y"] = 4 };

        var result = await Jobs.ResultOf(flow.Build(all), input);

        Assert.Equal(input.ToDictionary(p => p.Key, p => p.Value + 1), result!.ToDictionary());
    }

    [Fact]
    public async Task The_first_failure_stops_the_other_items_and_fails_the_task_with_its_message()
    {
        var flow = FlowBuilder.Create<IReadOnlyList<int>>("maps");
        var mapped = flow.Map("m", flow.Input, FailOnThree, new MapOptions { Parallelism = 1 });
        flow.Task("after", mapped, all => all.Count);

        var report = await Jobs.ReportOf(flow.Build(), OneToFour);

        Assert.Equal(JobPhase.Failed, report.Phase);
        Assert.Equal(
            ["failed", "succeeded", "succeeded", "failed", "cancelled", "skipped"],
            report.Tasks.Select(task => task.Status));
        Assert.Contains("three is bad", report["m"].Error!.Message, StringComparison.Ordinal);
        Assert.Equal("m", report["after"].SkippedBecause);
    }

    [Fact]
    public async Task Without_fail_fast_all_items_run_and_the_failures_are_named()
    {
        var flow = FlowBuilder.Create<IReadOnlyList<int>>("maps");
        flow.Map("m", flow.Input, FailOnThree, new MapOptions { MaxFailures = 0 });

        var report = await Jobs.ReportOf(flow.Build(), [3, 1, 3]);

        Assert.Equal(1, report.Counts.Succeeded);
        Assert.Equal(
            "2 of the 3 tasks that 'm' had added failed: 'm[0]': System.InvalidOperationException: three is bad; "
            + "'m[2]': System.InvalidOperationException: three is bad",
            report["m"].Error!.Message);
    }

    [Fact]
    public async Task All_outcomes_can_be_had_and_then_failures_of_items_fail_nothing()
    {
        var flow = FlowBuilder.Create<IReadOnlyList<int>>("maps");
        var each = FlowBuilder.Chain<int>("each").Then("one", FailOnThree).Build();
        var all = flow.MapAll("m", flow.Input, each);

        var results = await Jobs.ResultOf(flow.Build(all), [1, 3]);

        Assert.Equal([true, false], results!.Select(result => result.Succeeded));
        Assert.Equal((1, "three is bad"), (results![0].Value, results[1].Failure!.Message));
    }

    [Fact]
    public async Task No_more_items_are_under_way_than_allowed()
    {
        var (running, most) = (0, 0);
        var flow = FlowBuilder.Create<IReadOnlyList<int>>("maps");
        flow.Map("m", flow.Input, async x =>
        {
            var now = Interlocked.Increment(ref running);
            lock (flow) most = Math.Max(most, now);
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return x;
        }, new MapOptions { Parallelism = 3 });

        var report = await Jobs.ReportOf(flow.Build(), [.. Enumerable.Range(0, 200)]);

        Assert.Equal(JobPhase.Succeeded, report.Phase);
        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task Items_that_are_flows_have_all_their_tasks_in_the_job()
    {
        var flow = FlowBuilder.Create<IReadOnlyList<int>>("maps");
        var each = FlowBuilder.Chain<int>("each").Then("plus", x => x + 1).Then("times", x => x * 10).Build();
        var mapped = flow.Map("m", flow.Input, each);

        var report = await Jobs.ReportOf(flow.Build(mapped), [1, 2]);

        Assert.Equal(
            ["m", "m[0].plus", "m[0].times", "m[1].plus", "m[1].times"], report.Tasks.Select(task => task.Name));
        Assert.Equal("30", report["m[1].times"].Output!.ToString());
    }

    [Fact]
    public async Task A_matrix_runs_every_combination()
    {
        var flow = FlowBuilder.Create("matrix");
        var each = FlowBuilder.Chain<(string First, int Second)>("each").Then("join", x => $"{x.First}_{x.Second}");
        var all = flow.Matrix(
            "m",
            Source.Constant<IReadOnlyList<string>>(["a", "b"]), Source.Constant<IReadOnlyList<int>>([1, 2]),
            each.Build());

        Assert.Equal(["a_1", "a_2", "b_1", "b_2"], (await Jobs.ResultOf(flow.Build(all), Nothing.Value))!);
    }

    [Theory]
    [InlineData(0, 1, null, "it must be at least 1")]
    [InlineData(1, -1, null, "it must be 0 or more")]
    [InlineData(1, 1, "item", "put {index} or {key} into the name")]
    public void Options_that_make_no_sense_are_faults_of_the_flow(
        int parallelism, int maxFailures, string? name, string problem)
    {
        var flow = FlowBuilder.Create<IReadOnlyList<int>>("maps");
        flow.Map("m", flow.Input, x => x, new MapOptions
        {
            Parallelism = parallelism,
            MaxFailures = maxFailures,
            ItemName = name,
        });

        var error = Assert.Throws<FlowDefinitionException>(() => flow.Build());

        Assert.Contains(problem, Assert.Single(error.Faults).Message, StringComparison.Ordinal);
    }

    private static int FailOnThree(int x) => x == 3 ? throw new InvalidOperationException("three is bad") : x;

    [Fact]
    public async Task A_map_takes_arrays_and_lists_as_they_are()
    {
        var each = FlowBuilder.Chain<int>("item").Then("twice", x => 2 * x).Build();
        var flow = FlowBuilder.Create<int[]>("lists");
        var array = flow.Map("array", flow.Input, each);
        var list = flow.Task("list", flow.Input, numbers => numbers.ToList());
        var listed = flow.Map("listed", list, each);
        var last = flow.Task("last", array, listed, (a, b) => string.Join(",", a.Concat(b)));
        await using var engine = ActorFlowEngine.CreateInMemory();
        Assert.Equal("2,4,2,4", await engine.RunAsync(flow.Build(last), [1, 2]));
    }
}
