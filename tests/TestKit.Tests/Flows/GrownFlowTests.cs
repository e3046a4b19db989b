using ActorFlow.Actors;

namespace ActorFlow.TestKit.Tests.Flows;

/// <summary>Flows in a test whose tasks add others to the job: those are known by their names like any other.</summary>
public sealed class GrownFlowTests : IDisposable
{
    private static readonly int[] OneToThree = [1, 2, 3];

    private readonly string _directory = Directory.CreateTempSubdirectory("actorflow-grown-").FullName;

    [Fact]
    public async Task The_story_names_tasks_that_were_added()
    {
        await using var test = new FlowTest(Squares());
        var run = await test.RunAsync(OneToThree);
        run.ShouldHave(
            Expect.Expanded("sq"), Expect.Started("sq[1]"), Expect.Succeeded("SQ[1]"), Expect.Started("sq", attempt: 2),
            Expect.Succeeded("sum"), Expect.Ended(JobPhase.Succeeded));
        run.ShouldNotHave(Expect.Started("sq[3]"));
        Assert.Contains("'sq' attempt 1 adds 'sq[0]', 'sq[1]', 'sq[2]'\n", run.Story, StringComparison.Ordinal);
        Assert.Contains("'sq[2]' succeeds with 9\n", run.Story, StringComparison.Ordinal);
        Assert.Equal((4, 14), (run.Output<int>("sq[1]"), run.Output<int>("sum")));
    }

    [Fact]
    public async Task One_item_of_a_map_is_replaced_or_all_of_them()
    {
        await using var one = new FlowTest(Squares()).Stub("sq[1]", 100);
        Assert.Equal(110, (await one.RunAsync(OneToThree)).Output<int>("sum"));
        await using var all = new FlowTest(Squares()).Stub("sq[*]", call => call.Decode<int>(call.JobInput) + 1);
        Assert.Equal(9, (await all.RunAsync(OneToThree)).Output<int>("sum"));
        await using var whole = new FlowTest(Squares()).Stub<int[]>("sq", [5, 6]);
        Assert.Equal(11, (await whole.RunAsync(OneToThree)).Output<int>("sum"));
    }

    [Fact]
    public async Task Each_item_fails_as_often_as_was_said_of_all_of_them()
    {
        var each = FlowBuilder.Create<int>("each");
        var square = each.Task("square", each.Input, x => x * x).Retry(3);
        await using var test = new FlowTest(Squares(each.Build(square)))
            .Fail("sq[*]", new IOException("down"), attempts: 2);
        var run = await test.RunAsync(OneToThree);
        Assert.Equal(JobPhase.Succeeded, run.Outcome);
        Assert.All(run.Report.Tasks.Where(task => task.Name.StartsWith("sq[", StringComparison.Ordinal)),
            task => Assert.Equal(3, task.Attempts));
    }

    [Fact]
    public async Task A_class_is_replaced_in_flows_that_are_added_too()
    {
        var each = FlowBuilder.Create<int>("each");
        var flow = Squares(each.Build(each.Task("square", each.Input, new Square())));
        await using var test = new FlowTest(flow).StubAll<Square, int>(7);
        Assert.Equal(21, (await test.RunAsync(OneToThree)).Output<int>("sum"));
    }

    [Fact]
    public async Task A_crash_after_an_item_costs_nothing_that_was_recorded()
    {
        var runs = new List<int>();
        await using var test = new FlowTest(Squares(Each(x => Note(runs, x))))
            .CrashAfter(Expect.Expanded("sq"))
            .CrashAfter(Expect.Succeeded("sq[1]"));
        var run = await test.RunAsync(OneToThree);
        Assert.Equal((3, 14), (run.Lives, run.Output<int>("sum")));
        Assert.Single(runs, x => x == 2);
    }

    [Fact]
    public async Task A_task_of_a_nested_flow_is_probed_held_and_settled()
    {
        var inner = FlowBuilder.Create<int>("inner");
        var a = inner.Task("a", inner.Input, x => x + 1)
            .Retry(new RetryPolicy { OnExhausted = Directive.Hold });
        var flow = FlowBuilder.Create<int>("outer");
        var nested = flow.Run("nested", flow.Input, inner.Build(inner.Task("b", a, x => x * 10)));
        await using var test = new FlowTest(flow.Build(nested).Executable)
            .Fail("nested.inner.a", new IOException("once"), attempts: 1);
        await test.StartAsync(1);
        await test.ExpectAsync(Expect.Held("nested.inner.a"));
        await test.SettleAsync("nested.inner.a", Directive.Retry);
        await test.ExpectAsync(Expect.Succeeded("nested.inner.b"));
        Assert.Equal(20, (await test.EndAsync()).Output<int>("nested"));
    }

    [Fact]
    public async Task A_task_that_is_added_hangs_and_meets_its_time_out()
    {
        var each = FlowBuilder.Create<int>("each");
        var square = each.Task("square", each.Input, x => x * x).Retry(2).Timeout(TimeSpan.FromHours(1));
        await using var test = new FlowTest(Squares(each.Build(square))).Hang("sq[2]", attempts: 1);
        var run = await test.RunAsync(OneToThree);
        run.ShouldHave(Expect.Stopping("sq[2]"), Expect.Succeeded("sq[2]"), Expect.Ended(JobPhase.Succeeded));
        Assert.True(run.Elapsed >= TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task The_clock_turns_while_an_attempt_waits_for_the_flow_that_it_runs()
    {
        await using var test = new FlowTest(Hosting()).Fail("host.slow*", new IOException("down"), attempts: 2);
        var run = await test.RunAsync(4);
        run.ShouldHave(
            Expect.Started("host", attempt: 1), Expect.Expanded("host"), Expect.AttemptFailed("host.slow", attempt: 2),
            Expect.Succeeded("host.slow"), Expect.Continued("host"), Expect.Succeeded("host"));
        Assert.Equal((TimeSpan.FromDays(2), 5), (run.Elapsed, run.Output<int>("host")));
        Assert.Contains("adds 'host.slow', and waits for 'slow'\n", run.Story, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_crash_an_attempt_gets_the_flow_that_runs_already()
    {
        await using var test = new FlowTest(Hosting()).CrashAfter(Expect.Succeeded("host.slow"));
        var run = await test.RunAsync(4);
        run.ShouldHave(Expect.Succeeded("host.slow"), Expect.Started("host", attempt: 2), Expect.Continued("host"));
        Assert.Contains("'host' attempt 2 waits for what was added before\n", run.Story, StringComparison.Ordinal);
        Assert.Equal((1, 5), (run.Report["host.slow"].Attempts, run.Output<int>("host")));
    }

    [Fact]
    public async Task A_name_that_no_task_can_have_is_refused()
    {
        await using var test = new FlowTest(Squares());
        Assert.Contains(
            "Did you mean 'sum'?", Assert.Throws<ActorFlowException>(() => test.Stub("sun", 1)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ActorFlowException>(() => test.Stub("sum[0]", 1));
        await test.StartAsync(OneToThree);
        await Assert.ThrowsAsync<ActorFlowException>(() => test.SettleAsync("sq[7]", Directive.Fail));
    }

    [Fact]
    public async Task A_history_with_tasks_that_were_added_is_kept_and_a_changed_one_among_them_is_named()
    {
        await using (var test = new FlowTest(Squares()))
            await GoldenHistory.RecordAsync(await test.RunAsync(OneToThree), _directory);
        GoldenHistory.RequireResumable(Squares(), _directory);

        var each = FlowBuilder.Create<int>("each");
        var more = each.Task("more", each.Task("square", each.Input, x => x * x), x => x + 1);
        var error = Assert.Throws<FlowChangedException>(
            () => GoldenHistory.RequireResumable(Squares(each.Build(more)), _directory));
        Assert.Equal("task 'sq' changed", error.Difference);
    }

    [Fact]
    public void Flows_that_grow_keep_their_invariant_under_seeds()
    {
        var round = FlowBuilder.Chain<int>("round").Then("add", x => x + 1).Build();
        var flow = FlowBuilder.Create<IReadOnlyList<int>>("grows");
        var squares = flow.Map("sq", flow.Input, Each(x => x * x), new MapOptions { Parallelism = 2, MaxFailures = 0 })
            .Retry(200);
        var sum = flow.Task("sum", squares, all => all.Sum()).Retry(200);
        var looped = flow.Repeat("loop", sum, 3, round).Retry(200);
        var made = flow.Generate("made", looped, [round], (x, growth) =>
        {
            var first = growth.Add(round, "first", x);
            return growth.Add(round, "second", first).After(first);
        }).Retry(200);
        var hosted = flow.Task(
            "host", made, (int x, TaskContext context) => context.RunAsync(round, x, "in")).MayRun(round).Retry(200);

        var result = FlowSimulator.Run(flow.Build(hosted).Executable, seeds: 60, input: OneToThree, invariant: run =>
        {
            Assert.Equal(JobPhase.Succeeded, run.Outcome);
            Assert.Equal(20, run.Output<int>("host"));
        });
        Assert.True(result.Crashes > 20, $"{result.Crashes} crashes");
        Assert.True(result.Injected > 20, $"{result.Injected} injected");
    }

    [Fact]
    public void Items_are_replaced_in_a_simulation()
    {
        var options = new SimulationOptions
        {
            Failures = false,
            Stubs = new Dictionary<string, Func<TaskCall, object?>>(StringComparer.Ordinal) { ["sq[*]"] = _ => 2 },
        };
        FlowSimulator.Run(Squares(), seeds: 20, input: OneToThree, options: options, invariant: run =>
            Assert.Equal(6, run.Output<int>("sum")));
        Assert.Contains("'sq[0]'", FlowSimulator.Replay(Squares(), 1, OneToThree), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static ExecutableFlow Squares(Flow<int, int>? each = null)
    {
        var flow = FlowBuilder.Create<IReadOnlyList<int>>("squares");
        var squares = flow.Map("sq", flow.Input, each ?? Each(x => x * x));
        return flow.Build(flow.Task("sum", squares, all => all.Sum())).Executable;
    }

    private static Flow<int, int> Each(Func<int, int> run)
    {
        var each = FlowBuilder.Create<int>("each");
        return each.Build(each.Task("square", each.Input, run).Retry(200));
    }

    private static ExecutableFlow Hosting()
    {
        var slow = FlowBuilder.Create<int>("slow");
        var plus = slow.Task("plus", slow.Input, x => x + 1).Retry(5, new Backoff
        {
            Shape = BackoffShape.Constant,
            Initial = TimeSpan.FromDays(1),
            Max = TimeSpan.FromDays(1),
        });
        var inner = slow.Build(plus);
        var flow = FlowBuilder.Create<int>("hosting");
        var host = flow.Task(
            "host", flow.Input, (int x, TaskContext context) => context.RunAsync(inner, x)).MayRun(inner);
        return flow.Build(host).Executable;
    }

    private static int Note(List<int> runs, int x)
    {
        runs.Add(x);
        return x * x;
    }

    /// <summary>A task that must not run.</summary>
    private sealed class Square : SyncTask<int, int>
    {
        public override int Run(int input, TaskContext context) => throw new InvalidOperationException($"{input}");
    }
}
