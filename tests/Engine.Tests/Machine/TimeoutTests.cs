namespace ActorFlow.Engine.Tests.Machine;

/// <summary>What time does to a job: every limit, when it runs and when it does not.</summary>
public sealed class TimeoutTests
{
    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static JobCommand.WakeUp WakeUp(JobUnderTest job) => new(job.Now);

    [Fact]
    public void Without_limits_a_job_sets_no_alarm_and_waits_for_ever()
    {
        var job = Given.Flow("a; b").Submit().Start(1).Advance(TimeSpan.FromDays(10_000)).WakeUp();
        Assert.Null(job.Outstanding.Alarm);
        Assert.Equal("a Running, b Ready", job.Tasks);
    }

    [Fact]
    public void A_task_that_waits_too_long_to_start_fails()
    {
        var job = Given.Limited(new TaskTimeouts { Start = Seconds(5) }, "a -> b").Submit();
        Assert.Equal("a Ready, b Waiting", job.Advance(4.9).Tasks);
        Assert.Equal("a Failed, b Skipped", job.Advance(0.1).Tasks);
        Assert.Equal(Reason.StartTimeout, job.Reason("a"));
        Assert.Equal("Task 'a' did not start within 5.00 s.", job.State.FailureOf(0)!.Message);
        Assert.Equal(Failure.TimeoutType, job.State.FailureOf(0)!.Type);
    }

    [Fact]
    public void A_task_that_started_in_time_is_no_longer_watched_for_its_start()
    {
        var job = Given.Limited(new TaskTimeouts { Start = Seconds(5) }).Submit().Advance(4).StartAll().Advance(9);
        Assert.Equal("a Running", job.Tasks);
    }

    [Fact]
    public void The_wait_for_a_start_begins_when_the_needs_are_met()
    {
        var job = Given.Flow("b -> a").Task("a", p => p with { Timeouts = new() { Start = Seconds(5) } }).Started();
        job.Advance(60).Succeed("b").Advance(4.9);
        Assert.Equal("b Succeeded, a Ready", job.Tasks);
        Assert.Equal("b Succeeded, a Failed", job.Advance(0.1).Tasks);
    }

    [Fact]
    public void The_wait_for_a_start_begins_anew_with_each_attempt()
    {
        var job = Given.Limited(new TaskTimeouts { Start = Seconds(5) })
            .Task("a", p => p with { Retry = new() { MaxAttempts = 2 } }).Started().Advance(60).Fail("a");
        Assert.Equal("a Ready", job.Advance(4.9).Tasks);
        Assert.Equal("a Failed", job.Advance(0.1).Tasks);
    }

    [Fact]
    public void A_wait_for_a_start_does_not_run_in_a_pause_and_begins_anew_after_it()
    {
        var job = Given.Limited(new TaskTimeouts { Start = Seconds(5) }).Submit().Advance(4).Pause().Advance(60);
        Assert.Equal("a Ready", job.Tasks);
        Assert.Equal("a Ready", job.Continue().Advance(4.9).Tasks);
        Assert.Equal("a Failed", job.Advance(0.1).Tasks);
    }

    [Fact]
    public void A_task_that_becomes_ready_in_a_pause_waits_from_its_end()
    {
        var job = Given.Flow("b -> a").Task("a", p => p with { Timeouts = new() { Start = Seconds(5) } }).Started();
        job.Pause().Succeed("b").Advance(60).Continue();
        Assert.Equal(TaskPhase.Ready, job.Advance(4.9).Phase("a"));
        Assert.Equal(TaskPhase.Failed, job.Advance(0.1).Phase("a"));
    }

    [Fact]
    public void A_task_that_becomes_ready_anew_in_a_reopened_job_waits_from_then_on()
    {
        var job = Given.Flow("b ~> a").Task("a", p => p with { Timeouts = new() { Start = Seconds(5) } }).Started();
        job.Fail("b").Cancel().RetryFailed().StartAll().Advance(3).Succeed("b");
        Assert.Equal(TaskPhase.Ready, job.Advance(4.9).Phase("a"));
        Assert.Equal(TaskPhase.Failed, job.Advance(0.1).Phase("a"));
    }

    [Fact]
    public void An_attempt_that_takes_too_long_is_asked_to_stop_and_counts_as_failed()
    {
        var job = Given.Limited(new TaskTimeouts { Attempt = Seconds(5) }, "a -> b").Started().Advance(5);
        Assert.Equal("a Stopping, b Waiting", job.Tasks);
        Assert.Equal(
            new JobEffect.CancelAttempt(0, 1, Reason.AttemptTimeout), job.LastStep.Effects[0]);
        job.Fail("a", Failure.CancelledType);
        Assert.Equal("a Failed, b Skipped", job.Tasks);
        Assert.Equal(Reason.AttemptTimeout, job.Reason("a"));
        Assert.Equal("Task 'a' did not end within 5.00 s.", job.State.FailureOf(0)!.Message);
    }

    [Fact]
    public void Each_attempt_has_its_own_time()
    {
        var job = Given.Limited(new TaskTimeouts { Attempt = Seconds(5) })
            .Task("a", p => p with { Retry = new() { MaxAttempts = 2 } }).Started();
        job.Advance(4).Fail("a").Advance(60).StartAll().Advance(4.9);
        Assert.Equal("a Running", job.Tasks);
        Assert.Equal("a Stopping", job.Advance(0.1).Tasks);
    }

    [Fact]
    public void A_timed_out_attempt_is_retried_under_the_retry_policy()
    {
        var job = Given.Limited(new TaskTimeouts { Attempt = Seconds(5) })
            .Task("a", p => p with { Retry = new() { MaxAttempts = 2, On = ["TimeoutException"] } }).Started();
        job.Advance(5).Fail("a", Failure.CancelledType);
        Assert.Equal("a Ready", job.Tasks);
        Assert.Equal(Reason.AttemptTimeout, job.Reason("a"));
    }

    [Fact]
    public void An_attempt_that_does_not_stop_within_the_grace_time_is_abandoned()
    {
        var limits = new TaskTimeouts { Attempt = Seconds(5), Grace = Seconds(2) };
        var job = Given.Limited(limits, "a -> b").Started().Advance(6.9);
        Assert.Equal("a Stopping, b Waiting", job.Tasks);
        job.Advance(0.1);
        Assert.Equal("AttemptAbandoned, AttemptFailed, TaskFailed, TaskSkipped, JobEnded", job.JustHappened);
        Assert.Equal(new JobEffect.AbandonAttempt(0, 1), job.LastStep.Effects[0]);
        Assert.Equal(1, job.State.AbandonedAttempts);
        Assert.Equal("a Failed, b Skipped", job.Succeed("a").Tasks);
    }

    [Fact]
    public void All_attempts_together_have_a_limit_that_runs_on_through_delays()
    {
        var retry = new RetryPolicy { MaxAttempts = 9, Backoff = new() { Initial = Seconds(10) } };
        var job = Given.Limited(new TaskTimeouts { Total = Seconds(15) }).Task("a", p => p with { Retry = retry });
        var delayed = job.Started().Advance(7).Fail("a").Advance(8);
        Assert.Equal("a Failed", delayed.Tasks);
        Assert.Equal(Reason.TaskTimeout, delayed.Reason("a"));
        Assert.Equal(
            "Task 'a' did not end, all attempts together, within 15.00 s.", delayed.State.FailureOf(0)!.Message);
        var running = job.Started().Advance(4).Fail("a").Advance(10).StartAll().Advance(1);
        Assert.Equal("a Stopping", running.Tasks);
        Assert.Equal("a Failed", running.Fail("a", Failure.CancelledType).Tasks);
        Assert.Equal(Reason.TaskTimeout, running.Reason("a"));
    }

    [Fact]
    public void The_limit_of_all_attempts_ends_a_ready_and_a_held_task_too()
    {
        var given = Given.Limited(new TaskTimeouts { Total = Seconds(15) });
        given.Task("a", p => p with { Retry = new() { OnExhausted = Directive.Hold } });
        Assert.Equal("a Failed", given.Started().Fail("a").Advance(15).Tasks);
        Assert.Equal("a Failed", given.Started().Lose("a").Advance(15).Tasks);
    }

    [Fact]
    public void An_attempt_that_stops_for_its_own_limit_when_the_total_passes_is_not_retried()
    {
        var limits = new TaskTimeouts { Attempt = Seconds(5), Total = Seconds(6), Grace = Seconds(60) };
        var job = Given.Limited(limits).Task("a", p => p with { Retry = new() { MaxAttempts = 2 } }).Started();
        job.Advance(6).Fail("a", Failure.CancelledType);
        Assert.Equal("a Failed", job.Tasks);
        Assert.Equal(Reason.TaskTimeout, job.Reason("a"));
    }

    [Fact]
    public void A_task_that_ended_in_time_is_no_longer_watched_for_its_end()
    {
        var job = Given.Limited(new TaskTimeouts { Total = Seconds(5) }, "a; b").Started().Succeed("a").Advance(9);
        Assert.Equal("a Succeeded, b Running", job.Tasks);
    }

    [Fact]
    public void A_task_of_a_job_that_stops_is_no_longer_watched_for_its_end()
    {
        var limits = new TaskTimeouts { Total = Seconds(5), Grace = Seconds(60) };
        var job = Given.Limited(limits).Started().Advance(4).Cancel().Advance(9).Fail("a");
        Assert.Equal("a Cancelled", job.Tasks);
    }

    [Fact]
    public void The_limit_of_the_job_goes_before_those_of_its_tasks_at_the_same_time()
    {
        var limits = new TaskTimeouts { Attempt = Seconds(5) };
        var job = Given.Limited(limits).Job(f => f with { Timeout = Seconds(5) }).Started().Advance(5);
        Assert.Equal("JobStopping, AttemptStopping", job.JustHappened);
        job.Fail("a").RetryFailed().StartAll().Advance(5);
        Assert.Equal("JobStopping, AttemptStopping", job.JustHappened);
    }

    [Fact]
    public void A_job_that_takes_too_long_is_stopped()
    {
        var job = Given.Flow("a -> b; c").Job(f => f with { Timeout = Seconds(30) }).Submit().Start(1).Advance(30);
        Assert.Equal("a Stopping, b Cancelled, c Cancelled", job.Tasks);
        Assert.Equal("the job did not end within 30.00 s", job.State.StopDetail);
        job.Fail("a", Failure.CancelledType);
        Assert.Equal(JobPhase.TimedOut, job.State.Phase);
        Assert.Equal("a Cancelled, b Cancelled, c Cancelled", job.Tasks);
        Assert.Equal(Reason.JobTimeout, job.Reason("a"));
    }

    [Fact]
    public void The_time_of_a_job_begins_anew_when_it_is_reopened()
    {
        var job = Given.Flow("a").Job(f => f with { Timeout = Seconds(30) }).Submit().Advance(30);
        Assert.Equal(JobPhase.TimedOut, job.State.Phase);
        job.Advance(60).RetryFailed().Advance(29.9);
        Assert.Equal(JobPhase.Running, job.State.Phase);
        Assert.Equal(JobPhase.TimedOut, job.Advance(0.1).State.Phase);
    }

    [Fact]
    public void An_attempt_without_a_heartbeat_is_stopped()
    {
        var job = Given.Limited(new TaskTimeouts { Heartbeat = Seconds(5) }).Started().Advance(5);
        Assert.Equal("a Stopping", job.Tasks);
        Assert.Equal("a Failed", job.Fail("a", Failure.CancelledType).Tasks);
        Assert.Equal(Reason.HeartbeatTimeout, job.Reason("a"));
        Assert.Equal("Task 'a' did not give a heartbeat within 5.00 s.", job.State.FailureOf(0)!.Message);
    }

    [Fact]
    public void Heartbeats_keep_an_attempt_running()
    {
        var job = Given.Limited(new TaskTimeouts { Heartbeat = Seconds(5) }).Started();
        for (var beat = 0; beat < 10; beat++) job.Advance(4).Heartbeat("a");
        Assert.Equal("a Running", job.Advance(4.9).Tasks);
        Assert.Equal("a Stopping", job.Advance(0.1).Tasks);
    }

    [Fact]
    public void A_heartbeat_under_a_clock_that_went_back_takes_nothing_away()
    {
        var job = Given.Limited(new TaskTimeouts { Heartbeat = Seconds(5) }).Started();
        job.Advance(4).Heartbeat("a").SetClock(Seconds(1)).Heartbeat("a").SetClock(Seconds(8.9)).WakeUp();
        Assert.Equal("a Running", job.Tasks);
    }

    [Fact]
    public void A_heartbeat_of_an_old_attempt_does_not_help_the_new_one()
    {
        var job = Given.Limited(new TaskTimeouts { Heartbeat = Seconds(5) })
            .Task("a", p => p with { Retry = new() { MaxAttempts = 2 } }).Started().Advance(1).Fail("a").StartAll();
        Assert.Equal("a Stopping", job.Advance(4).Heartbeat("a", attempt: 1).Advance(1).Tasks);
    }

    [Fact]
    public void Limits_as_long_as_time_itself_never_fall_due()
    {
        var limits = new TaskTimeouts
        {
            Start = TimeSpan.MaxValue,
            Attempt = TimeSpan.MaxValue,
            Total = TimeSpan.MaxValue,
            Heartbeat = TimeSpan.MaxValue,
            Grace = TimeSpan.MaxValue,
        };
        var job = Given.Limited(limits).Job(f => f with { Timeout = TimeSpan.MaxValue }).Started();
        Assert.Equal("a Running", job.Advance(TimeSpan.FromDays(36_500)).WakeUp().Tasks);
        Assert.Equal("a Stopping", job.Cancel().Tasks);
        Assert.Equal(JobPhase.Cancelled, job.Fail("a").State.Phase);
    }

    [Fact]
    public void A_wake_up_that_comes_early_changes_nothing_and_asks_again()
    {
        var job = Given.Limited(new TaskTimeouts { Attempt = Seconds(5) }).Started();
        job.SetClock(Seconds(3)).Send(WakeUp(job));
        Assert.Empty(job.LastStep.Events);
        Assert.Equal(new JobEffect.SetAlarm(JobUnderTest.Epoch.AddSeconds(5)), job.LastStep.Effects.Single());
    }

    [Fact]
    public void A_late_wake_up_acts_on_every_deadline_that_has_passed()
    {
        var job = Given.Flow("a; b; c")
            .Task("a, b", p => p with { Timeouts = new() { Attempt = Seconds(5) } }).Started();
        job.SetClock(Seconds(99)).WakeUp();
        Assert.Equal("a Stopping, b Stopping, c Running", job.Tasks);
    }

    [Fact]
    public void A_late_wake_up_draws_the_conclusions_of_each_deadline_before_the_next()
    {
        var job = Given.Limited(new TaskTimeouts { Start = Seconds(5) }, "a -> b; c")
            .Job(f => f with { Timeout = Seconds(6) }).Submit();
        Assert.Equal("a Failed, b Skipped, c Cancelled", job.SetClock(Seconds(99)).WakeUp().Tasks);
    }

    [Fact]
    public void Time_never_goes_back_in_a_job()
    {
        var job = Given.Flow("a; b").Started().Advance(10).Succeed("a").SetClock(Seconds(3)).Succeed("b");
        Assert.Equal(JobUnderTest.Epoch.AddSeconds(10), job.State.EndedAtOf(1));
        Assert.Equal(JobUnderTest.Epoch.AddSeconds(10), job.State.EndedAt);
    }
}
