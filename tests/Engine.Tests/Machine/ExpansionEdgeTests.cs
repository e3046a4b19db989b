using ActorFlow.Engine.Tests.Properties;

namespace ActorFlow.Engine.Tests.Machine;

/// <summary>Where rules about added tasks meet each other, or limits, stops and earlier rounds.</summary>
public sealed class ExpansionEdgeTests
{
    private static Given Growing => Given.Flow("a -> after").Adds("a", "one", "first -> last");

    [Fact]
    public void Parts_that_failed_run_again_also_where_an_upstream_runs_again_first()
    {
        var job = Given.Flow("u -> a").Adds("a", "one").Trigger("a", TriggerRule.AllDone).Started()
            .Fail("u").StartAll().Expand("a", "x").StartAll().Fail("a.x").RetryFailed();
        Assert.Equal("u Ready, a Waiting, a.x Failed", job.Tasks);
        job.StartAll().Succeed("u");
        Assert.Equal("u Succeeded, a Expanded, a.x Ready", job.Tasks);
    }

    [Fact]
    public void A_task_whose_parts_run_again_in_another_round_has_its_time_from_there()
    {
        var retry = new RetryPolicy { MaxAttempts = 2, Budget = TimeSpan.FromSeconds(30) };
        var timeouts = new TaskTimeouts { Total = TimeSpan.FromSeconds(60) };
        var job = Growing.Task("a", p => p with { Retry = retry, Timeouts = timeouts }).Started().Expand("a", "x")
            .StartAll().Fail("a.x").StartAll().Fail("a.x").Advance(100).RetryFailed().StartAll().Fail("a.x").StartAll();
        Assert.Equal("a Expanded, after Waiting, a.x Running", job.Tasks);
        job.Advance(59);
        Assert.Equal(TaskPhase.Expanded, job.Phase("a"));
        job.Advance(1);
        Assert.Equal((TaskPhase.Stopping, Reason.TaskTimeout), (job.Phase("a"), job.Reason("a")));
    }

    [Fact]
    public void A_part_whose_own_parts_run_again_counts_against_the_limit()
    {
        var inner = FlowText.Draft("b");
        inner.Tasks[0].Templates = [new FlowTemplate(FlowText.Draft("c").Build(), 0)];
        var job = Given.Flow("a").Adds("a", inner).Task("a", p => p with { Retry = new() { MaxAttempts = 2 } })
            .Started().Expand("a", "x, z", e => e with { MaxParallel = 1 }).StartAll().Expand("a.x", "p").StartAll()
            .Fail("a.x.p").StartAll().Fail("a.z");
        Assert.Equal("a Expanded, a.x Expanded, a.z Waiting, a.x.p Ready", job.Tasks);
        job.StartAll().Succeed("a.x.p").StartAll().Succeed("a.x");
        Assert.Equal(TaskPhase.Ready, job.Phase("a.z"));
    }

    [Fact]
    public void A_part_that_is_to_run_on_a_failure_and_waits_for_its_turn_is_not_skipped()
    {
        var inner = FlowText.Draft("u, v -> w");
        inner.Tasks[2].Policy = inner.Tasks[2].Policy with { Trigger = TriggerRule.AnyFailed };
        var job = Given.Flow("a").Adds("a", inner).Started().Expand("a", "x", e => e with { MaxParallel = 1 })
            .StartAll().Fail("a.x.u").StartAll().Succeed("a.x.v").StartAll();
        Assert.Equal("a Expanded, a.x.u Failed, a.x.v Succeeded, a.x.w Running", job.Tasks);
    }

    [Fact]
    public void What_was_to_run_again_with_the_failure_that_stops_all_around_it_is_skipped_or_cancelled()
    {
        var parts = FlowText.Draft("c; d -> e");
        parts.Tasks[2].Policy = parts.Tasks[2].Policy with { Trigger = TriggerRule.AnyFailed };
        var inner = FlowText.Draft("v; u -> w");
        inner.Tasks[2].Policy = inner.Tasks[2].Policy with { Trigger = TriggerRule.AllDone };
        inner.Tasks[2].Templates = [new FlowTemplate(parts.Build(), 0)];
        var job = Given.Flow("a").Adds("a", inner).Started()
            .Expand("a", "x", e => e with { StopAfterFailures = 2 }).StartAll().Skip("a.x.v").Fail("a.x.u").StartAll()
            .Expand("a.x.w", "p").StartAll().Succeed("a.x.w.p.d").Fail("a.x.w.p.c");
        Assert.Equal(JobPhase.Failed, job.State.Phase);

        job.RetryFailed().StartAll().Fail("a.x.v").Fail("a.x.u");
        Assert.Equal(
            "a Failed, a.x.v Failed, a.x.u Failed, a.x.w Cancelled, "
            + "a.x.w.p.c Cancelled, a.x.w.p.d Succeeded, a.x.w.p.e Skipped",
            job.Tasks);
        Referee.Check(job.Flow, job.Events);
    }

    [Fact]
    public void A_part_that_waits_for_its_turn_says_so()
    {
        var job = Growing.Started().Expand("a", "x, y", e => e with { MaxParallel = 1 });
        Assert.Equal(
            "Task 'a.y' waits its turn: of the tasks that 'a' has added no more than 1 run at once.",
            Explain.Task(job.State, job.Events, job.Number("a.y")).Lines[0]);
    }

    [Fact]
    public void A_task_waits_for_what_its_attempt_ended_with_and_not_for_what_it_left_behind()
    {
        var job = Growing.Started().Expand("a", "x", Keyed).Expand("a", "y").StartAll().Succeed("a.x");
        Assert.Equal("a Expanded, after Waiting, a.x Succeeded, a.y Running", job.Tasks);
        job.Succeed("a.y");
        Assert.Equal(TaskPhase.Ready, job.Phase("a"));
    }

    [Fact]
    public void What_an_attempt_left_behind_fails_nothing()
    {
        var job = Growing.Started().Expand("a", "x", Keyed).Expand("a", "y").StartAll().Fail("a.x");
        Assert.Equal(TaskPhase.Expanded, job.Phase("a"));
        job.Succeed("a.y").StartAll().Succeed("a").StartAll().Succeed("after");
        Assert.Equal(JobPhase.Succeeded, job.State.Phase);
    }

    [Fact]
    public void A_task_that_is_cancelled_ends_after_all_that_it_has_added()
    {
        var job = Growing.Started().Expand("a", "x", Keyed).Expand("a", "y").StartAll().Cancel().Fail("a.y");
        Assert.Equal("a Stopping, after Cancelled, a.x Stopping, a.y Cancelled", job.Tasks);
        job.Fail("a.x");
        Assert.Equal(JobPhase.Cancelled, job.State.Phase);
    }

    [Fact]
    public void No_heartbeat_is_asked_of_an_attempt_while_it_waits_for_parts()
    {
        var job = Growing.Task("a", p => p with { Timeouts = new() { Heartbeat = TimeSpan.FromSeconds(5) } }).Started()
            .Expand("a", "x", Keyed).StartAll().Advance(20);
        Assert.Equal(TaskPhase.Expanded, job.Phase("a"));
        job.Succeed("a.x").Advance(4);
        Assert.Equal(TaskPhase.Running, job.Phase("a"));
        job.Advance(1);
        Assert.Equal((TaskPhase.Stopping, Reason.HeartbeatTimeout), (job.Phase("a"), job.Reason("a")));
    }

    [Fact]
    public void The_time_of_an_attempt_is_over_with_the_attempt()
    {
        var limited = Growing.Task("a", p => p with { Timeouts = new() { Attempt = TimeSpan.FromSeconds(5) } });
        var job = limited.Started().Expand("a", "x").StartAll().Advance(20);
        Assert.Equal((TaskPhase.Expanded, TaskPhase.Running), (job.Phase("a"), job.Phase("a.x")));
        job.Succeed("a.x").StartAll().Advance(5);
        Assert.Equal((TaskPhase.Stopping, Reason.AttemptTimeout), (job.Phase("a"), job.Reason("a")));

        // One that waits with its attempt under way has no more time than any other.
        job = limited.Started().Expand("a", "x", Keyed).StartAll().Advance(5);
        Assert.Equal("a Stopping, after Waiting, a.x Stopping", job.Tasks);
    }

    [Fact]
    public void Where_parts_are_stopped_those_behind_them_are_cancelled_and_not_skipped()
    {
        var job = Growing.Started().Expand("a", "y, x:1", e => e with { StopAfterFailures = 1 }).Start(1).Fail("a.y");
        Assert.Equal("a Failed, after Skipped, a.y Failed, a.x.first Cancelled, a.x.last Cancelled", job.Tasks);
    }

    [Theory]
    [InlineData(0, 0, "0 of its tasks may be under way at once; it must be at least 1")]
    [InlineData(1, -1, "it stops after -1 failures; it must be 0 or more")]
    public void Bounds_that_make_no_sense_are_refused(int parallel, int failures, string problem)
    {
        var job = Growing.Started().Expand(
            "a", "x", e => e with { MaxParallel = parallel, StopAfterFailures = failures, Key = "k" });
        Assert.Equal($"Task 'a' cannot expand: {problem}.", job.Refusal!.Message);
    }

    [Fact]
    public void Parts_and_keys_are_called_by_whole_characters()
    {
        foreach (var half in (string[])["x\uD800", "x\uDC00\uD800", "\uD834x"])
        {
            Assert.Equal(
                "Task 'a' cannot expand: a part's name has half a surrogate pair, and would be stored as another.",
                Growing.Started().Expand("a", half).State.FailureOf(0)!.Message);
            Assert.Equal(
                "Task 'a' cannot expand: its key has half a surrogate pair, and would be stored as another.",
                Growing.Started().Expand("a", "x", e => e with { Key = half }).Refusal!.Message);
        }

        Assert.Equal(TaskPhase.Expanded, Growing.Started().Expand("a", "x\uD834\uDD1E").Phase("a"));
    }

    [Fact]
    public void Events_about_expansions_that_do_not_fit_the_job_are_refused_in_words()
    {
        var job = Growing.Started().Expand("a", "x").StartAll();
        Refused(new JobEvent.TaskAwaits(job.Now, 0, 1, 1), "it is about expansion number 1, and there are 1, from 0");
        Refused(new JobEvent.TaskAwaits(job.Now, 0, 1, 0), "expansion number 0 is none that task 'a' awaits");
        Refused(new JobEvent.TaskContinued(job.Now, 2, 1, 0), "expansion number 0 is none that task 'a.x' awaits");
        var y = new ExpansionPart("y", 0) { Input = Payload.None };
        Refused(
            new JobEvent.TaskExpanded(job.Now, 0, 1, new Expansion([y, y with { Name = "z" }]), ["a.y", "a.u"]),
            "it adds the tasks a.y, a.z, and calls them otherwise");
        Refused(
            new JobEvent.TaskExpanded(job.Now, 0, 1, new Expansion([y with { Template = 7 }]), ["a.y"]),
            "part 'y' is made of template 7, and there are 2, from 0 [this is a bug in ActorFlow, or the journal");

        void Refused(JobEvent fact, string problem) => Assert.Contains(
            problem, Assert.Throws<ActorFlowException>(() => job.Machine.Replay(fact)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_prepared_for_one_task_or_place_is_made_anew_for_another()
    {
        var graph = new JobGraph(Given.Flow("a; b").Adds("a, b", "one").Build());
        var x = new Expansion([new ExpansionPart("x", 0) { Input = Payload.None }]);
        graph.Prepare(0, x);
        Assert.Equal(["b.x"], graph.Grow(1, x).TaskNames);
        graph.Prepare(0, x);
        graph.Grow(1, new Expansion([new ExpansionPart("y", 0) { Input = Payload.None }]));
        Assert.Equal((4, 5), (graph.Grow(0, x).First, graph.Count));
        Assert.Equal(["a", "b", "b.x", "b.y", "a.x"], graph.TaskNames);
    }

    private static Expansion Keyed(Expansion expansion) => expansion with { Key = "k" };
}
