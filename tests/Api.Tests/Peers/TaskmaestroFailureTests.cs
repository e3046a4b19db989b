using ActorFlow.Api.Tests.Building;
using ActorFlow.TestKit;

namespace ActorFlow.Api.Tests.Peers;

/// <summary>The cases of taskmaestro about what fails, what ends too late, and what is nested.</summary>
public sealed class TaskmaestroFailureTests
{
    [Fact]
    public async Task Taskmaestro_T11_a_failure_is_four_events_and_those_of_the_skip()
    {
        var flow = FlowBuilder.Create<int>("failing");
        flow.Task("next", flow.Task("fails", flow.Input, int (_) => throw new InvalidOperationException("no")), x => x);
        await using var test = new FlowTest(flow.Build().Executable);

        var run = await test.RunAsync(1);

        Assert.Equal(
            ["JobSubmitted", "TaskStarted", "AttemptFailed", "TaskFailed", "TaskSkipped", "JobEnded"],
            run.Events.Select(fact => fact.GetType().Name));
        Assert.Equal("no", Assert.Single(run.Events.OfType<JobEvent.AttemptFailed>()).Failure.Message);
    }

    [Fact]
    public async Task Taskmaestro_T11_a_task_that_cannot_be_made_starts_nothing_else()
    {
        var flow = FlowBuilder.Create<int>("unmakeable");
        flow.Task("unmade", flow.Input, services => services.Create<Multiply>());
        await using var test = new FlowTest(flow.Build().Executable);

        var run = await test.RunAsync(1);

        Assert.Equal(JobPhase.Failed, run.Outcome);
        Assert.Contains(nameof(Settings), run.Report["unmade"].Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Taskmaestro_T11_a_value_of_the_wrong_type_in_the_configuration_is_refused_before_anything_runs()
    {
        var flow = FlowBuilder.Create<int>("configured");
        flow.Task("scale", flow.Input, Source.Setting<int>("Factor"), (x, factor) => x * factor)
            .Configure(new { Factor = "many" });

        var fault = Assert.Single(Assert.Throws<FlowDefinitionException>(() => flow.Build()).Faults);

        Assert.Equal((FlowFaultCode.TypeMismatch, "scale"), (fault.Code, fault.Task));
    }

    [Fact]
    public async Task Taskmaestro_T11_a_job_is_not_run_again_with_another_input()
    {
        var runs = 0;
        var flow = FlowBuilder.Create<int>("once");
        var built = flow.Build(flow.Task("count", flow.Input, x => x + ++runs));
        await using var engine = ActorFlowEngine.CreateInMemory();
        var options = new JobOptions { Id = new JobId("once") };
        await (await engine.SubmitAsync(built, 1, options)).WaitAsync();

        Assert.Equal(2, await (await engine.SubmitAsync(built, 1, options)).GetResultAsync());
        await Assert.ThrowsAsync<JobConflictException>(() => engine.SubmitAsync(built, 2, options));
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task Taskmaestro_T15_a_job_that_takes_too_long_ends_at_its_limit()
    {
        await using var test = new FlowTest(Late(swallows: false, out _));

        var run = await test.RunAsync();

        Assert.Equal((JobPhase.TimedOut, TimeSpan.FromSeconds(0.5)), (run.Outcome, run.Elapsed));
        Assert.Equal(["succeeded", "cancelled", "cancelled"], run.Report.Tasks.Select(task => task.Status));
        Assert.StartsWith("Job 'test' of flow 'late' timed out after", run.Report.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Taskmaestro_T15_behind_a_task_that_swallows_its_cancellation_nothing_runs()
    {
        await using var test = new FlowTest(Late(swallows: true, out var ran));

        var run = await test.RunAsync();

        Assert.Equal(JobPhase.TimedOut, run.Outcome);
        Assert.Equal(["quick", "slow"], ran);
        Assert.Equal(TaskPhase.Cancelled, run.Report["next"].Phase);
    }

    [Fact]
    public async Task Taskmaestro_T16_limits_below_a_second_count()
    {
        var flow = FlowBuilder.Create("sub-second");
        flow.Task("t", (TaskContext context) =>
                Task.Delay(TimeSpan.FromSeconds(1.4), context.Time, context.CancellationToken))
            .Timeout(TimeSpan.FromSeconds(1.9));
        await using var test = new FlowTest(flow.Build().Executable);

        var run = await test.RunAsync();

        Assert.Equal((JobPhase.Succeeded, TimeSpan.FromSeconds(1.4)), (run.Outcome, run.Elapsed));
    }

    [Fact]
    public async Task Taskmaestro_T8_a_service_reaches_a_nested_flow()
    {
        var inner = FlowBuilder.Create<int>("inner");
        var multiplied = inner.Build(inner.Task("multiply", inner.Input, services => services.Create<Multiply>()));
        var flow = FlowBuilder.Create<int>("outer");
        var nested = flow.Run("nested", flow.Input, multiplied);

        Assert.Equal(21, await Jobs.ResultOf(flow.Build(nested), 3, new Seven()));
    }

    private static Actors.ExecutableFlow Late(bool swallows, out List<string> ran)
    {
        var names = ran = [];
        var flow = FlowBuilder.Create("late").Timeout(TimeSpan.FromSeconds(0.5));
        var quick = flow.Task("quick", () => names.Add("quick")).Timeout(TimeSpan.FromSeconds(30));
        var slow = flow.Task("slow", async (TaskContext context) =>
        {
            names.Add("slow");
            var delay = Task.Delay(TimeSpan.FromSeconds(5), context.Time, context.CancellationToken);
            await delay.ConfigureAwait(swallows ? ConfigureAwaitOptions.SuppressThrowing : ConfigureAwaitOptions.None);
        }).After(quick);
        flow.Task("next", () => names.Add("next")).After(slow);
        return flow.Build().Executable;
    }

    private sealed class Seven : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(Settings) ? new Settings(7) : null;
    }
}
