namespace ActorFlow.Engine.Tests.Machine;

/// <summary>Cancel, pause, continue, retry-failed, and what a job refuses.</summary>
public sealed class ControlTests
{
    private static JobUnderTest Ended() => Given.Flow("a").Started().Succeed("a");

    [Fact]
    public void Cancel_stops_what_runs_and_cancels_what_waits()
    {
        var job = Given.Flow("a -> b; c; d").Submit().Start(2).Succeed("c").Cancel("changed my mind");
        Assert.Equal("a Stopping, b Cancelled, c Succeeded, d Cancelled", job.Tasks);
        Assert.Equal(JobPhase.Stopping, job.State.Phase);
        Assert.Equal("changed my mind", job.State.StopDetail);
        job.Fail("a", Failure.CancelledType);
        Assert.Equal(JobPhase.Cancelled, job.State.Phase);
        Assert.Equal("a Cancelled, b Cancelled, c Succeeded, d Cancelled", job.Tasks);
        Assert.Equal(Reason.JobCancelled, job.Reason("a"));
        Assert.Equal("the job was cancelled: changed my mind", job.State.FailureOf(0)!.Message);
    }

    [Fact]
    public void Cancel_without_a_running_attempt_ends_the_job_at_once()
    {
        var job = Given.Flow("a -> b").Submit().Cancel();
        Assert.Equal("JobStopping, TaskCancelled, TaskCancelled, JobEnded", job.JustHappened);
        Assert.Equal(JobPhase.Cancelled, job.State.Phase);
        Assert.Null(job.State.StopDetail);
    }

    [Fact]
    public void An_attempt_that_is_cancelled_without_a_reason_failed_of_the_cancel()
    {
        var job = Given.Flow("a").Started().Cancel().Fail("a");
        Assert.Equal(new Failure(Failure.CancelledType, "the job was cancelled"), job.State.FailureOf(0));
    }

    [Fact]
    public void A_cancel_gives_an_attempt_that_stops_already_its_grace_time_anew()
    {
        var limits = new TaskTimeouts { Attempt = TimeSpan.FromSeconds(5), Grace = TimeSpan.FromSeconds(4) };
        var job = Given.Limited(limits).Started().Advance(7).Cancel().Advance(3.9);
        Assert.Equal("a Stopping", job.Tasks);
        Assert.Equal("a Cancelled", job.Advance(0.1).Tasks);
    }

    [Fact]
    public void Cancel_reaches_tasks_that_back_off_are_held_or_stop_already()
    {
        var retry = new RetryPolicy { MaxAttempts = 2, Backoff = new() { Initial = TimeSpan.FromSeconds(9) } };
        var job = Given.Retrying(retry, "a; b; c")
            .Task("b", p => p with { Retry = new() { OnExhausted = Directive.Hold } })
            .Task("c", p => p with { Timeouts = new() { Attempt = TimeSpan.FromSeconds(1) } }).Started();
        job.Fail("a").Fail("b").Advance(1);
        Assert.Equal("a BackingOff, b Held, c Stopping", job.Tasks);
        Assert.Equal("a Cancelled, b Cancelled, c Stopping", job.Cancel().Tasks);
        Assert.Equal("a Cancelled, b Cancelled, c Cancelled", job.Fail("c").Tasks);
    }

    [Fact]
    public void A_second_cancel_changes_nothing()
    {
        var job = Given.Flow("a").Started().Cancel("first").Cancel("second");
        Assert.Null(job.Refusal);
        Assert.Empty(job.LastStep.Events);
        Assert.Equal("first", job.State.StopDetail);
    }

    [Fact]
    public void A_job_that_stops_for_a_failure_can_still_be_cancelled()
    {
        var job = Given.Flow("a; b").Job(f => f with { FailFast = true }).Started().Fail("a").Cancel("enough");
        Assert.Equal(JobPhase.Cancelled, job.Fail("b").State.Phase);
        Assert.Equal("enough", job.State.StopDetail);
    }

    [Fact]
    public void An_attempt_that_does_not_heed_a_cancel_is_abandoned_after_the_grace_time()
    {
        var job = Given.Flow("a").Started().Cancel().Advance(4.9);
        Assert.Equal(JobPhase.Stopping, job.State.Phase);
        job.Advance(0.1);
        Assert.Equal(JobPhase.Cancelled, job.State.Phase);
        Assert.Equal(1, job.State.AbandonedAttempts);
        Assert.Equal("a Cancelled", job.Succeed("a").Tasks);
    }

    [Fact]
    public void A_job_that_was_to_be_cancelled_at_a_crash_is_cancelled_after_it()
    {
        var job = Given.Flow("a -> b").Started().Cancel().Crash();
        Assert.Equal("a Cancelled, b Cancelled", job.Tasks);
        Assert.Equal(JobPhase.Cancelled, job.State.Phase);
    }

    [Fact]
    public void A_pause_starts_nothing_new_and_lets_what_runs_end()
    {
        var job = Given.Flow("a -> b; c").Submit().Start(1).Pause().StartAll();
        Assert.Equal("a Running, b Waiting, c Ready", job.Tasks);
        Assert.Equal(0, job.State.StartableIn(0));
        Assert.Equal("a Succeeded, b Ready, c Ready", job.Succeed("a").StartAll().Tasks);
        Assert.Equal("a Succeeded, b Running, c Running", job.Continue().StartAll().Tasks);
    }

    [Fact]
    public void A_pause_survives_a_crash()
    {
        var job = Given.Flow("a").Started().Pause().Crash().StartAll();
        Assert.Equal(JobPhase.Paused, job.State.Phase);
        Assert.Equal("a Running", job.Continue().StartAll().Tasks);
    }

    [Fact]
    public void A_job_waits_for_its_operator_while_it_is_paused_and_nothing_runs()
    {
        Assert.False(Given.Flow("a; b").Unsubmitted().State.WaitsForOperator);
        var job = Given.Flow("a; b").Submit().Start(1);
        Assert.False(job.State.WaitsForOperator);
        Assert.False(job.Pause().State.WaitsForOperator);
        Assert.True(job.Succeed("a").State.WaitsForOperator);
        Assert.False(job.Continue().State.WaitsForOperator);
        Assert.False(job.Cancel().State.WaitsForOperator);
    }

    [Fact]
    public void A_job_waits_for_its_operator_when_all_that_is_left_is_held_or_waits_for_what_is()
    {
        var retry = new RetryPolicy { MaxAttempts = 2, Backoff = new() { Initial = TimeSpan.FromSeconds(9) } };
        var job = Given.Retrying(new() { OnExhausted = Directive.Hold }, "a -> b; c")
            .Task("c", p => p with { Retry = retry }).Started().Fail("a");
        Assert.Equal("a Held, b Waiting, c Running", job.Tasks);
        Assert.False(job.State.WaitsForOperator);
        Assert.False(job.Fail("c").State.WaitsForOperator);
        Assert.False(job.Advance(9).State.WaitsForOperator);
        Assert.True(job.StartAll().Succeed("c").State.WaitsForOperator);
        Assert.False(job.Settle("a", Directive.Skip).State.WaitsForOperator);
    }

    [Fact]
    public void Delays_between_attempts_run_on_in_a_pause()
    {
        var retry = new RetryPolicy { MaxAttempts = 2, Backoff = new() { Initial = TimeSpan.FromSeconds(9) } };
        Assert.Equal("a Ready", Given.Retrying(retry).Started().Fail("a").Pause().Advance(9).Tasks);
    }

    [Fact]
    public void A_paused_job_ends_when_its_last_attempt_does()
    {
        Assert.Equal(JobPhase.Succeeded, Given.Flow("a").Started().Pause().Succeed("a").State.Phase);
    }

    [Fact]
    public void Pausing_twice_and_continuing_twice_change_nothing()
    {
        var job = Given.Flow("a").Submit().Pause().Pause();
        Assert.Empty(job.LastStep.Events);
        Assert.Empty(job.Continue().Continue().LastStep.Events);
        Assert.Null(job.Refusal);
    }

    [Fact]
    public void Retry_failed_runs_again_what_did_not_succeed_and_keeps_what_did()
    {
        var job = Given.Flow("a -> b -> c; d").Started().Succeed("a", "41").Fail("d").StartAll().Fail("b");
        Assert.Equal("a Succeeded, b Failed, c Skipped, d Failed", job.Tasks);
        job.RetryFailed();
        Assert.Equal("a Succeeded, b Ready, c Waiting, d Ready", job.Tasks);
        Assert.Equal(Reason.RetryRequested, job.Reason("b"));
        Assert.Null(job.Cause("c"));
        Assert.Equal("41", job.Output("a"));
        Assert.Null(job.State.EndedAt);
        job.StartAll().Succeed("d").Succeed("b").StartAll().Succeed("c");
        Assert.Equal(JobPhase.Succeeded, job.State.Phase);
        Assert.Equal((1, 2, 1, 2), (job.Attempt("a"), job.Attempt("b"), job.Attempt("c"), job.Attempt("d")));
    }

    [Fact]
    public void Retry_failed_gives_fresh_attempts_whose_numbers_go_on()
    {
        var job = Given.Retrying(new() { MaxAttempts = 2, MaxLost = 0 }).Started().Fail("a").StartAll().Lose("a");
        job.RetryFailed().StartAll().Fail("a").StartAll();
        Assert.Equal("a Running", job.Tasks);
        Assert.Equal(4, job.Attempt("a"));
        Assert.Equal("a Failed", job.Fail("a").Tasks);
    }

    [Fact]
    public void Retry_failed_goes_on_with_a_cancelled_job()
    {
        var job = Given.Flow("a -> b").Started().Cancel("oops").Fail("a").RetryFailed().StartAll();
        Assert.Equal((JobPhase.Running, Reason.None), (job.State.Phase, job.State.StopReason));
        Assert.Null(job.State.StopDetail);
        Assert.Equal(JobPhase.Succeeded, job.Succeed("a").StartAll().Succeed("b").State.Phase);
    }

    [Fact]
    public void Retry_failed_gives_the_total_time_anew()
    {
        var job = Given.Limited(new() { Total = TimeSpan.FromSeconds(5) }).Started().Advance(5).Fail("a");
        job.RetryFailed().Advance(60).StartAll().Advance(4.9);
        Assert.Equal("a Running", job.Tasks);
        Assert.Equal("a Stopping", job.Advance(0.1).Tasks);
    }

    [Fact]
    public void Retry_failed_asks_trigger_rules_again()
    {
        var job = Given.Flow("a -> h; a -> d").Trigger("h", TriggerRule.AnyFailed).Trigger("d", TriggerRule.AllDone);
        var done = job.Started().Fail("a").StartAll().Fail("h").Fail("d").RetryFailed().StartAll().Succeed("a");
        Assert.Equal("a Succeeded, h Skipped, d Ready", done.Tasks);
    }

    [Fact]
    public void Retry_failed_of_a_job_with_nothing_but_rule_skips_ends_it_again()
    {
        var job = Given.Flow("a -> h").Trigger("h", TriggerRule.AnyFailed).Started().Succeed("a").RetryFailed();
        Assert.Equal("JobReopened, TaskSkipped, JobEnded", job.JustHappened);
        Assert.Null(job.Cause("h"));
        Assert.Equal(JobPhase.Succeeded, job.State.Phase);
    }

    [Fact]
    public void An_ended_job_refuses_what_comes_too_late()
    {
        Assert.Equal(
            new Rejection(RejectionCode.HasEnded, "It has ended and cannot be cancelled any more."),
            Ended().Cancel().Refusal);
        Assert.Equal(
            new Rejection(RejectionCode.HasEnded, "It has ended and cannot be paused any more."),
            Ended().Pause().Refusal);
        Assert.Equal(
            new Rejection(RejectionCode.HasEnded, "It has ended and cannot be continued any more."),
            Ended().Continue().Refusal);
        Assert.Equal(
            new Rejection(RejectionCode.NothingToRetry, "Every task succeeded; there is nothing to retry."),
            Ended().RetryFailed().Refusal);
    }

    [Fact]
    public void A_job_refuses_what_comes_too_early()
    {
        Assert.Equal(
            new Rejection(RejectionCode.HasNotEnded, "It has not ended; only an ended job can be retried."),
            Given.Flow("a").Started().RetryFailed().Refusal);
        Assert.Equal(
            new Rejection(RejectionCode.WrongPhase, "It is about to end and cannot be paused."),
            Given.Flow("a").Started().Cancel().Pause().Refusal);
        Assert.Equal(
            new Rejection(RejectionCode.NotSubmitted, "It has not been submitted."),
            Given.Flow("a").Unsubmitted().Cancel().Refusal);
    }

    [Fact]
    public void A_job_is_submitted_once()
    {
        Assert.Equal(
            new Rejection(RejectionCode.AlreadySubmitted, "It has been submitted already."),
            Given.Flow("a").Submit().Submit().Refusal);
    }

    [Fact]
    public void Only_a_held_task_can_be_settled()
    {
        Assert.Equal(
            new Rejection(RejectionCode.NotHeld, "Task 'a' is Running and does not wait for an operator."),
            Given.Flow("a").Started().Settle("a", Directive.Retry).Refusal);
    }
}
