namespace ActorFlow.Api.Tests.Engine;

/// <summary>Unfinished jobs that come back to a flow that has changed.</summary>
public sealed class ChangedFlowTests : IDisposable
{
    private static readonly JobId Id = new("job");
    private readonly DataDirectory _data = new();

    [Fact]
    public async Task Unchanged_tasks_keep_their_results_and_everything_else_runs_in_the_new_flow()
    {
        await InterruptAsync();
        await using var engine = _data.Open(options => options.ChangedFlow = ChangedFlow.KeepUnchanged);
        engine.Register(Changed());
        var job = Assert.Single((await engine.ResumeAsync()).Resumed);
        Assert.Equal(JobPhase.Succeeded, await job.WaitAsync());
        var report = await job.GetReportAsync();
        Assert.Equal(["plus", "gate", "thrice"], report.Tasks.Select(task => task.Name));
        Assert.Equal([1, 2, 1], report.Tasks.Select(task => task.Attempts));
        Assert.Equal([Id, null, null], report.Tasks.Select(task => task.TakenFrom));
        Assert.Equal("12", report["thrice"].Output!.ToString());
        Assert.NotNull(report.FlowReplacedAt);
    }

    [Fact]
    public async Task A_restart_runs_all_again_with_the_recorded_input()
    {
        await InterruptAsync();
        await using var engine = _data.Open();
        var job = await engine.OpenAsync(Id, Changed().Executable, ChangedFlow.Restart);
        Assert.Equal(JobPhase.Succeeded, await job.WaitAsync());
        var report = await job.GetReportAsync();
        Assert.Equal([2, 2, 1], report.Tasks.Select(task => task.Attempts));
        Assert.Equal("12", report["thrice"].Output!.ToString());
    }

    [Fact]
    public async Task A_job_whose_flow_was_replaced_goes_on_with_that_and_is_not_asked_again()
    {
        await InterruptAsync();
        await using (var engine = _data.Open())
        {
            var gate = new Gate();
            await engine.OpenAsync(Id, Changed(gate).Executable, ChangedFlow.KeepUnchanged);
            await gate.Began;
        }

        await using var next = _data.Open();
        await Assert.ThrowsAsync<FlowChangedException>(() => next.OpenAsync(Id, new Gate().Flow().Executable));
        var job = await next.OpenAsync(Id, Changed().Executable);
        Assert.Equal(JobPhase.Succeeded, await job.WaitAsync());
        Assert.Equal([1, 3, 1], (await job.GetReportAsync()).Tasks.Select(task => task.Attempts));
        Assert.Single(await job.ReadEventsAsync().ToListAsync(), fact => fact is JobEvent.FlowReplaced);
    }

    [Fact]
    public async Task A_job_that_runs_here_keeps_the_flow_that_it_has()
    {
        var gate = new Gate();
        await using var engine = _data.Open();
        var job = await engine.SubmitAsync(gate.Flow(), 3, new JobOptions { Id = Id });
        await gate.Began;
        var error = await Assert.ThrowsAsync<JobRejectedException>(() =>
            engine.OpenAsync(Id, Changed().Executable, ChangedFlow.KeepUnchanged));
        Assert.Contains("tasks 'thrice' added", error.Message.Replace("task '", "tasks '", StringComparison.Ordinal));
        await Assert.ThrowsAsync<FlowChangedException>(() => engine.OpenAsync(Id, Changed().Executable));
        gate.Open();
        Assert.Equal(8, await job.GetResultAsync());
    }

    [Fact]
    public async Task A_job_that_has_ended_keeps_the_flow_that_it_had()
    {
        var gate = new Gate();
        gate.Open();
        await using (var engine = _data.Open())
            await engine.RunAsync(gate.Flow(), 3, new JobOptions { Id = Id });
        await using var next = _data.Open();
        await Assert.ThrowsAsync<FlowChangedException>(() =>
            next.OpenAsync(Id, Changed().Executable, ChangedFlow.Restart));
    }

    [Fact]
    public async Task A_flow_that_cannot_read_the_recorded_input_is_refused()
    {
        await InterruptAsync();
        var builder = FlowBuilder.Create<DateTimeOffset>("gated");
        builder.Task("year", builder.Input, at => at.Year);
        var flow = builder.Build();
        await using var engine = _data.Open();
        var error = await Assert.ThrowsAsync<JobRejectedException>(() =>
            engine.OpenAsync(Id, flow.Executable, ChangedFlow.Restart));
        Assert.Contains("Flow 'gated' cannot read its input: 3 cannot be read as", error.Message);
        engine.Register(flow);
        Assert.Contains("cannot read", Assert.Single((await engine.ResumeAsync(ChangedFlow.Restart)).Left).Reason);
        // Nothing has happened to it.
        var same = await engine.OpenAsync(Id, new Gate().Flow().Executable);
        Assert.Equal(JobPhase.Running, (await same.GetReportAsync()).Phase);
    }

    [Fact]
    public async Task Observers_hear_of_a_map_in_a_flow_that_has_replaced_another()
    {
        await InterruptAsync();
        var heard = new Heard();
        await using var engine = _data.Open(options => options.Observers.Add(heard));
        var builder = FlowBuilder.Create<int>("gated");
        var plus = builder.Task("plus", builder.Input, x => x + 1);
        var list = builder.Task("list", plus, x => (IReadOnlyList<int>)[x, x + 1]);
        builder.Map("map", list, x => 2 * x);
        var job = await engine.OpenAsync(Id, builder.Build().Executable, ChangedFlow.KeepUnchanged);
        await job.WaitAsync();
        await engine.DisposeAsync();
        Assert.Contains("map[1]", heard.Ended);
        Assert.DoesNotContain("plus", heard.Ended);
    }

    /// <summary>A job whose first task has succeeded and whose second runs, when the process ends.</summary>
    private async Task InterruptAsync()
    {
        var gate = new Gate();
        await using var engine = _data.Open();
        await engine.SubmitAsync(gate.Flow(), 3, new JobOptions { Id = Id });
        await gate.Began;
    }

    // The last task is another one.
    private static Flow<int, int> Changed(Gate? gate = null)
    {
        if (gate is null) (gate = new Gate()).Open();
        var flow = FlowBuilder.Create<int>("gated");
        var plus = flow.Task("plus", flow.Input, x => x + 1);
        var passed = flow.Task("gate", plus, gate.PassAsync);
        return flow.Build(flow.Task("thrice", passed, x => x * 3));
    }

    public void Dispose() => _data.Dispose();

    private sealed class Heard : JobObserver
    {
        public List<string> Ended { get; } = [];

        public override ValueTask OnTaskEndedAsync(
            JobHandle job, FlowTask task, TaskPhase outcome, JobEvent fact, CancellationToken cancellationToken)
        {
            Ended.Add(task.Name);
            return default;
        }
    }
}
