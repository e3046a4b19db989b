using ActorFlow.Actors;

namespace ActorFlow.TestKit.Tests.Flows;

/// <summary>A test that is mistaken about its flow fails and says so: it is not green.</summary>
public sealed class MistakenTestTests
{
    private static readonly int[] OneToThree = [1, 2, 3];

    [Fact]
    public async Task An_expectation_of_a_task_that_no_job_can_have_is_refused_with_a_suggestion()
    {
        await using var test = new FlowTest(Pages());
        var error = Assert.Throws<ActorFlowException>(() => test.CrashAfter(Expect.Succeeded("fetsh")));
        Assert.Equal("Flow 'pages' has no task 'fetsh'. Did you mean 'fetch'?", error.Message);
        await test.StartAsync("x");
        await Assert.ThrowsAsync<ActorFlowException>(() => test.ExpectAsync(Expect.Started("fetsh")));
        var run = await test.EndAsync();
        Assert.Throws<ActorFlowException>(() => run.ShouldHave(Expect.Ended(), Expect.Started("fetsh")));
        Assert.Throws<ActorFlowException>(() => run.ShouldNotHave(Expect.Failed("fetsh")));
        Assert.Throws<ArgumentOutOfRangeException>(() => Expect.Started("fetch", attempt: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Expect.AttemptFailed("fetch", attempt: 0));
    }

    [Fact]
    public async Task A_crash_that_never_comes_fails_the_test()
    {
        await using var test = new FlowTest(Pages())
            .CrashAfter(Expect.Started("fetch"))
            .CrashAfter(Expect.Started("fetch", attempt: 7))
            .CrashAfter(Expect.Succeeded("count"));
        var error = await Assert.ThrowsAsync<FlowTestException>(() => test.RunAsync("x"));
        Assert.StartsWith(
            "A crash was to come after 'fetch' starts 7. It did not come: the job has ended as Succeeded.\n00:00:00  ",
            error.Message);
        Assert.Contains("  'fetch' attempt 2 starts\n", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            "  the job ends as Succeeded\n?? a crash after 'fetch' starts 7\n?? a crash after 'count' succeeds\n",
            error.Message);
    }

    [Fact]
    public async Task A_crash_after_the_last_event_comes_too()
    {
        await using var test = new FlowTest(Pages()).CrashAfter(Expect.Ended());
        var run = await test.RunAsync("x");
        Assert.Equal((JobPhase.Succeeded, 2), (run.Outcome, run.Lives));
        Assert.Equal(1, run.Output<int>("count"));
    }

    [Fact]
    public async Task An_input_that_the_flow_cannot_read_is_refused_as_the_engine_would()
    {
        await using var test = new FlowTest(Squares());
        var error = await Assert.ThrowsAsync<JobRejectedException>(() => test.RunAsync("two"));
        Assert.StartsWith("Job 'test': Flow 'squares' cannot read its input: \"two\" cannot be read as", error.Message);
        Assert.Equal(14, (await test.RunAsync(OneToThree)).Output<int>("sum"));
        error = Assert.Throws<JobRejectedException>(() => FlowSimulator.Run(Squares(), seeds: 3, input: "two"));
        Assert.Contains("Flow 'squares' cannot read its input", error.Message, StringComparison.Ordinal);
        Assert.Throws<JobRejectedException>(() => FlowSimulator.Replay(Squares(), 1, "two"));
    }

    private static ExecutableFlow Pages()
    {
        var flow = FlowBuilder.Create<string>("pages");
        var page = flow.Task("fetch", flow.Input, text => text);
        return flow.Build(flow.Task("count", page, text => text.Split(' ').Length)).Executable;
    }

    private static ExecutableFlow Squares(Flow<int, int>? each = null)
    {
        var flow = FlowBuilder.Create<IReadOnlyList<int>>("squares");
        var square = FlowBuilder.Chain<int>("each").Then("square", x => x * x).Build();
        var squares = flow.Map("sq", flow.Input, each ?? square);
        return flow.Build(flow.Task("sum", squares, all => all.Sum())).Executable;
    }

    /// <summary>A task that must not run.</summary>
    private sealed class Square : SyncTask<int, int>
    {
        public override int Run(int input, TaskContext context) => throw new InvalidOperationException($"{input}");
    }
}
