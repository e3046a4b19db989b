namespace ActorFlow.Engine.Tests.Machine;

/// <summary>Who is skipped, and because of whom; and what the trigger rules let run.</summary>
public sealed class SkipTests
{
    [Fact]
    public void All_dependents_of_a_failure_are_skipped_with_its_name_and_nobody_else()
    {
        var job = Given.Flow("a -> b -> c; d -> c; d -> e").Started().Fail("a");
        Assert.Equal("a Failed, b Skipped, c Skipped, d Running, e Waiting", job.Tasks);
        Assert.Equal("a", job.Cause("b"));
        Assert.Equal("a", job.Cause("c"));
        Assert.Equal(Reason.UpstreamNotSucceeded, job.Reason("c"));
        Assert.Equal(JobPhase.Failed, job.Succeed("d").StartAll().Succeed("e").State.Phase);
    }

    [Fact]
    public void A_task_with_two_failed_upstreams_blames_the_first_and_is_skipped_once()
    {
        var job = Given.Flow("a -> c; b -> c").Started().Fail("b").Fail("a");
        Assert.Equal("b", job.Cause("c"));
        Assert.Single(job.Events.OfType<JobEvent.TaskSkipped>());
    }

    [Fact]
    public void All_done_runs_when_every_upstream_has_ended_however()
    {
        var job = Given.Flow("a -> d; b -> c -> d").Trigger("d", TriggerRule.AllDone).Started().Fail("b");
        Assert.Equal("a Running, d Waiting, b Failed, c Skipped", job.Tasks);
        Assert.Equal(TaskPhase.Ready, job.Succeed("a").Phase("d"));
        Assert.Equal(JobPhase.Failed, job.StartAll().Succeed("d").State.Phase);
    }

    [Fact]
    public void Any_failed_runs_at_the_first_failure_without_waiting_for_the_others()
    {
        var job = Given.Flow("a -> c; b -> c").Trigger("c", TriggerRule.AnyFailed).Started().Fail("a");
        Assert.Equal("a Failed, c Ready, b Running", job.Tasks);
        Assert.Equal("c Running", job.StartAll().Succeed("b").Tasks.Split(", ")[1]);
    }

    [Fact]
    public void Any_failed_is_skipped_without_a_cause_when_nothing_failed_and_the_job_succeeds()
    {
        var job = Given.Flow("a -> c; b -> c").Trigger("c", TriggerRule.AnyFailed).Started().Succeed("a").Succeed("b");
        Assert.Equal("a Succeeded, c Skipped, b Succeeded", job.Tasks);
        Assert.Equal(Reason.NothingFailed, job.Reason("c"));
        Assert.Null(job.Cause("c"));
        Assert.Equal(JobPhase.Succeeded, job.State.Phase);
    }

    [Fact]
    public void A_skip_because_of_a_failure_counts_as_a_failure_for_any_failed()
    {
        var job = Given.Flow("a -> b -> c").Trigger("c", TriggerRule.AnyFailed).Started().Fail("a");
        Assert.Equal("a Failed, b Skipped, c Ready", job.Tasks);
    }

    [Fact]
    public void A_skip_because_nothing_failed_counts_as_no_failure_however_far_down()
    {
        var job = Given.Flow("a -> x -> y -> z").Trigger("x, z", TriggerRule.AnyFailed).Started().Succeed("a");
        Assert.Equal("a Succeeded, x Skipped, y Skipped, z Skipped", job.Tasks);
        Assert.Equal("x", job.Cause("y"));
        Assert.Equal(Reason.NothingFailed, job.Reason("z"));
        Assert.Equal(JobPhase.Succeeded, job.State.Phase);
    }

    [Fact]
    public void An_optional_upstream_may_fail()
    {
        var job = Given.Flow("a ~> c; b -> c").Started().Fail("a");
        Assert.Equal("a Failed, c Waiting, b Running", job.Tasks);
        Assert.Equal("a Failed, c Ready, b Succeeded", job.Succeed("b").Tasks);
    }

    [Fact]
    public void A_task_whose_only_upstream_is_optional_runs_after_its_skip_too()
    {
        var job = Given.Flow("a -> b ~> c").Started().Fail("a");
        Assert.Equal("a Failed, b Skipped, c Ready", job.Tasks);
    }

    [Fact]
    public void A_required_failure_goes_before_an_optional_upstream_that_ends_with_it()
    {
        var job = Given.Flow("a -> b ~> d; a -> d").Started().Fail("a");
        Assert.Equal("a Failed, b Skipped, d Skipped", job.Tasks);
        Assert.Equal("a", job.Cause("d"));
    }

    [Fact]
    public void An_ignored_failure_skips_nobody()
    {
        var job = Given.Retrying(new() { OnExhausted = Directive.Ignore }, "a -> b -> c").Started().Fail("a");
        Assert.Equal("a Succeeded, b Ready, c Waiting", job.Tasks);
    }

    [Fact]
    public void A_task_skipped_by_its_policy_is_the_cause_of_the_skips_below()
    {
        var job = Given.Retrying(new() { OnExhausted = Directive.Skip }, "a -> b -> c").Started().Fail("a");
        Assert.Equal("a Skipped, b Skipped, c Skipped", job.Tasks);
        Assert.Null(job.Cause("a"));
        Assert.Equal("a", job.Cause("c"));
        Assert.Equal(JobPhase.Succeeded, job.State.Phase);
    }

    [Fact]
    public void Fail_fast_stops_what_runs_cancels_what_waits_and_skips_what_depended()
    {
        var job = Given.Flow("a -> b; c -> d; e").Job(f => f with { FailFast = true }).Submit().Start(2).Fail("a");
        Assert.Equal("a Failed, b Skipped, c Stopping, d Cancelled, e Cancelled", job.Tasks);
        Assert.Equal("task 'a' failed", job.State.StopDetail);
        Assert.Equal(Reason.FailedFast, job.State.StopReason);
        Assert.Equal("a Failed, b Skipped, c Cancelled, d Cancelled, e Cancelled", job.Succeed("c").Tasks);
        Assert.Equal(JobPhase.Failed, job.State.Phase);
        Assert.Equal(new TaskCounts(0, 1, 1, 3), job.State.Counts);
    }

    [Fact]
    public void Fail_fast_waits_for_retries()
    {
        var job = Given.Retrying(new() { MaxAttempts = 2 }, "a; b").Job(f => f with { FailFast = true }).Started();
        Assert.Equal("a Running, b Running", job.Fail("a").StartAll().Tasks);
        Assert.Equal("a Failed, b Stopping", job.Fail("a").Tasks);
    }
}
