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
    public async Task A_stub_of_another_type_than_the_output_is_refused()
    {
        await using var test = new FlowTest(Pages());
        RequireRefused("System.Int32", () => test.Stub("Fetch", 12));
        RequireRefused("System.Int32", () => test.Stub<int>("fetch", _ => 12));
        RequireRefused("System.Int32", () => test.Stub<object>("fetch", 12));
        var error = Assert.Throws<FlowTestException>(() => test.Stub("count", (string?)null));
        Assert.Equal("Task 'count' gives System.Int32, and its stub gives null.", error.Message);
        Assert.Equal(4, (await test.Stub<object>("fetch", "a b c d").RunAsync("x")).Output<int>("count"));

        static void RequireRefused(string type, Func<FlowTest> stub)
        {
            var error = Assert.Throws<FlowTestException>(stub);
            Assert.Equal($"Task 'fetch' gives System.String, and its stub gives {type}.", error.Message);
        }
    }

    [Fact]
    public async Task A_stub_of_a_class_has_the_type_of_its_output_wherever_it_is()
    {
        var each = FlowBuilder.Create<int>("each");
        var flow = Squares(each.Build(each.Task("square", each.Input, new Square())));
        await using var test = new FlowTest(flow);
        var error = Assert.Throws<FlowTestException>(() => test.StubAll<Square, string>("no"));
        Assert.Equal("Task 'square' gives System.Int32, and its stub gives System.String.", error.Message);
    }

    [Fact]
    public async Task A_stub_whose_type_shows_only_as_it_runs_fails_its_own_task()
    {
        await using var added = new FlowTest(Squares()).Stub("sq[1]", "no");
        RequireFailed(await added.RunAsync(OneToThree), "sq[1]", "System.Int32", "System.String");
        await using var general = new FlowTest(Pages()).Stub("fetch", call => (object)call.Context.Attempt);
        RequireFailed(await general.RunAsync("x"), "fetch", "System.String", "System.Int32");
        var simulated = new SimulationOptions
        {
            Crashes = false,
            Failures = false,
            Stubs = new Dictionary<string, Func<TaskCall, object?>>(StringComparer.Ordinal) { ["fetch"] = _ => 12 },
        };
        FlowSimulator.Run(Pages(), seeds: 3, input: "x", options: simulated, invariant: run =>
            RequireFailed(run, "fetch", "System.String", "System.Int32"));

        static void RequireFailed(FlowRun run, string task, string output, string stub) => Assert.Equal(
            $"Task '{task}' gives {output}, and its stub gives {stub}.", run.Report[task].Error!.Message);
    }

    [Fact]
    public async Task A_task_without_an_output_takes_any_stub()
    {
        var flow = FlowBuilder.Create<string>("mails");
        flow.Task("mail", flow.Input, (Action<string>)(_ => throw new InvalidOperationException("The real one.")));
        var built = flow.Build().Executable;
        await using var test = new FlowTest(built).Stub("mail", "sent");
        Assert.Equal(JobPhase.Succeeded, (await test.RunAsync("x")).Outcome);
        await using var none = new FlowTest(built).Stub("mail", (object?)null);
        Assert.Equal(JobPhase.Succeeded, (await none.RunAsync("x")).Outcome);
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

    [Fact]
    public async Task An_output_that_is_something_else_or_is_not_there_is_told_with_its_task()
    {
        await using var test = new FlowTest(Pages()).Fail("count", new IOException("no"));
        var run = await test.RunAsync("x");
        var error = Assert.Throws<FlowTestException>(() => run.Output<int>("fetch"));
        Assert.StartsWith(
            "Task 'fetch' gives System.String, and System.Int32 is wanted: \"x\" cannot be read as System.Int32",
            error.Message);
        Assert.IsType<PayloadException>(error.InnerException);
        error = Assert.Throws<FlowTestException>(() => run.Output<int>("count"));
        Assert.StartsWith("Task 'count' has no output: it has failed.\n", error.Message);
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
