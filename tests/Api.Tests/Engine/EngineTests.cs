namespace ActorFlow.Api.Tests.Engine;

public sealed class EngineTests : IDisposable
{
    private static readonly JobId Id = new("job");
    private const string Closed =
        "The engine is closed; a job that had not ended goes on when an engine with the same journal resumes it.";

    private readonly DataDirectory _data = new();

    [Fact]
    public async Task Submitting_the_same_again_gives_the_job_that_is_there_and_its_result()
    {
        var flaky = new Flaky(0);
        await using var engine = _data.Open();
        var options = new JobOptions { Id = Id };
        var first = await engine.SubmitAsync(flaky.Flow(), 4, options);
        Assert.Equal(50, await first.GetResultAsync());
        var again = await engine.SubmitAsync(flaky.Flow(), 4, options);
        Assert.Equal(50, await again.GetResultAsync());
        Assert.Equal(1, flaky.Runs);
    }

    [Fact]
    public async Task The_same_id_with_another_input_or_flow_is_a_conflict_that_says_what_differs()
    {
        await using var engine = _data.Open();
        await engine.RunAsync(new Flaky(0).Flow(), 4, new JobOptions { Id = Id });
        var input = await Assert.ThrowsAsync<JobConflictException>(() =>
            engine.SubmitAsync(new Flaky(0).Flow(), 5, new JobOptions { Id = Id }));
        Assert.Contains("another input", input.Message, StringComparison.Ordinal);
        var flow = await Assert.ThrowsAsync<JobConflictException>(() =>
            engine.SubmitAsync(new Gate().Flow(), 4, new JobOptions { Id = Id }));
        Assert.Contains("flow 'flaky' instead of 'gated'", flow.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_that_names_no_job_is_refused_as_an_empty_one_is()
    {
        await using var engine = _data.Open();
        var options = new JobOptions { Id = default(JobId) };

        var error = await Assert.ThrowsAsync<ArgumentException>(
            () => engine.SubmitAsync(new Flaky(0).Flow(), 1, options));

        Assert.Equal(Assert.Throws<ArgumentException>(() => new JobId("")).Message, error.Message);
        Assert.Empty(await engine.ListAsync());
    }

    [Fact]
    public async Task A_flow_without_input_is_run_without_one()
    {
        var flow = FlowBuilder.Create("none");
        await using var engine = _data.Open();

        Assert.Equal(7, await engine.RunAsync(flow.Build(flow.Task("seven", () => 7))));
    }

    [Fact]
    public async Task A_job_that_fails_throws_its_report_at_whoever_wants_the_result()
    {
        await using var engine = _data.Open();
        var job = await engine.SubmitAsync(new Flaky(9).Flow(), 1);
        var error = await Assert.ThrowsAsync<JobFailedException>(() => job.GetResultAsync());
        Assert.Contains("failure 1", error.Message, StringComparison.Ordinal);
        Assert.Equal(TaskPhase.Skipped, error.Report["last"].Phase);
    }

    [Fact]
    public async Task Jobs_are_listed_in_the_order_of_their_submission_with_how_they_ended()
    {
        var gate = new Gate();
        await using var engine = _data.Open();
        await engine.RunAsync(new Flaky(0).Flow(), 1, new JobOptions { Id = new JobId("done") });
        var failed = await engine.SubmitAsync(new Flaky(9).Flow(), 1, new JobOptions { Id = new JobId("failed") });
        await failed.WaitAsync();
        await engine.SubmitAsync(gate.Flow(), 1, new JobOptions { Id = new JobId("open") });
        await gate.Began;

        var jobs = await engine.ListAsync();
        Assert.Equal(["done", "failed", "open"], jobs.Select(job => job.Id.Value));
        Assert.Equal([JobPhase.Succeeded, JobPhase.Failed, null], jobs.Select(job => job.Outcome));
        Assert.Equal([false, false, true], jobs.Select(job => job.IsActive));
        gate.Open();
    }

    [Fact]
    public async Task A_job_is_found_by_its_id_while_it_runs_and_after_it()
    {
        var gate = new Gate();
        await using var engine = _data.Open();
        Assert.Null(await engine.GetAsync(Id));
        await engine.SubmitAsync(gate.Flow(), 3, new JobOptions { Id = Id });
        var found = (await engine.GetAsync(Id))!;
        gate.Open();
        Assert.Equal(JobPhase.Succeeded, await found.WaitAsync());
        engine.Register(new Gate().Flow());
        Assert.Equal(JobPhase.Succeeded, (await (await engine.GetAsync(Id))!.GetReportAsync()).Phase);
    }

    [Fact]
    public async Task Closing_lets_what_runs_end_and_starts_nothing_new()
    {
        var gate = new Gate();
        var engine = _data.Open(options => options.DrainTimeout = TimeSpan.FromMinutes(1));
        await engine.SubmitAsync(gate.Flow(), 3, new JobOptions { Id = Id });
        await gate.Began;
        var closing = engine.DisposeAsync();
        gate.Open();
        await closing;

        await using var next = _data.Open();
        next.Register(new Gate().Flow());
        var report = await (await next.ResumeAsync()).Resumed[0].GetReportAsync();
        Assert.Equal(TaskPhase.Succeeded, report["gate"].Phase);
        Assert.Equal(1, report["gate"].Attempts);
    }

    [Fact]
    public async Task A_closed_engine_takes_no_job()
    {
        var engine = _data.Open();
        await engine.DisposeAsync();
        await engine.DisposeAsync();
        var error = await Assert.ThrowsAsync<ObjectDisposedException>(
            () => engine.SubmitAsync(new Flaky(0).Flow(), 1));
        Assert.Equal(Closed, error.Message);
    }

    [Fact]
    public async Task Who_waits_for_a_job_hears_that_the_engine_was_closed_and_how_the_job_goes_on()
    {
        var engine = _data.Open();
        var gate = new Gate();
        var job = await engine.SubmitAsync(gate.Flow(), 1);
        var result = job.WaitAsync();
        await engine.DisposeAsync();
        var error = await Assert.ThrowsAsync<ObjectDisposedException>(() => result);
        Assert.Equal(Closed, error.Message);
    }

    [Fact]
    public void Options_that_make_no_sense_are_all_named()
    {
        var error = Assert.Throws<ActorFlowException>(() => ActorFlowEngine.Create(new ActorFlowOptions
        {
            InMemory = true,
            ComputePoolSize = 0,
            DrainTimeout = TimeSpan.FromSeconds(-1),
            Pools = { ["gpu"] = 0 },
            RunDirectory = "",
            TaskLogs = new TaskLogOptions { Directory = " " },
        }));
        Assert.Equal(6, error.Message.Split('\n').Length);
    }

    [Fact]
    public async Task Options_may_name_times_that_are_longer_than_any_timer()
    {
        await using var engine = _data.Open(options =>
        {
            options.WatchdogInterval = TimeSpan.MaxValue;
            options.CompactionInterval = TimeSpan.MaxValue;
            options.Retention = TimeSpan.MaxValue;
            options.DrainTimeout = TimeSpan.MaxValue;
            options.StopGrace = TimeSpan.MaxValue;
        });
        Assert.Equal(2, await engine.RunAsync(FlowBuilder.Chain<int>("f").Then("a", x => x + 1).Build(), 1));
    }

    [Fact]
    public async Task Nothing_is_recorded_as_started_before_its_turn_if_nobody_wants_that()
    {
        await using var engine = _data.Open(options => (options.MaxLookahead, options.ComputePoolSize) = (0, 1));
        var flow = FlowBuilder.Create("wide");
        for (var task = 0; task < 500; task++) flow.Task($"task-{task}", () => 0);
        var job = await engine.SubmitAsync(flow.Build());
        Assert.Equal(JobPhase.Succeeded, await job.WaitAsync());
        var (running, most) = (0, 0);
        await foreach (var fact in job.ReadEventsAsync())
        {
            if (fact is JobEvent.TaskStarted) most = Math.Max(most, ++running);
            if (fact is JobEvent.TaskSucceeded) running--;
        }

        Assert.Equal(1, most);
        var options = new ActorFlowOptions { MaxLookahead = -1 };
        Assert.Equal(["MaxLookahead is -1; it must not be negative."], options.Faults());
    }

    [Fact]
    public async Task An_engine_that_cannot_be_created_lets_go_of_its_journal()
    {
        Assert.Throws<NotSupportedException>(() => _data.Open(options => options.Time = new NoTimers()));
        await using var engine = _data.Open();
        Assert.Empty(await engine.ListAsync());
    }

    [Fact]
    public async Task A_pool_that_is_not_there_is_named_with_those_that_are()
    {
        var flow = FlowBuilder.Create<int>("gpu");
        flow.Task("train", flow.Input, x => x).Pool("cumpute");
        await using var engine = _data.Open();
        var error = await Assert.ThrowsAsync<ActorFlowException>(() => engine.SubmitAsync(flow.Build(), 1));
        Assert.Contains("Did you mean 'compute'?", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _data.Dispose();

    private sealed class NoTimers : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            throw new NotSupportedException("There are no timers.");
    }
}
