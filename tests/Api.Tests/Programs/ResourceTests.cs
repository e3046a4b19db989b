namespace ActorFlow.Api.Tests.Programs;

/// <summary>Tasks and programs that share resources.</summary>
public sealed class ResourceTests
{
    [Fact]
    public async Task Tasks_hold_what_they_need_and_no_more_run_than_there_are_units()
    {
        var (most, now) = (0, 0);
        var flow = FlowBuilder.Create("f");
        for (var i = 0; i < 12; i++)
            flow.Task($"t{i}", async (TaskContext _) =>
            {
                InterlockedMax(ref most, Interlocked.Increment(ref now));
                await Task.Yield();
                Interlocked.Decrement(ref now);
            }).Needs("licence", 2);
        Assert.Equal(JobPhase.Succeeded, await RunAsync(flow.Build(), options => options.Resources["licence"] = 4));
        Assert.InRange(most, 1, 2);
    }

    [Fact]
    public async Task What_a_failed_attempt_held_goes_to_the_next()
    {
        var flow = FlowBuilder.Create("f");
        flow.Task("fails", int () => throw new IOException("no")).Needs("licence").Retry(3).IgnoreFailures(0);
        flow.Task("works", () => 1).Needs("licence");
        Assert.Equal(JobPhase.Succeeded, await RunAsync(flow.Build(), options => options.Resources["licence"] = 1));
    }

    [Fact]
    public async Task A_cancelled_attempt_leaves_the_queue_and_gives_back_what_it_holds()
    {
        var holds = new TaskCompletionSource();
        var options = new ActorFlowOptions { InMemory = true };
        options.Resources["licence"] = 1;
        await using var engine = ActorFlowEngine.Create(options);
        var holder = await engine.SubmitAsync(Scripts.Flow(
            async context =>
            {
                holds.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, context.CancellationToken);
                return 1;
            },
            task => task.Needs("licence")));
        await holds.Task;
        var waiter = await engine.SubmitAsync(Scripts.Flow(_ => Task.FromResult(1), task => task.Needs("licence")));
        var other = await engine.SubmitAsync(Scripts.Flow(_ => Task.FromResult(2), task => task.Needs("licence")));
        await waiter.CancelAsync();
        Assert.Equal(JobPhase.Cancelled, await waiter.WaitAsync());
        await holder.CancelAsync();
        Assert.Equal(2, await other.GetResultAsync());
    }

    [Fact]
    public async Task An_abandoned_attempt_gives_back_what_it_holds()
    {
        using var release = new ManualResetEventSlim();
        var flow = FlowBuilder.Create("f");
        flow.Task("stuck", () => release.Wait(TimeSpan.FromMinutes(1))).Needs("licence").IgnoreFailures(false)
            .Timeouts(new TaskTimeouts { Attempt = TimeSpan.FromMilliseconds(20), Grace = TimeSpan.Zero });
        flow.Task("next", () => 1).Needs("licence");
        try
        {
            Assert.Equal(JobPhase.Succeeded, await RunAsync(flow.Build(), options => options.Resources["licence"] = 1));
        }
        finally
        {
            release.Set();
        }
    }

    [Fact]
    public async Task Programs_of_a_task_with_needs_run_on_what_it_holds()
    {
        var both = ProcessSpec.Program("echo", "b") with { Needs = ResourceNeeds.Of("nproc", 2) };
        var outputs = await Scripts.ResultOf(
            async context => (await context.ExecParallelAsync([ProcessSpec.Program("echo", "a"), both]))
                .Select(result => result.Output).ToArray(),
            options => options.Resources["nproc"] = 2,
            task => task.Needs("nproc", 2));
        Assert.Equal(["a\n", "b\n"], outputs);
    }

    [Theory]
    [InlineData("nproc", 3, "The command 'true' of task 't' needs 3 of 'nproc', and the engine has 2 in all. "
        + "To give it as many: Resources[\"nproc\"] = 3 in the options of the engine, or --resource nproc=3 on the "
        + "command line.")]
    [InlineData("nprocs", 1, "The command 'true' of task 't' needs 1 of 'nprocs', and the engine has no such resource. "
        + "It has: nproc. Did you mean 'nproc'? To give it as many: Resources[\"nprocs\"] = 1 in the options of the "
        + "engine, or --resource nprocs=1 on the command line.")]
    public async Task A_program_that_needs_more_than_there_is_is_an_error(string resource, int units, string message)
    {
        var report = await Scripts.ReportOf(
            context => context.ExecAsync(
                ProcessSpec.Program("true") with { Needs = ResourceNeeds.Of(resource, units) }),
            options => options.Resources["nproc"] = 2);
        Assert.Equal(message, report["t"].Error!.Message);
    }

    [Fact]
    public async Task A_program_gets_no_more_than_its_task_holds()
    {
        var report = await Scripts.ReportOf(
            context => context.ExecAsync(ProcessSpec.Program("true") with { Needs = ResourceNeeds.Of("nproc", 2) }),
            options => options.Resources["nproc"] = 2,
            task => task.Needs("nproc"));
        Assert.Equal(
            "The command 'true' of task 't' needs 2 of 'nproc', and the task has 1 in all.",
            report["t"].Error!.Message);
    }

    [Fact]
    public async Task A_job_that_needs_more_than_there_is_is_refused()
    {
        var flow = Scripts.Flow(_ => Task.FromResult(1), task => task.Needs("licence", 3));
        var options = new ActorFlowOptions { InMemory = true };
        options.Resources["licence"] = 2;
        await using var engine = ActorFlowEngine.Create(options);
        var error = await Assert.ThrowsAsync<ActorFlowException>(() => engine.SubmitAsync(flow));
        Assert.Equal(
            "Flow 'scripts': task 't' needs 3 of 'licence', and the engine has 2 in all. To give it as many: "
            + "Resources[\"licence\"] = 3 in the options of the engine, or --resource licence=3 on the command line.",
            error.Message);
    }

    [Fact]
    public void Needs_that_make_no_sense_are_faults_of_the_flow()
    {
        var error = Assert.Throws<FlowDefinitionException>(
            () => Scripts.Flow(_ => Task.FromResult(1), task => task.Needs("licence", 0)));
        Assert.EndsWith(
            "it needs 0 units of 'licence'; it must be at least 1.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_cannot_hold_what_the_flows_that_it_waits_for_may_need()
    {
        var inner = FlowBuilder.Chain<int>("inner").Then("x", x => x).Build();
        var error = Assert.Throws<FlowDefinitionException>(
            () => Scripts.Flow(_ => Task.FromResult(1), task => task.Needs("nproc").MayRun(inner)));
        Assert.Contains("holds 1 of nproc while it waits for flows", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_resource_without_units_is_a_fault_of_the_options()
    {
        var options = new ActorFlowOptions { InMemory = true };
        options.Resources["licence"] = 0;
        Assert.Equal(["Resource 'licence' has 0 units; it needs at least 1."], options.Faults());
    }

    private static async Task<JobPhase> RunAsync(Flow<Nothing, Nothing> flow, Action<ActorFlowOptions> configure)
    {
        var options = new ActorFlowOptions { InMemory = true };
        configure(options);
        await using var engine = ActorFlowEngine.Create(options);
        return await (await engine.SubmitAsync(flow)).WaitAsync();
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); seen < value; seen = Volatile.Read(ref most))
            Interlocked.CompareExchange(ref most, value, seen);
    }
}
