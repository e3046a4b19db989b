namespace ActorFlow.Engine.Tests.Machine;

/// <summary>Running attempts that add parts, and wait for them.</summary>
public sealed class AwaitedPartsTests
{
    private static readonly Given Growing = Given.Flow("a -> after").Adds("a", "one");

    [Fact]
    public void An_attempt_that_waits_for_parts_goes_on_when_they_have_ended()
    {
        var job = Growing.Started().Expand("a", "x", Keyed("k")).StartAll().Succeed("a.x");
        Assert.Equal((TaskPhase.Running, 1), (job.Phase("a"), job.Attempt("a")));
        Assert.Equal(new JobEffect.AnswerAttempt(0, 1, 0), Assert.Single(job.LastStep.Effects));
        job.Succeed("a").StartAll().Succeed("after");
        Assert.Equal(JobPhase.Succeeded, job.State.Phase);
    }

    [Fact]
    public void It_is_told_of_failed_parts_and_decides_what_they_mean()
    {
        var job = Growing.Started().Expand("a", "x", Keyed("k")).StartAll().Fail("a.x").Succeed("a").StartAll()
            .Succeed("after");
        Assert.Equal((JobPhase.Succeeded, TaskPhase.Failed), (job.State.Phase, job.Phase("a.x")));
    }

    [Fact]
    public void It_may_wait_for_several_at_once()
    {
        var job = Growing.Started().Expand("a", "x", Keyed("k")).Expand("a", "y", Keyed("l")).StartAll().Succeed("a.y");
        Assert.Equal(TaskPhase.Expanded, job.Phase("a"));
        Assert.Equal("TaskSucceeded, TaskContinued", job.JustHappened);
        job.Succeed("a.x");
        Assert.Equal(TaskPhase.Running, job.Phase("a"));
    }

    [Fact]
    public void What_was_added_under_keys_is_counted_and_in_a_copy_of_the_graph_too()
    {
        var job = Growing.Started().Expand("a", "x", Keyed("k")).Expand("a", "y", Keyed("l")).StartAll()
            .Succeed("a.x").Succeed("a.y").Expand("a", "z");
        var (graph, a) = (job.State.Graph, job.Number("a"));
        Assert.Equal((3, 2), (graph.ScopesOf(a).Count, graph.CountKeyed(a)));
        Assert.Equal((3, 2), (graph.Copy().ScopesOf(a).Count, graph.Copy().CountKeyed(a)));
        Assert.Equal(0, graph.CountKeyed(job.Number("after")));
    }

    [Fact]
    public void After_a_crash_the_next_attempt_gets_what_is_there_already()
    {
        var job = Growing.Started().Expand("a", "x", Keyed("k")).StartAll().Succeed("a.x").Crash().StartAll()
            .Expand("a", "x", Keyed("k"));
        Assert.Equal("TaskAwaits, TaskContinued", job.JustHappened);
        Assert.Equal((TaskPhase.Running, 2), (job.Phase("a"), job.Attempt("a")));
    }

    [Fact]
    public void A_name_stands_for_one_run_and_is_refused_to_another()
    {
        var job = Growing.Started().Expand("a", "x", Keyed("k")).StartAll().Succeed("a.x");
        Assert.Null(job.Expand("a", "x", Keyed("k")).Refusal);
        Assert.Equal(
            new Rejection(
                RejectionCode.BadExpansion,
                "Task 'a' has run 'k' before, and not with this: give each of its runs a name of its own. "
                + "To begin anew what an attempt before has run, fork the job from this task."),
            job.Expand("a", "y", Keyed("k")).Refusal);
        Assert.Equal("a Running, after Waiting, a.x Succeeded", job.Tasks);
    }

    [Fact]
    public void A_fork_from_the_task_may_run_another_under_the_name()
    {
        var job = Growing.Started().Expand("a", "x", Keyed("k")).StartAll().Fail("a.x").Fail("a").RetryFailed()
            .StartAll();
        Assert.NotNull(job.Expand("a", "y", Keyed("k")).Refusal);
        var fork = job.Fail("a").Fork("a").StartAll().Expand("a", "y", Keyed("k"));
        Assert.Null(fork.Refusal);
        Assert.Equal("a Expanded, after Waiting, a.y Ready", fork.Tasks);
    }

    [Theory]
    [InlineData("1", "1", false)]
    [InlineData("1", "2", true)]
    public void A_name_stands_for_one_input_too(string first, string second, bool isRefused)
    {
        var job = Growing.Started().Expand("a", With(Payload.FromJson(first)));
        job.Expand("a", With(Payload.FromJson(second)));
        Assert.Equal(isRefused, job.Refusal is not null);
    }

    [Fact]
    public void Of_live_inputs_those_with_an_equality_of_their_own_are_told_apart()
    {
        Assert.NotNull(Asked(7, 8).Refusal);
        Assert.Null(Asked(7, 7).Refusal);
        Assert.Null(Asked(new object(), new object()).Refusal);

        static JobUnderTest Asked(object first, object second) =>
            Growing.Started().Expand("a", With(Payload.Live(first))).Expand("a", With(Payload.Live(second)));
    }

    [Fact]
    public void After_a_crash_parts_go_on_while_the_task_starts_again()
    {
        var job = Growing.Started().Expand("a", "x", Keyed("k")).StartAll().Crash();
        Assert.Equal("a Ready, after Waiting, a.x Ready", job.Tasks);
        job.StartAll().Expand("a", "x", Keyed("k")).Succeed("a.x");
        Assert.Equal(TaskPhase.Running, job.Phase("a"));
    }

    [Fact]
    public void Failed_parts_run_again_when_a_later_attempt_asks_for_them()
    {
        var job = Growing.Task("a", p => p with { Retry = new() { MaxAttempts = 2 } }).Started()
            .Expand("a", "x", Keyed("k")).StartAll().Fail("a.x").Fail("a").StartAll().Expand("a", "x", Keyed("k"));
        Assert.Equal("a Expanded, after Waiting, a.x Ready", job.Tasks);
    }

    [Fact]
    public void Parts_are_stopped_when_the_task_ends_without_waiting_for_them()
    {
        var job = Growing.Started().Expand("a", "x, y", Keyed("k")).Start(1).Succeed("a");
        Assert.Equal("a Succeeded, after Ready, a.x Stopping, a.y Cancelled", job.Tasks);
        job.StartAll().Succeed("after").Fail("a.x");
        Assert.Equal((JobPhase.Succeeded, Reason.OwnerEnded), (job.State.Phase, job.Reason("a.x")));
    }

    [Fact]
    public void An_attempt_can_stop_what_it_waits_for()
    {
        var job = Growing.Started().Expand("a", "x, y", Keyed("k")).Start(1);
        job.Send(new JobCommand.StopExpansion(job.Now, 0, 1, "k"));
        Assert.Equal("a Expanded, after Waiting, a.x Stopping, a.y Cancelled", job.Tasks);
        job.Fail("a.x");
        Assert.Equal((TaskPhase.Running, TaskPhase.Cancelled), (job.Phase("a"), job.Phase("a.x")));
    }

    [Fact]
    public void An_attempt_that_was_asked_to_stop_adds_nothing_and_is_told()
    {
        var job = Growing.Started().Cancel().Expand("a", "x", Keyed("k"));
        Assert.Equal(
            new Rejection(
                RejectionCode.WrongPhase, "The attempt was asked to stop, and adds nothing any more."), job.Refusal);
        Assert.Equal(2, job.State.Graph.Count);
    }

    private static Expansion With(Payload input) => new([new ExpansionPart("x", 0) { Input = input }]) { Key = "k" };

    private static Func<Expansion, Expansion> Keyed(string key) => expansion => expansion with { Key = key };

    // The first was abandoned, and the part that it awaited has not stopped.
    private static JobUnderTest SecondAttempt(int of)
    {
        var inner = FlowText.Draft("one");
        inner.Tasks[0].Policy = new() { Timeouts = new() { Grace = TimeSpan.FromSeconds(60) } };
        return Given.Flow("a").Task("a", p => p with
        {
            Retry = new() { MaxAttempts = of },
            Timeouts = new() { Attempt = TimeSpan.FromSeconds(10), Grace = TimeSpan.FromSeconds(1) },
        }).Adds("a", inner).Started().Expand("a", "x", Keyed("k")).StartAll().Advance(10).Advance(1).StartAll();
    }

    [Fact]
    public void An_attempt_that_awaits_parts_that_were_stopped_for_the_one_before_it_has_them_run_again()
    {
        var job = SecondAttempt(of: 2);
        Assert.Equal(("a Running, a.x Stopping", 2), (job.Tasks, job.Attempt("a")));

        job.Expand("a", "x", Keyed("k")).Fail("a.x");
        Assert.Equal("a Expanded, a.x Ready", job.Tasks);
        job.StartAll().Succeed("a.x");
        Assert.Equal(new JobEffect.AnswerAttempt(0, 2, 0), Assert.Single(job.LastStep.Effects));
    }

    [Fact]
    public void Parts_that_were_stopped_do_not_run_again_for_an_attempt_that_has_ended_itself()
    {
        var job = SecondAttempt(of: 3)
            .Expand("a", "x", Keyed("k")).Advance(10).Advance(1).StartAll().Expand("a", "y", Keyed("l")).StartAll();
        Assert.Equal("a Expanded, a.x Stopping, a.y Running", job.Tasks);
        Assert.Equal("a Expanded, a.x Cancelled, a.y Running", job.Fail("a.x").Tasks);
    }

    [Fact]
    public void An_attempt_goes_on_though_parts_that_an_earlier_one_left_behind_have_not_ended()
    {
        var job = Given.Flow("a").Task("a", p => p with
        {
            Timeouts = new() { Heartbeat = TimeSpan.FromSeconds(10) },
            Retry = new() { MaxAttempts = 2 },
        }).Adds("a", "one").Started().Expand("a", "x", Keyed("k")).StartAll().Fail("a").StartAll()
            .Expand("a", "y", Keyed("l")).StartAll().Succeed("a.y");
        Assert.Equal("a Running, a.x Running, a.y Succeeded", job.Tasks);
        Assert.Equal(TaskPhase.Stopping, job.Advance(10).Phase("a"));
    }

    [Fact]
    public void Parts_left_behind_are_stopped_once_when_the_job_is_cancelled()
    {
        var job = Given.Flow("a").Task("a", p => p with
        {
            Retry = new() { MaxAttempts = 2, Backoff = new() { Initial = TimeSpan.FromSeconds(100) } },
        }).Adds("a", "one").Started().Expand("a", "x", Keyed("k")).StartAll().Fail("a").Cancel("enough");
        Assert.Single(job.LastStep.Events, fact => fact is JobEvent.AttemptStopping);
        Assert.Equal(Reason.JobCancelled, job.Fail("a.x").Reason("a.x"));
    }
}
