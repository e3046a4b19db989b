using ActorFlow.Engine;

namespace ActorFlow.Actors.Tests;

/// <summary>Slots come back, and jobs are active, whatever happened to them.</summary>
public sealed class SlotTests
{
    [Fact]
    public async Task The_slot_of_an_abandoned_attempt_goes_to_another_job_though_its_own_hears_no_more()
    {
        await using var system = new TestSystem(compute: 1);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource<Payload>(TaskCreationOptions.RunContinuationsAsynchronously);
        var timeouts = new TaskTimeouts { Attempt = TimeSpan.FromSeconds(1), Grace = TimeSpan.Zero };
        var deaf = await system.SubmitAsync(
            new TestFlow("f").Task("deaf", Run, new TaskPolicy { Timeouts = timeouts }).Build(), "deaf");
        await started.Task;
        await deaf.ReadAsync(state => state.Phase);
        system.Time.FireNext();
        Assert.Equal(JobPhase.Failed, await deaf.WhenEnded);

        var next = await system.SubmitAsync(new TestFlow("g").Task("a").Build(), "next");
        Assert.Equal(JobPhase.Succeeded, await next.WhenEnded);
        release.SetResult(Payload.None);

        ValueTask<Payload> Run(TaskCall call)
        {
            started.SetResult();
            return new(release.Task);
        }
    }

    [Fact]
    public async Task A_thread_that_goes_from_one_attempt_to_the_next_and_is_held_by_that_is_made_up_for()
    {
        await using var system = new TestSystem(compute: 1);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var release = new ManualResetEventSlim();
        var timeouts = new TaskTimeouts { Attempt = TimeSpan.FromSeconds(1), Grace = TimeSpan.Zero };
        var policy = new TaskPolicy { Timeouts = timeouts };
        var deaf = await system.SubmitAsync(
            new TestFlow("f").Task("first").Task("deaf", Run, policy, "first").Build(), "deaf");
        await started.Task;
        await deaf.ReadAsync(state => state.Phase);
        system.Time.FireNext();
        Assert.Equal(JobPhase.Failed, await deaf.WhenEnded);
        Assert.Equal(1, system.Jobs.AbandonedAttempts);

        await AssertRunsAsync("while-it-is-held");
        release.Set();
        await AssertRunsAsync("when-it-is-back");

        async Task AssertRunsAsync(string id)
        {
            var job = await system.SubmitAsync(new TestFlow("g").Task("a").Task("b", "a").Build(), id);
            Assert.Equal(JobPhase.Succeeded, await job.WhenEnded);
        }

        ValueTask<Payload> Run(TaskCall call)
        {
            started.SetResult();
            release.Wait(CancellationToken.None);
            return Outputs.None;
        }
    }

    [Fact]
    public async Task A_job_whose_append_fails_in_an_odd_way_starts_again_and_has_kept_no_slot()
    {
        var journal = new FailingJournal(append => append == 2 ? new InvalidOperationException("odd") : null);
        await using var system = new TestSystem(compute: 1, journal: journal);
        var job = await system.SubmitAsync(new TestFlow("f").Task("a").Task("b", "a").Build());
        Assert.Equal(JobPhase.Succeeded, await job.WhenEnded);
        var next = await system.SubmitAsync(new TestFlow("g").Task("a").Build(), "next");
        Assert.Equal(JobPhase.Succeeded, await next.WhenEnded);
    }

    [Fact]
    public async Task A_job_that_goes_on_after_its_end_is_active_again_until_it_ends_again()
    {
        await using var system = new TestSystem();
        var runs = 0;
        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource<Payload>(TaskCreationOptions.RunContinuationsAsynchronously);
        var flow = new TestFlow("f").Task("a", Run).Build();
        var job = await system.SubmitAsync(flow);
        Assert.Equal(JobPhase.Failed, await job.WhenEnded);
        Assert.Empty(system.Jobs.ActiveJobs);

        Assert.Null(await job.CommandAsync(at => new JobCommand.RetryFailed(at)));
        await second.Task;
        Assert.Same(job, Assert.Single(system.Jobs.ActiveJobs));
        Assert.Same(job, await system.SubmitAsync(flow));
        release.SetResult(Payload.None);
        Assert.Equal(JobPhase.Succeeded, await job.WhenEnded);
        Assert.Empty(system.Jobs.ActiveJobs);

        ValueTask<Payload> Run(TaskCall call)
        {
            if (Interlocked.Increment(ref runs) == 1) throw new IOException("once");
            second.SetResult();
            return new(release.Task);
        }
    }

    [Fact]
    public async Task An_ended_job_is_one_job_however_often_it_is_opened()
    {
        await using var system = new TestSystem();
        var flow = new TestFlow("f").Task("a").Build();
        var job = await system.SubmitAsync(flow);
        await job.WhenEnded;
        Assert.Same(job, await system.Jobs.OpenAsync(job.Id, flow, CancellationToken.None));
    }
}
