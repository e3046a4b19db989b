using ActorFlow.Journal;

namespace ActorFlow.Api.Tests.Engine;

public sealed class ResumeTests : IDisposable
{
    private static readonly JobId Id = new("job");
    private readonly DataDirectory _data = new();

    [Fact]
    public async Task A_job_that_was_interrupted_goes_on_and_repeats_no_success()
    {
        await InterruptAsync();
        var gate = new Gate();
        gate.Open();
        await using var engine = _data.Open();
        engine.Register(gate.Flow());
        var job = Assert.Single((await engine.ResumeAsync()).Resumed);
        Assert.Equal(JobPhase.Succeeded, await job.WaitAsync());
        var report = await job.GetReportAsync();
        Assert.Equal("8", report["twice"].Output!.ToString());
        Assert.Equal([1, 2, 1], report.Tasks.Select(task => task.Attempts));
    }

    [Fact]
    public async Task A_job_that_was_interrupted_is_opened_for_its_result()
    {
        await InterruptAsync();
        var gate = new Gate();
        gate.Open();
        await using var engine = _data.Open();

        var job = await engine.OpenAsync(Id, gate.Flow());

        Assert.Equal(8, await job.GetResultAsync());
    }

    [Fact]
    public async Task A_job_whose_flow_is_not_registered_is_left_untouched_and_named()
    {
        await InterruptAsync();
        await using var engine = _data.Open();
        var result = await engine.ResumeAsync();
        Assert.Empty(result.Resumed);
        Assert.Equal("gated", Assert.Single(result.Left).Flow);
        Assert.Contains("not registered", result.Left[0].Reason, StringComparison.Ordinal);
        Assert.Null((await engine.ListAsync()).Single().Outcome);
    }

    [Fact]
    public async Task A_job_whose_flow_has_changed_is_left_untouched_with_the_difference()
    {
        await InterruptAsync();
        var builder = FlowBuilder.Create<int>("gated");
        builder.Task("plus", builder.Input, x => x + 1);
        var changed = builder.Build();
        await using var engine = _data.Open();
        engine.Register(changed);
        var left = Assert.Single((await engine.ResumeAsync()).Left);
        Assert.Contains("gate", left.Reason, StringComparison.Ordinal);
        var error = await Assert.ThrowsAsync<FlowChangedException>(() =>
            engine.OpenAsync(Id, changed.Executable));
        Assert.Contains("gate", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupted_job_can_be_cancelled_before_anything_of_it_starts_again()
    {
        await InterruptAsync();
        var gate = new Gate();
        await using var engine = _data.Open();
        var job = await engine.CancelAsync(Id, gate.Flow().Executable, "not wanted any more");
        Assert.Equal(JobPhase.Cancelled, await job.WaitAsync());
        Assert.False(gate.Began.IsCompleted);
    }

    [Fact]
    public async Task A_job_whose_pool_is_not_there_any_more_is_left_and_keeps_no_other_from_going_on()
    {
        var gate = new Gate();
        await using (var engine = _data.Open(options => options.Pools["gpu"] = 1))
        {
            await engine.SubmitAsync(Trained(), 1, new JobOptions { Id = new JobId("trained") });
            await engine.SubmitAsync(gate.Flow(), 3, new JobOptions { Id = Id });
            await gate.Began;
        }

        await using var next = _data.Open();
        next.Register(Trained()).Register(new Gate().Flow());
        var result = await next.ResumeAsync();
        Assert.Equal(Id, Assert.Single(result.Resumed).Id);
        var left = Assert.Single(result.Left);
        Assert.Equal("trained", left.Job.Value);
        Assert.Contains("pool 'gpu'", left.Reason, StringComparison.Ordinal);

        static Flow<int, int> Trained()
        {
            var flow = FlowBuilder.Create<int>("trained");
            return flow.Build(flow.Task("train", flow.Input, new Gate().PassAsync).Pool("gpu"));
        }
    }

    [Fact]
    public async Task A_job_whose_events_cannot_be_read_is_left_and_keeps_no_other_from_going_on()
    {
        var journal = new WatchedJournal();
        await using (var engine = _data.Open(options => options.Journal = journal))
            foreach (var id in (string[])["torn", "sound"])
                await engine.SubmitAsync(new Gate().Flow(), 3, new JobOptions { Id = new JobId(id) });

        journal.OnRead = job => job.Value == "torn" ? throw new JournalException("It is torn.") : Task.CompletedTask;
        await using var next = _data.Open(options => options.Journal = journal);
        var result = await next.Register(new Gate().Flow()).ResumeAsync();
        Assert.Equal("sound", Assert.Single(result.Resumed).Id.Value);
        Assert.Equal("It is torn.", Assert.Single(result.Left).Reason);
    }

    [Fact]
    public async Task Two_engines_on_one_directory_are_one_too_many()
    {
        await using var engine = _data.Open();
        Assert.Throws<JournalLockedException>(() => _data.Open());
    }

    /// <summary>A job that comes to its second task, when the process ends.</summary>
    private async Task InterruptAsync()
    {
        var gate = new Gate();
        await using var engine = _data.Open();
        await engine.SubmitAsync(gate.Flow(), 3, new JobOptions { Id = Id });
        await gate.Began;
    }

    public void Dispose() => _data.Dispose();
}
