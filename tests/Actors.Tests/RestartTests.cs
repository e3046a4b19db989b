using ActorFlow.Engine;

namespace ActorFlow.Actors.Tests;

/// <summary>A job starts again after an error: how often, and which one.</summary>
public sealed class RestartTests
{
    private static readonly InvalidOperationException Odd = new("odd");

    [Fact]
    public async Task Errors_that_have_nothing_to_do_with_each_other_do_not_add_up()
    {
        // Each task's success is lost once, and recorded when the task has run again.
        await using var system = new TestSystem(journal: new FailingJournal(append => append % 3 == 2 ? Odd : null));
        var flow = new TestFlow("f").Task("t0");
        for (var i = 1; i < 6; i++) flow.Task($"t{i}", $"t{i - 1}");
        var job = await system.SubmitAsync(flow.Build());
        Assert.Equal(JobPhase.Succeeded, await job.WhenEnded);
    }

    [Fact]
    public async Task A_job_of_which_nothing_can_be_recorded_any_more_is_given_up()
    {
        var appends = 0;
        await using var system = new TestSystem(journal: new FailingJournal(append =>
        {
            Volatile.Write(ref appends, append);
            return append > 1 ? Odd : null;
        }));
        var job = await system.SubmitAsync(new TestFlow("f").Task("a").Build());
        await Assert.ThrowsAsync<InvalidOperationException>(() => job.WhenEnded);
        Assert.Equal(5, appends);
    }

    [Fact]
    public async Task A_job_whose_submission_failed_does_not_start_again_beside_the_next_of_its_name()
    {
        var reads = new HoldingReads(new FailingJournal(append => append == 1 ? Odd : null));
        await using var system = new TestSystem(journal: reads);
        var flow = new TestFlow("f").Task("a").Build();
        await Assert.ThrowsAsync<InvalidOperationException>(() => system.SubmitAsync(flow));
        var job = await system.SubmitAsync(flow);
        Assert.Equal(JobPhase.Succeeded, await job.WhenEnded);
        // Whoever starts again reads the journal first.
        await system.Jobs.DisposeAsync();
        Assert.Equal(0, reads.Reads);
    }
}
