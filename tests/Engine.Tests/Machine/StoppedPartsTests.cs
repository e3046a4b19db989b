namespace ActorFlow.Engine.Tests.Machine;

/// <summary>Added tasks that are stopped, what that makes of those who added them, and how they run again.</summary>
public sealed class StoppedPartsTests
{
    private static Given Growing => Given.Flow("a -> after").Adds("a", "one", "first -> last");

    [Fact]
    public void Parts_that_were_cancelled_with_their_job_run_again_before_the_task_goes_on()
    {
        var job = Growing.Started().Expand("a", "x, y").StartAll().Succeed("a.x").Cancel().Fail("a.y");
        Assert.Equal("a Cancelled, after Cancelled, a.x Succeeded, a.y Cancelled", job.Tasks);
        job.RetryFailed();
        Assert.Equal("a Expanded, after Waiting, a.x Succeeded, a.y Ready", job.Tasks);

        job = Growing.Started().Expand("a", "x, y", e => e with { HandsOverFailures = true }).StartAll()
            .Fail("a.x").Cancel().Fail("a.y").RetryFailed();
        Assert.Equal("a Expanded, after Waiting, a.x Ready, a.y Ready", job.Tasks);
    }

    [Fact]
    public void Parts_that_stopped_each_other_are_handed_over_as_they_are()
    {
        var job = Growing.Started()
            .Expand("a", "x, y, z", e => e with { HandsOverFailures = true, StopAfterFailures = 2 }).StartAll()
            .Fail("a.x").Fail("a.y").Succeed("a.z");
        Assert.Equal("a Ready, after Waiting, a.x Failed, a.y Failed, a.z Cancelled", job.Tasks);
        job.StartAll().Fail("a").RetryFailed();
        Assert.Equal("a Ready, after Waiting, a.x Failed, a.y Failed, a.z Cancelled", job.Tasks);
    }

    [Fact]
    public void Fewer_failures_than_that_stop_nothing()
    {
        var job = Growing.Started().Expand("a", "x, y, z", e => e with { StopAfterFailures = 2 }).StartAll()
            .Fail("a.x");
        Assert.Equal("a Expanded, after Waiting, a.x Failed, a.y Running, a.z Running", job.Tasks);
        job.Fail("a.z");
        Assert.Equal("a Expanded, after Waiting, a.x Failed, a.y Stopping, a.z Failed", job.Tasks);
    }

    [Fact]
    public void What_a_failure_dooms_is_skipped_and_what_it_stops_is_cancelled()
    {
        var job = Growing.Started().Expand("a", "x:1, y:1", e => e with { StopAfterFailures = 1 }).Start(1)
            .Fail("a.x.first");
        Assert.Equal(
            "a Failed, after Skipped, a.x.first Failed, a.x.last Skipped, a.y.first Cancelled, a.y.last Cancelled",
            job.Tasks);
        Assert.Equal("a.x.first", job.Cause("a.x.last"));
    }

    [Fact]
    public void A_task_that_has_no_attempt_to_stop_waits_for_its_parts_however_long_these_may_take()
    {
        var inner = FlowText.Draft("one");
        inner.Tasks[0].Policy = new() { Timeouts = new() { Grace = TimeSpan.FromSeconds(60) } };
        var job = Given.Limited(new() { Total = TimeSpan.FromSeconds(10) }).Adds("a", inner).Started()
            .Expand("a", "x").StartAll().Advance(69);
        Assert.Equal("a Stopping, a.x Stopping", job.Tasks);
        Assert.Equal(("a Failed, a.x Cancelled", 1), (job.Advance(1).Tasks, job.State.AbandonedAttempts));
    }

    [Fact]
    public void What_a_task_leaves_behind_stops_however_the_task_ends()
    {
        var ignoring = Growing.Task("a", p => p with { Retry = new() { OnExhausted = Directive.Ignore } });
        Assert.Equal("a Failed, after Skipped, a.x Stopping", Waiting(Growing).Fail("a").Tasks);
        Assert.Equal("a Skipped, after Skipped, a.x Stopping", Waiting(Growing).Skip("a").Tasks);
        Assert.Equal("a Succeeded, after Ready, a.x Stopping", Waiting(ignoring).Fail("a").Tasks);

        static JobUnderTest Waiting(Given given) =>
            given.Started().Expand("a", "x", e => e with { Key = "k" }).StartAll();
    }

    [Fact]
    public void With_a_part_all_that_it_had_added_stops()
    {
        var inner = FlowText.Draft("b");
        inner.Tasks[0].Templates = [new FlowTemplate(FlowText.Draft("c").Build(), 0)];
        var job = Given.Flow("a").Adds("a", inner).Started().Expand("a", "x", e => e with { Key = "k" }).StartAll()
            .Expand("a.x", "p, q").Start(1);
        job.Send(new JobCommand.StopExpansion(job.Now, 0, 1, "k"));
        Assert.Equal("a Expanded, a.x Stopping, a.x.p Stopping, a.x.q Cancelled", job.Tasks);
        job.Fail("a.x.p");
        Assert.Equal("a Running, a.x Cancelled, a.x.p Cancelled, a.x.q Cancelled", job.Tasks);
        Assert.Contains("what 'a' had added was stopped", job.State.FailureOf(job.Number("a.x"))!.Message);
    }

    [Fact]
    public void Parts_that_waited_their_turn_when_they_were_stopped_wait_for_their_needs_again()
    {
        var inner = FlowText.Draft("u -> w");
        inner.Tasks[1].Policy = inner.Tasks[1].Policy with { Trigger = TriggerRule.AllDone };
        var job = Given.Flow("a").Adds("a", inner).Started().Expand("a", "x, y, z", e => e with { MaxParallel = 2 })
            .StartAll().Fail("a.x.u").StartAll().Cancel().Fail("a.y.u").Fail("a.z.u").RetryFailed().StartAll();
        Assert.Equal("a.x.u, a.y.u", job.JustStarted);
        job.Succeed("a.y.u").StartAll();
        Assert.Equal("a.z.u", job.JustStarted);
        Assert.Equal(TaskPhase.Waiting, job.Phase("a.x.w"));
    }

    [Fact]
    public void An_attempt_that_was_asked_to_stop_has_stopped_whatever_it_reports()
    {
        Assert.Equal("a Cancelled, after Cancelled", Growing.Started().Cancel().Expand("a", "x").Tasks);
        Assert.Equal("a Cancelled, after Cancelled", Growing.Started().Cancel().Skip("a").Tasks);
    }

    [Fact]
    public void What_an_old_attempt_adds_is_ignored()
    {
        var job = Growing.Started().Succeed("a").Expand("a", "x");
        Assert.Null(job.Refusal);
        Assert.Empty(job.LastStep.Events);
    }

    [Fact]
    public void The_time_of_a_part_that_is_stopped_with_the_others_means_nothing_any_more()
    {
        var inner = FlowText.Draft("one");
        inner.Tasks[0].Policy = new() { Timeouts = new() { Total = TimeSpan.FromSeconds(10) } };
        var job = Given.Flow("a").Adds("a", inner).Started()
            .Expand("a", "x, y", e => e with { StopAfterFailures = 1, HandsOverFailures = true }).StartAll()
            .Advance(8).Fail("a.x");
        var grace = job.Outstanding.Alarm;
        job.Advance(2);
        Assert.Equal((TaskPhase.Stopping, grace), (job.Phase("a.y"), job.Outstanding.Alarm));
        Assert.Equal((TaskPhase.Cancelled, Reason.FailedFast), (job.Fail("a.y").Phase("a.y"), job.Reason("a.y")));
    }
}
