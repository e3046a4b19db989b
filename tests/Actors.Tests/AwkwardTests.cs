using ActorFlow.Engine;

namespace ActorFlow.Actors.Tests;

/// <summary>User code and callers at their most awkward.</summary>
public sealed class AwkwardTests
{
    private static readonly TaskPolicy Async = new() { Pool = TaskPolicy.AsyncPool };

    [Fact]
    public async Task A_cancellation_callback_that_throws_hurts_nobody()
    {
        await using var system = new TestSystem();
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var flow = new TestFlow("f").Task("a", async ValueTask<Payload> (call) =>
        {
            call.CancellationToken.Register(() => throw new InvalidOperationException("I always throw."));
            var stopped = new TaskCompletionSource();
            call.CancellationToken.Register(stopped.SetResult);
            started.SetResult();
            await stopped.Task;
            throw new OperationCanceledException();
        }, Async).Build();
        var job = await system.SubmitAsync(flow);
        await started.Task;
        await job.CommandAsync(at => new JobCommand.CancelJob(at, null));
        Assert.Equal(JobPhase.Cancelled, await job.WhenEnded);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_exception_that_cannot_say_what_it_is_fails_its_attempt_like_any_other(bool throws)
    {
        await using var system = new TestSystem();
        var flow = new TestFlow("f").Task("a", _ => throw new Nameless(throws)).Build();
        var report = await TestSystem.EndOf(await system.SubmitAsync(flow));
        Assert.Equal(TaskPhase.Failed, report["a"].Phase);
        Assert.Equal(typeof(Nameless).FullName, report["a"].Error!.Type);
    }

    [Fact]
    public async Task A_body_that_returns_nothing_at_all_has_no_output()
    {
        await using var system = new TestSystem();
        var flow = new TestFlow("f").Task("a", _ => new((Payload)null!)).Build();
        var report = await TestSystem.EndOf(await system.SubmitAsync(flow));
        Assert.Equal("null", report["a"].Output!.ToString());
    }

    [Fact]
    public async Task A_job_still_answers_after_its_system_is_closed()
    {
        var system = new TestSystem();
        var job = await system.SubmitAsync(new TestFlow("f").Task("a").Build());
        await job.WhenEnded;
        await system.DisposeAsync();
        Assert.Equal(JobPhase.Succeeded, await job.ReadAsync(state => state.Phase));
    }

    [Fact]
    public async Task Whoever_asks_behind_a_question_that_throws_is_refused_and_the_job_goes_on()
    {
        await using var system = new TestSystem();
        var release = new TaskCompletionSource<Payload>(TaskCreationOptions.RunContinuationsAsynchronously);
        var flow = new TestFlow("f").Task("a", _ => new(release.Task), Async).Build();
        var job = await system.SubmitAsync(flow);
        using var all = new ManualResetEventSlim();
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var holding = job.ReadAsync(state =>
        {
            entered.SetResult();
            return all.Wait(TimeSpan.FromSeconds(30));
        });
        await entered.Task;
        var bad = job.CommandAsync(_ => throw new InvalidOperationException("odd"));
        var behind = job.ReadAsync(state => state.Phase);
        all.Set();
        Assert.True(await holding);
        await Assert.ThrowsAsync<InvalidOperationException>(() => bad);
        // It was in the same batch, of which nothing has happened.
        await Assert.ThrowsAsync<InvalidOperationException>(() => behind);
        release.SetResult(Payload.None);
        Assert.Equal(JobPhase.Succeeded, await job.WhenEnded);
    }

    [Fact]
    public async Task Commands_that_end_a_job_and_let_it_go_on_at_once_leave_it_active()
    {
        await using var system = new TestSystem();
        var release = new TaskCompletionSource<Payload>(TaskCreationOptions.RunContinuationsAsynchronously);
        var policy = new TaskPolicy { Retry = new RetryPolicy { OnExhausted = Directive.Hold } };
        var first = true;
        var flow = new TestFlow("f").Task("a", _ =>
        {
            if (!first) return new(release.Task);
            first = false;
            throw new IOException("once");
        }, policy).Build();
        var job = await system.SubmitAsync(flow);
        while (!await job.ReadAsync(state => state.CountOf(TaskPhase.Held) == 1)) await Task.Yield();
        var cancelled = job.CommandAsync(at => new JobCommand.CancelJob(at, null));
        var retried = job.CommandAsync(at => new JobCommand.RetryFailed(at));
        Assert.Null(await cancelled);
        Assert.Null(await retried);
        Assert.Same(job, Assert.Single(system.Jobs.ActiveJobs));
        release.SetResult(Payload.None);
        Assert.Equal(JobPhase.Succeeded, await job.WhenEnded);
    }

    [Fact]
    public async Task An_interrupted_job_that_is_cancelled_first_is_over_and_not_active()
    {
        var journal = new Journal.MemoryJournal();
        var backoff = new Backoff { Initial = TimeSpan.FromHours(1) };
        var policy = new TaskPolicy { Retry = new RetryPolicy { MaxAttempts = 2, Backoff = backoff } };
        var flow = new TestFlow("f").Task("a", _ => throw new IOException("no"), policy).Build();
        await using (var before = new TestSystem(journal: journal))
        {
            var job = await before.SubmitAsync(flow);
            while (!await job.ReadAsync(state => state.CountOf(TaskPhase.BackingOff) == 1)) await Task.Yield();
        }

        await using var after = new TestSystem(journal: journal);
        var (cancelled, rejection) = await after.Jobs.CancelAsync(new JobId("job"), flow, null, CancellationToken.None);
        Assert.Null(rejection);
        Assert.Equal(JobPhase.Cancelled, await cancelled.WhenEnded);
        Assert.Empty(after.Jobs.ActiveJobs);
    }

    [Fact]
    public async Task Of_many_attempts_that_are_to_stop_only_those_are_abandoned_that_do_not_heed()
    {
        const int Count = 60;
        await using var system = new TestSystem();
        var running = 0;
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var policy = Async with { Timeouts = new TaskTimeouts { Grace = TimeSpan.FromSeconds(1) } };
        var flow = new TestFlow("f");
        for (var i = 0; i < Count; i++) flow.Task($"t{i}", i % 2 == 0 ? HeedAsync : Ignore, policy);
        var job = await system.SubmitAsync(flow.Build());
        await started.Task;
        await job.CommandAsync(at => new JobCommand.CancelJob(at, null));
        while (await job.ReadAsync(state => state.RunningTasks) > Count / 2) await Task.Yield();
        system.Time.FireNext();
        var report = await TestSystem.EndOf(job);
        Assert.Equal((JobPhase.Cancelled, Count / 2), (report.Phase, report.AbandonedAttempts));

        async ValueTask<Payload> HeedAsync(TaskCall call)
        {
            Begin();
            await call.UntilCancelledAsync();
            return Payload.None;
        }

        ValueTask<Payload> Ignore(TaskCall call)
        {
            Begin();
            return new(new TaskCompletionSource<Payload>().Task);
        }

        void Begin()
        {
            if (Interlocked.Increment(ref running) == Count) started.SetResult();
        }
    }

    private sealed class Nameless(bool throws) : Exception("Nameless."), IFailure
    {
        public Failure ToFailure() => throws ? throw new InvalidOperationException() : new Failure("bad", null!);
    }
}
