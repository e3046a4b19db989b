using ActorFlow.Engine;
using ActorFlow.Journal;

namespace ActorFlow.Actors.Tests;

/// <summary>Several who ask for the same job: what one of them does is not taken out on the others.</summary>
public sealed class SharedJobsTests
{
    private static readonly ExecutableFlow Simple = new TestFlow("f").Task("a").Build();

    [Fact]
    public async Task A_submit_that_does_not_fit_the_job_is_no_answer_to_another_that_does()
    {
        var journal = new HoldingReads(await WithEndedJobAsync());
        await using var system = new TestSystem(journal: journal);
        var other = system.SubmitAsync(Simple, input: "2");
        await journal.Asked;
        var same = system.SubmitAsync(Simple, input: "1");
        journal.Release();
        await Assert.ThrowsAsync<JobConflictException>(() => other);
        Assert.Equal(JobPhase.Succeeded, await (await same).WhenEnded);
    }

    [Fact]
    public async Task A_job_that_was_forgotten_cannot_be_opened_because_somebody_has_a_hold_of_it()
    {
        await using var system = new TestSystem();
        var job = await system.SubmitAsync(Simple);
        await job.WhenEnded;
        Assert.Same(job, await system.Jobs.OpenAsync(job.Id, Simple, CancellationToken.None));
        Assert.True(await system.Journal.ForgetAsync(job.Id, CancellationToken.None));
        await Assert.ThrowsAsync<JobNotFoundException>(
            () => system.Jobs.OpenAsync(job.Id, Simple, CancellationToken.None));
        await Assert.ThrowsAsync<JobNotFoundException>(
            () => system.Jobs.CancelAsync(job.Id, Simple, null, CancellationToken.None));
        GC.KeepAlive(job);
    }

    [Fact]
    public async Task A_job_is_not_cancelled_by_the_name_of_another_flow()
    {
        await using var system = new TestSystem();
        var answer = new TaskCompletionSource<Payload>(TaskCreationOptions.RunContinuationsAsynchronously);
        var flow = new TestFlow("f").Task("a", _ => new ValueTask<Payload>(answer.Task)).Build();
        var job = await system.SubmitAsync(flow);
        var changed = new TestFlow("f").Task("a").Task("b", "a").Build();
        await Assert.ThrowsAsync<FlowChangedException>(
            () => system.Jobs.CancelAsync(job.Id, changed, null, CancellationToken.None));
        answer.SetResult(Payload.None);
        Assert.Equal(JobPhase.Succeeded, await job.WhenEnded);
    }

    [Fact]
    public async Task Every_end_of_a_job_is_told_also_one_that_comes_at_once_behind_its_going_on()
    {
        await using var system = new TestSystem();
        using var gate = new ManualResetEventSlim();
        var flow = new TestFlow("f").Task("a", _ => throw new InvalidOperationException("no")).Build();
        var job = await system.SubmitAsync(flow);
        Assert.Equal(JobPhase.Failed, await job.WhenEnded);
        // While the actor answers this, both that follow come into one batch of its mail.
        var busy = job.ReadAsync(_ =>
        {
            gate.Wait(CancellationToken.None);
            return 0;
        });
        var retried = job.CommandAsync(at => new JobCommand.RetryFailed(at));
        var cancelled = job.CommandAsync(at => new JobCommand.CancelJob(at, null));
        gate.Set();
        await busy;
        Assert.Null(await retried);
        Assert.Null(await cancelled);
        Assert.Equal(JobPhase.Cancelled, await job.WhenEnded);
    }

    private static async Task<IJournal> WithEndedJobAsync()
    {
        var journal = new MemoryJournal();
        await using var system = new TestSystem(journal: journal);
        await (await system.SubmitAsync(Simple, input: "1")).WhenEnded;
        return journal;
    }
}
