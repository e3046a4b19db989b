namespace ActorFlow.Api.Tests.Engine;

public sealed class HandleTests
{
    [Fact]
    public async Task Events_are_told_live_from_the_first_to_the_last()
    {
        var gate = new Gate();
        await using var engine = ActorFlowEngine.CreateInMemory();
        var job = await engine.SubmitAsync(gate.Flow(), 1);
        var events = new List<string>();
        await foreach (var fact in job.ReadEventsAsync())
        {
            events.Add(fact.GetType().Name);
            if (fact is JobEvent.TaskStarted { Task: 1 }) gate.Open();
        }

        Assert.Equal(
            [
                "JobSubmitted", "TaskStarted", "TaskSucceeded", "TaskStarted", "TaskSucceeded", "TaskStarted",
                "TaskSucceeded", "JobEnded",
            ],
            events);
        Assert.Equal(["TaskSucceeded", "JobEnded"], await NamesFromAsync(job, 7));
    }

    [Fact]
    public async Task Whoever_waits_for_the_result_of_an_ended_job_can_leave()
    {
        await using var engine = ActorFlowEngine.CreateInMemory();
        var job = await engine.SubmitAsync(new Flaky(0).Flow(), 1);
        await job.WaitAsync();
        using var leaving = new CancellationTokenSource();
        using var goOn = new ManualResetEventSlim();
        var busy = job.Job.ReadAsync(_ =>
        {
            goOn.Wait(CancellationToken.None);
            return 0;
        });
        var waiting = job.GetResultAsync(leaving.Token);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        goOn.Set();
        await busy;
    }

    [Fact]
    public async Task A_reader_of_events_can_leave_before_the_end()
    {
        var gate = new Gate();
        await using var engine = ActorFlowEngine.CreateInMemory();
        var job = await engine.SubmitAsync(gate.Flow(), 1);
        await gate.Began;
        using var leaving = new CancellationTokenSource();
        var reading = NamesFromAsync(job, 1, leaving.Token);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        gate.Open();
    }

    [Fact]
    public async Task A_cancelled_job_asks_what_runs_to_stop_and_keeps_the_reason()
    {
        var gate = new Gate();
        await using var engine = ActorFlowEngine.CreateInMemory();
        var job = await engine.SubmitAsync(gate.Flow(), 1);
        await gate.Began;
        await job.CancelAsync("changed my mind");
        Assert.Equal(JobPhase.Cancelled, await job.WaitAsync());
        var report = await job.GetReportAsync();
        Assert.Contains("changed my mind", report.ToText(), StringComparison.Ordinal);
        Assert.Equal(
            [TaskPhase.Succeeded, TaskPhase.Cancelled, TaskPhase.Cancelled], report.Tasks.Select(task => task.Phase));
        await Assert.ThrowsAsync<JobRejectedException>(() => job.CancelAsync());
    }

    [Fact]
    public async Task A_paused_job_starts_nothing_until_it_is_resumed()
    {
        var gate = new Gate();
        await using var engine = ActorFlowEngine.CreateInMemory();
        var job = await engine.SubmitAsync(gate.Flow(), 1);
        await gate.Began;
        await job.PauseAsync();
        gate.Open();
        await foreach (var fact in job.ReadEventsAsync())
            if (fact is JobEvent.TaskSucceeded { Task: 1 }) break;

        var progress = await job.GetProgressAsync();
        Assert.Equal((JobPhase.Paused, 0, 2), (progress.Phase, progress.Running, progress.Counts.Succeeded));
        await job.ResumeAsync();
        Assert.Equal(4, await job.GetResultAsync());
    }

    [Fact]
    public async Task What_failed_runs_again_on_request_and_successes_stay()
    {
        var flaky = new Flaky(1);
        await using var engine = ActorFlowEngine.CreateInMemory();
        var job = await engine.SubmitAsync(flaky.Flow(), 1);
        Assert.Equal(JobPhase.Failed, await job.WaitAsync());
        await job.RetryFailedAsync();
        Assert.Equal(20, await job.GetResultAsync());
        var report = await job.GetReportAsync();
        Assert.Equal([1, 2, 1], report.Tasks.Select(task => task.Attempts));
        await Assert.ThrowsAsync<JobRejectedException>(() => job.RetryFailedAsync());
    }

    [Fact]
    public async Task Two_handles_of_an_ended_job_speak_of_the_same_job_when_it_goes_on()
    {
        var flaky = new Flaky(1);
        await using var engine = ActorFlowEngine.CreateInMemory();
        var flow = flaky.Flow();
        engine.Register(flow);
        var job = await engine.SubmitAsync(flow, 1);
        await job.WaitAsync();
        var other = (await engine.GetAsync(job.Id))!;
        await other.RetryFailedAsync();
        Assert.Equal(20, await job.GetResultAsync());
        Assert.Equal(JobPhase.Succeeded, await other.WaitAsync());
    }

    [Fact]
    public async Task A_task_that_waits_for_an_operator_goes_on_as_he_decides()
    {
        var flaky = new Flaky(9);
        await using var engine = ActorFlowEngine.CreateInMemory();
        var job = await engine.SubmitAsync(
            flaky.Flow(middle => middle.Retry(new RetryPolicy { OnExhausted = Directive.Hold })), 1);
        await foreach (var fact in job.ReadEventsAsync())
            if (fact is JobEvent.TaskHeld) break;
        await job.SettleAsync("middle", Directive.Ignore, Payload.Live(5));
        Assert.Equal(50, await job.GetResultAsync());
    }

    [Fact]
    public async Task Events_from_behind_the_end_are_none_until_the_job_goes_on()
    {
        var flaky = new Flaky(1);
        await using var engine = ActorFlowEngine.CreateInMemory();
        var job = await engine.SubmitAsync(flaky.Flow(), 1);
        await job.WaitAsync();
        var count = (await NamesFromAsync(job, 1)).Count;

        Assert.Empty(await NamesFromAsync(job, count + 1));
        await job.RetryFailedAsync();
        Assert.Equal("JobReopened", (await NamesFromAsync(job, count + 1))[0]);
    }

    [Fact]
    public async Task A_job_that_succeeds_without_a_result_says_which_task_had_none()
    {
        var flow = FlowBuilder.Create<int>("skips");
        var result = flow.Task("result", flow.Input, x => x).OnlyIf(flow.Input, x => x > 5);
        await using var engine = ActorFlowEngine.CreateInMemory();

        var error = await Assert.ThrowsAsync<JobFailedException>(
            () => engine.RunAsync(flow.Build(result), 1, new JobOptions { Id = new JobId("j") }));

        Assert.Equal(
            "Job 'j' succeeded without a result: task 'result', whose output it is, was skipped.", error.Message);
    }

    private static async Task<List<string>> NamesFromAsync(
        JobHandle job, long version, CancellationToken cancellationToken = default)
    {
        var names = new List<string>();
        await foreach (var fact in job.ReadEventsAsync(version, cancellationToken)) names.Add(fact.GetType().Name);
        return names;
    }

    [Fact]
    public async Task A_job_that_somebody_holds_is_found_whatever_other_flow_has_its_name()
    {
        await using var engine = ActorFlowEngine.CreateInMemory();
        await engine.RunAsync(FlowBuilder.Chain<int>("x").Then("a", v => v).Build(), 1);
        var job = await engine.SubmitAsync(FlowBuilder.Chain<int>("x").Then("b", v => v).Build(), 2);
        await job.WaitAsync();
        Assert.Equal(JobPhase.Succeeded, await (await engine.GetAsync(job.Id))!.WaitAsync());
    }

    [Fact]
    public async Task A_closed_engine_says_so_also_to_who_wants_a_list()
    {
        var engine = ActorFlowEngine.CreateInMemory();
        await engine.DisposeAsync();
        var error = await Assert.ThrowsAsync<ObjectDisposedException>(() => engine.ListAsync());
        Assert.StartsWith("The engine is closed", error.Message, StringComparison.Ordinal);
    }
}
