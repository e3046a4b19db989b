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
    public async Task Two_engines_on_one_directory_are_one_too_many()
    {
        await using var engine = _data.Open();
        Assert.Throws<Journal.JournalLockedException>(() => _data.Open());
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
