using ActorFlow.Api.Tests.Building;

namespace ActorFlow.Api.Tests.Dynamics;

/// <summary>When the condition of a task is asked, and when it is asked again.</summary>
public sealed class ConditionTests
{
    private readonly Queue<Func<bool>> _answers = new();
    private int _runs;

    [Fact]
    public async Task A_task_that_has_failed_is_not_skipped_by_its_condition()
    {
        Answers(() => true, () => false);
        var report = await Jobs.ReportOf(Flow(failures: 3), 1);

        Assert.Equal((JobPhase.Failed, "failed"), (report.Phase, report["t"].Status));
        Assert.Equal(3, _runs);
        Assert.Single(_answers);
    }

    [Fact]
    public async Task A_condition_that_threw_is_asked_again_and_may_skip()
    {
        Answers(() => throw new IOException("not now"), () => false);
        var report = await Jobs.ReportOf(Flow(failures: 0), 1);

        Assert.Equal((JobPhase.Succeeded, "skipped"), (report.Phase, report["t"].Status));
        Assert.Equal(0, _runs);
    }

    [Fact]
    public async Task What_a_condition_threw_is_the_failure_and_policies_can_tell_it_apart()
    {
        Answers(() => throw new IOException("not now"));
        await using var engine = ActorFlowEngine.CreateInMemory();
        var job = await engine.SubmitAsync(Flow(failures: 0, new RetryPolicy { MaxAttempts = 1 }), 1);
        Assert.Equal(JobPhase.Failed, await job.WaitAsync());

        var events = new List<JobEvent>();
        await foreach (var fact in job.ReadEventsAsync()) events.Add(fact);
        var failure = Assert.Single(events.OfType<JobEvent.AttemptFailed>()).Failure;
        Assert.Equal(("System.IO.IOException", "not now"), (failure.Type, failure.Message));
        Assert.True(failure.Is("ConditionException"));
        Assert.NotNull(failure.StackTrace);
    }

    [Fact]
    public async Task A_condition_is_asked_again_when_its_job_is_retried_after_its_end()
    {
        Answers(() => true, () => false);
        await using var engine = ActorFlowEngine.CreateInMemory();
        var job = await engine.SubmitAsync(Flow(failures: 3), 1);
        Assert.Equal(JobPhase.Failed, await job.WaitAsync());
        await job.RetryFailedAsync();

        Assert.Equal(JobPhase.Succeeded, await job.WaitAsync());
        Assert.Equal("skipped", (await job.GetReportAsync())["t"].Status);
    }

    private void Answers(params Func<bool>[] answers)
    {
        foreach (var answer in answers) _answers.Enqueue(answer);
    }

    private Flow<int, Nothing> Flow(int failures, RetryPolicy? policy = null)
    {
        var flow = FlowBuilder.Create<int>("conditional");
        flow.Task("t", flow.Input, x => ++_runs <= failures ? throw new IOException("boom") : x)
            .OnlyIf(flow.Input, _ => _answers.Dequeue()())
            .Retry(policy ?? new RetryPolicy { MaxAttempts = 3 });
        return flow.Build();
    }
}
