namespace ActorFlow.Engine.Tests.Machine;

/// <summary>Tasks that add others to their job while it runs.</summary>
public sealed class ExpansionTests
{
    private static Given Growing => Given.Flow("a -> after").Adds("a", "one", "first -> last");

    [Fact]
    public void A_task_that_expands_waits_for_its_parts_and_then_has_its_next_attempt()
    {
        var job = Growing.Started().Expand("a", "x, y:1");
        Assert.Equal(
            "a Expanded, after Waiting, a.x Ready, a.y.first Ready, a.y.last Waiting", job.Tasks);
        job.StartAll().Succeed("a.x").Succeed("a.y.first").StartAll();
        Assert.Equal(TaskPhase.Expanded, job.Phase("a"));
        job.Succeed("a.y.last");
        Assert.Equal(TaskPhase.Ready, job.Phase("a"));
        job.StartAll();
        Assert.Equal(2, job.Attempt("a"));
        job.Succeed("a").StartAll().Succeed("after");
        Assert.Equal(JobPhase.Succeeded, job.State.Phase);
        Assert.Equal(5, job.State.Counts.Succeeded);
    }

    [Fact]
    public void A_task_may_expand_again_and_again_and_to_nothing_at_all()
    {
        var job = Growing.Started().Expand("a", "");
        Assert.Equal(TaskPhase.Ready, job.Phase("a"));
        job.StartAll().Expand("a", "x").StartAll().Succeed("a.x").StartAll().Expand("a", "z").StartAll()
            .Succeed("a.z").StartAll().Succeed("a").StartAll().Succeed("after");
        Assert.Equal((JobPhase.Succeeded, 4), (job.State.Phase, job.Attempt("a")));
    }

    [Fact]
    public void A_failed_part_fails_the_task_when_the_others_have_ended()
    {
        var job = Growing.Started().Expand("a", "x, y:1").StartAll().Fail("a.x").Succeed("a.y.first").StartAll();
        Assert.Equal(TaskPhase.Expanded, job.Phase("a"));
        job.Succeed("a.y.last");
        Assert.Equal((TaskPhase.Failed, Reason.PartsFailed), (job.Phase("a"), job.Reason("a")));
        Assert.Equal("a", job.Cause("after"));
        Assert.Equal(JobPhase.Failed, job.State.Phase);
    }

    [Fact]
    public void Enough_failures_stop_the_other_parts()
    {
        var job = Growing.Started().Expand("a", "x, y:1, z", e => e with { StopAfterFailures = 1 }).Start(2)
            .Fail("a.x");
        Assert.Equal(
            "a Expanded, after Waiting, a.x Failed, a.y.first Stopping, a.y.last Cancelled, a.z Cancelled", job.Tasks);
        job.Fail("a.y.first");
        Assert.Equal((TaskPhase.Failed, TaskPhase.Cancelled), (job.Phase("a"), job.Phase("a.y.first")));
    }

    [Fact]
    public void A_task_that_takes_failures_over_goes_on_with_them_and_they_fail_nothing()
    {
        var job = Growing.Started().Expand("a", "x, y:1", e => e with { HandsOverFailures = true }).StartAll()
            .Fail("a.x").Fail("a.y.first").StartAll();
        Assert.Equal("a", job.JustStarted);
        Assert.Equal("a.y.first", job.Cause("a.y.last"));
        job.Succeed("a").StartAll().Succeed("after");
        Assert.Equal((JobPhase.Succeeded, 2), (job.State.Phase, job.State.Counts.Failed));
        Assert.Equal(RejectionCode.NothingToRetry, job.RetryFailed().Refusal!.Code);
    }

    [Fact]
    public void No_more_tasks_are_under_way_than_allowed()
    {
        var job = Growing.Started().Expand("a", "x, y, z, u:1", e => e with { MaxParallel = 2 });
        Assert.Equal(2, job.State.StartableIn(0));
        job.StartAll().Succeed("a.y").StartAll();
        Assert.Equal("a.z", job.JustStarted);
        job.Fail("a.x").StartAll();
        Assert.Equal("a.u.first", job.JustStarted);
        job.Succeed("a.z").Succeed("a.u.first").StartAll();
        Assert.Equal("a.u.last", job.JustStarted);
    }

    [Fact]
    public void Parts_begin_when_those_that_they_need_have_succeeded()
    {
        var expansion = new Expansion(
        [
            new ExpansionPart("x", 1) { Input = Payload.None },
            new ExpansionPart("y", 1) { From = [0] },
            new ExpansionPart("z", 0) { From = [0, 1], Collects = true },
        ]);
        var job = Growing.Started().Expand("a", expansion).StartAll();
        Assert.Equal("a.x.first", job.JustStarted);
        job.Succeed("a.x.first").StartAll().Succeed("a.x.last", "7").StartAll();
        Assert.Equal("a.y.first", job.JustStarted);
        job.Succeed("a.y.first").StartAll().Succeed("a.y.last", "8").StartAll();
        Assert.Equal("a.z", job.JustStarted);
        var scope = job.State.Graph.ScopesOf(0)[0];
        Assert.Equal("[7,8]", scope.InputOf(job.Number("a.z"), job.State.OutputOf).ToString());
        Assert.Equal("7", scope.InputOf(job.Number("a.y.last"), job.State.OutputOf).ToString());
    }

    [Fact]
    public void A_retried_task_runs_the_parts_again_that_did_not_succeed()
    {
        var job = Growing.Task("a", p => p with { Retry = new() { MaxAttempts = 2 } }).Started()
            .Expand("a", "x, y:1").StartAll().Succeed("a.x").Fail("a.y.first");
        Assert.Equal(
            "a Expanded, after Waiting, a.x Succeeded, a.y.first Ready, a.y.last Waiting", job.Tasks);
        job.StartAll().Succeed("a.y.first").StartAll().Succeed("a.y.last").StartAll().Succeed("a");
        Assert.Equal((TaskPhase.Succeeded, 2), (job.Phase("a"), job.Attempt("a.y.first")));
    }

    [Fact]
    public void A_job_that_is_retried_runs_the_parts_again_that_did_not_succeed()
    {
        var job = Growing.Started().Expand("a", "x, y:1").StartAll().Succeed("a.x").Fail("a.y.first").RetryFailed();
        Assert.Equal(
            "a Expanded, after Waiting, a.x Succeeded, a.y.first Ready, a.y.last Waiting", job.Tasks);
    }

    [Fact]
    public void A_cancelled_job_cancels_parts_and_their_owner_ends_last()
    {
        var job = Growing.Started().Expand("a", "x, y:1").Start(1).Cancel();
        Assert.Equal(
            "a Stopping, after Cancelled, a.x Stopping, a.y.first Cancelled, a.y.last Cancelled", job.Tasks);
        job.Fail("a.x");
        Assert.Equal((JobPhase.Cancelled, TaskPhase.Cancelled), (job.State.Phase, job.Phase("a")));
    }

    [Fact]
    public void A_task_that_is_out_of_time_stops_its_parts()
    {
        var job = Growing.Task("a", p => p with { Timeouts = new() { Total = TimeSpan.FromSeconds(10) } }).Started()
            .Expand("a", "x, y").Start(1).Advance(10);
        Assert.Equal("a Stopping, after Waiting, a.x Stopping, a.y Cancelled", job.Tasks);
        job.Advance(5);
        Assert.Equal((TaskPhase.Failed, Reason.TaskTimeout), (job.Phase("a"), job.Reason("a")));
        Assert.Equal((TaskPhase.Cancelled, Reason.OwnerEnded), (job.Phase("a.x"), job.Reason("a.x")));
    }

    [Fact]
    public void After_a_crash_parts_that_ran_run_again_and_what_was_added_is_there()
    {
        var job = Growing.Started().Expand("a", "x, y:1").StartAll().Succeed("a.x").Crash();
        Assert.Equal("a Expanded, after Waiting, a.x Succeeded, a.y.first Ready, a.y.last Waiting", job.Tasks);
        Assert.Equal(1, job.State.LostOf(job.Number("a.y.first")));
    }

    [Fact]
    public void A_task_of_a_part_may_expand_too()
    {
        var inner = FlowText.Draft("b");
        inner.Tasks[0].Templates = [new FlowTemplate(FlowText.Draft("c").Build(), 0)];
        var job = Given.Flow("a").Adds("a", inner).Started().Expand("a", "x").StartAll().Expand("a.x", "y").StartAll();
        Assert.Equal("a Expanded, a.x Expanded, a.x.y Running", job.Tasks);
        job.Fail("a.x.y");
        Assert.Equal("a Failed, a.x Failed, a.x.y Failed", job.Tasks);
        job.RetryFailed().StartAll().Succeed("a.x.y").StartAll().Succeed("a.x").StartAll().Succeed("a");
        Assert.Equal(JobPhase.Succeeded, job.State.Phase);
    }

    [Theory]
    [InlineData("x, X", "it has two parts 'X'; names must differ")]
    [InlineData("x:7", "part 'x' is made of template 7, and there are 2, from 0")]
    [InlineData("x y", "A task's name has no white space; 'a.x y' has some")]
    public void What_does_not_fit_fails_the_attempt_with_what_is_wrong(string parts, string problem)
    {
        var job = Growing.Started().Expand("a", parts);
        Assert.Equal($"Task 'a' cannot expand: {problem}.", job.State.FailureOf(0)!.Message);
        Assert.Equal(TaskPhase.Failed, job.Phase("a"));
    }

    [Fact]
    public void A_task_whose_condition_is_false_is_skipped_and_nothing_has_failed()
    {
        var job = Given.Flow("a -> b; c").Trigger("b", TriggerRule.AllSucceeded).Started().Skip("a").Succeed("c");
        Assert.Equal("a Skipped, b Skipped, c Succeeded", job.Tasks);
        Assert.Equal((Reason.ConditionFalse, JobPhase.Succeeded), (job.Reason("a"), job.State.Phase));
        Assert.Null(job.Cause("a"));
        Assert.Equal("Task 'a' was skipped because its condition did not hold.", Why("a"));
        Assert.Equal("Task 'b' was skipped because 'a' was skipped: its condition did not hold.", Why("b"));

        string Why(string task) => Explain.Task(job.State, job.Events, job.Number(task)).Lines[0];
    }
}
