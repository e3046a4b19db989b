using ActorFlow.Engine;

namespace ActorFlow.Actors.Tests;

/// <summary>A job that nothing would ever wake is found, should a bug make one.</summary>
public sealed class WatchdogTests
{
    [Fact]
    public async Task A_job_that_has_lost_sight_of_its_attempt_is_found_to_be_stuck()
    {
        await using var system = new TestSystem();
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var job = await system.SubmitAsync(new TestFlow("f").Task("a", Hang).Build());
        await started.Task;
        Assert.False(await job.AskAsync(Liveness.IsStuck));

        await job.AskAsync(actor =>
        {
            foreach (var running in actor.Effects.Running.All()) actor.Effects.Running.Remove(running);
            return true;
        });
        Assert.True(system.Time.FireNext());
        while (system.Jobs.StalledJobs.Count == 0) await Task.Yield();

        Assert.Equal([job.Id], system.Jobs.StalledJobs);

        async ValueTask<Payload> Hang(TaskCall call)
        {
            started.SetResult();
            await new TaskCompletionSource().Task;
            return Payload.None;
        }
    }

    [Fact]
    public async Task A_job_whose_supervisor_has_no_turn_for_a_whole_interval_is_found()
    {
        var journal = new HoldingJournal();
        await using var system = new TestSystem(journal: journal);
        var end = new TaskCompletionSource<Payload>(TaskCreationOptions.RunContinuationsAsynchronously);
        var job = await system.SubmitAsync(new TestFlow("f").Task("a", _ => new(end.Task)).Build());
        var held = journal.HoldNext();
        end.SetResult(Payload.None);
        await held;
        while (system.Jobs.StalledJobs.Count == 0)
        {
            system.Time.FireNext();
            await Task.Yield();
        }

        Assert.Equal([job.Id], system.Jobs.StalledJobs);
        Assert.Contains(system.Logs.Lines, line => line.Contains(
            "Job job has had no turn for 00:00:30", StringComparison.Ordinal));
        journal.Release();
        Assert.Equal(JobPhase.Succeeded, await job.WhenEnded);
    }

    [Fact]
    public async Task An_alarm_that_went_off_long_ago_keeps_no_job_alive()
    {
        await using var system = new TestSystem();
        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var backoff = new Backoff { Initial = TimeSpan.FromSeconds(5) };
        var policy = new TaskPolicy { Retry = new RetryPolicy { MaxAttempts = 2, Backoff = backoff } };
        var job = await system.SubmitAsync(new TestFlow("f").Task("a", FailAndHang, policy).Build());
        while (!await job.ReadAsync(state => state.PhaseOf(0) == TaskPhase.BackingOff)) await Task.Yield();
        Assert.False(await job.AskAsync(Liveness.IsStuck));
        Assert.True(system.Time.FireNext());
        await second.Task;
        Assert.False(await job.AskAsync(Liveness.IsStuck));

        Assert.True(await job.AskAsync(actor =>
        {
            foreach (var running in actor.Effects.Running.All()) actor.Effects.Running.Remove(running);
            return Liveness.IsStuck(actor);
        }));

        async ValueTask<Payload> FailAndHang(TaskCall call)
        {
            if (call.Context.Attempt == 1) throw new IOException("once");
            second.SetResult();
            await new TaskCompletionSource().Task;
            return Payload.None;
        }
    }

    [Fact]
    public async Task An_alarm_that_comes_too_early_is_set_again()
    {
        await using var system = new TestSystem();
        var backoff = new Backoff { Initial = TimeSpan.FromSeconds(5) };
        var policy = new TaskPolicy { Retry = new RetryPolicy { MaxAttempts = 2, Backoff = backoff } };
        var flow = new TestFlow("f")
            .Task("a", call => call.Context.Attempt > 1 ? 1 : throw new IOException("once"), policy);
        var job = await system.SubmitAsync(flow.Build());
        while (!await job.ReadAsync(state => state.PhaseOf(0) == TaskPhase.BackingOff)) await Task.Yield();
        job.Post(new Alarm());
        Assert.NotNull(await job.AskAsync(actor => actor.Effects.AlarmAt));
        Assert.True(system.Time.FireNext());
        Assert.Equal(JobPhase.Succeeded, await job.WhenEnded);
    }

    [Fact]
    public async Task A_paused_job_waits_for_its_operator_and_is_not_stuck()
    {
        await using var system = new TestSystem();
        var paused = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var job = await system.SubmitAsync(new TestFlow("f").Task("a", Wait).Task("b", "a").Build());
        Assert.Null(await job.CommandAsync(at => new JobCommand.PauseJob(at)));
        paused.SetResult();
        while (await job.ReadAsync(state => state.PhaseOf(0)) != TaskPhase.Succeeded) await Task.Yield();

        Assert.False(await job.AskAsync(Liveness.IsStuck));

        async ValueTask<Payload> Wait(TaskCall call)
        {
            await paused.Task;
            return Payload.None;
        }
    }
}
