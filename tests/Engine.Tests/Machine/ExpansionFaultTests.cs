namespace ActorFlow.Engine.Tests.Machine;

/// <summary>What a task is told that adds what cannot be added, and what it says of parts that failed.</summary>
public sealed class ExpansionFaultTests
{
    private static readonly ExpansionPart X = new("x", 0) { Input = Payload.None };

    // Template 0 is one task and gives its output; template 1 gives nothing.
    private static Given Growing => Given.Flow("a -> after").Adds(
        "a", new FlowTemplate(FlowText.Draft("one").Build(), 0),
        new FlowTemplate(FlowText.Draft("first -> last").Build(), null));

    public static TheoryData<Expansion, string> Faults => new()
    {
        { new([X, new("y", 0)]), "part 'y' has no input" },
        { new([X, X with { Name = "z" }, new("y", 0) { From = [0, 1] }]), "part 'y' has no input" },
        { new([X, new("y", 0) { From = [1] }]), "part 'y' needs part 1; a part needs parts before it only" },
        { new([X, X with { Name = "y", After = [-1] }]), "part 'y' needs part -1; a part needs parts before it only" },
        { new([X with { Template = 2 }]), "part 'x' is made of template 2, and there are 2, from 0" },
        { new([X with { Template = -1 }]), "part 'x' is made of template -1, and there are 2, from 0" },
        {
            new([X with { Template = 1 }, new("y", 0) { From = [0] }]),
            "part 'y' takes the result of 'x', which has none"
        },
        { new([X with { Template = 1 }, X with { Name = "X.first" }]), "it has two tasks 'a.X.first'" },
        { new([X]) { Result = 1 }, "its result is that of part 1, and there are 1, from 0" },
        { new([X]) { Result = -1 }, "its result is that of part -1, and there are 1, from 0" },
        { new([X]) { MaxParallel = 0 }, "0 of its tasks may be under way at once; it must be at least 1" },
        { new([X]) { StopAfterFailures = -1 }, "it stops after -1 failures; it must be 0 or more" },
        { new([X]) { Source = Payload.None }, "it has a source, and the task makes no flows" },
        {
            new([X with { Name = "\ud800" }]),
            "a part's name has half a surrogate pair, and would be stored as another"
        },
        {
            new([X with { Input = Payload.FromJson($"\"{new string('x', Limits.PayloadBytes)}\"") }]),
            $"its parts take {Limits.PayloadBytes + 19} bytes; {Limits.PayloadBytes} is the most. Keep their inputs in "
            + "files and hand over the paths, or expand in several steps"
        },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void What_cannot_be_added_fails_the_attempt_with_what_is_wrong(Expansion expansion, string problem)
    {
        var job = Growing.Started().Expand("a", expansion);
        Assert.Equal($"Task 'a' cannot expand: {problem}.", job.State.FailureOf(0)!.Message);
        Assert.Equal("a Failed, after Skipped", job.Tasks);
    }

    [Fact]
    public void Parts_that_only_just_fit_are_added()
    {
        var job = Growing.Started().Expand("a", new Expansion(
            [X with { Name = "[x]" }, new("[y]", 0) { From = [0] }, X with { Name = "z", Template = 1, After = [1] }])
        {
            Result = 1,
        });
        Assert.Equal(
            "a Expanded, after Waiting, a[x] Ready, a[y] Waiting, a.z.first Waiting, a.z.last Waiting", job.Tasks);
        var scope = job.State.Graph.Scopes[0];
        Assert.Equal([(2, 3), (3, 4), (4, 6)], new[] { 0, 1, 2 }.Select(scope.TasksOf));
        Assert.Equal([2, 3, -1], new[] { 0, 1, 2 }.Select(scope.ResultOf));
    }

    [Fact]
    public void The_first_part_may_give_the_result() => Assert.Equal(
        TaskPhase.Expanded, Growing.Started().Expand("a", new Expansion([X]) { Result = 0 }).Phase("a"));

    [Fact]
    public void More_tasks_than_a_job_can_have_are_refused()
    {
        const int Parts = 1_000;
        var large = new FlowDraft("large");
        for (var task = 0; task < Limits.Tasks / Parts; task++) large.Tasks.Add(new TaskDraft($"t{task}"));
        var job = Given.Flow("a").Adds("a", large).Started().Expand(
            "a", new Expansion([.. Enumerable.Range(0, Parts).Select(part => X with { Name = $"p{part}" })]));
        Assert.Equal(
            $"Task 'a' cannot expand: the job would have {Limits.Tasks + 1} tasks; {Limits.Tasks} is the most.",
            job.State.FailureOf(0)!.Message);
    }

    [Fact]
    public void A_part_runs_only_if_the_result_and_the_end_of_those_before_it_have_succeeded()
    {
        var job = Growing.Started().Expand("a", new Expansion([X, X with { Name = "y", After = [0] }])).StartAll();
        job.Fail("a.x");
        Assert.Equal((TaskPhase.Skipped, "a.x"), (job.Phase("a.y"), job.Cause("a.y")));

        var draft = FlowText.Draft("result -> end");
        draft.Tasks[1].Policy = draft.Tasks[1].Policy with { Trigger = TriggerRule.AllDone };
        job = Given.Flow("a").Adds("a", new FlowTemplate(draft.Build(), 0)).Started()
            .Expand("a", new Expansion([X, new("y", 0) { From = [0] }])).StartAll()
            .Fail("a.x.result").StartAll().Succeed("a.x.end");
        Assert.Equal((TaskPhase.Skipped, "a.x.result"), (job.Phase("a.y.result"), job.Cause("a.y.result")));
    }

    [Fact]
    public void A_part_runs_though_a_clean_up_of_the_part_before_it_was_not_needed()
    {
        var guarded = FlowText.Draft("work ~> cleanup");
        guarded.Tasks[1].Policy = guarded.Tasks[1].Policy with { Trigger = TriggerRule.AnyFailed };
        var job = Chained(new FlowTemplate(guarded.Build(), 0), One).Succeed("a.x.work", "7");
        Assert.Equal((TaskPhase.Skipped, TaskPhase.Ready), (job.Phase("a.x.cleanup"), job.Phase("a.y")));
    }

    [Fact]
    public void A_part_runs_though_a_task_before_it_that_gives_it_nothing_found_its_condition_false()
    {
        var job = Chained(new FlowTemplate(FlowText.Draft("work -> extra").Build(), 0), One)
            .Succeed("a.x.work", "7").StartAll().Skip("a.x.extra");
        Assert.Equal(TaskPhase.Ready, job.Phase("a.y"));

        job = Chained(new FlowTemplate(FlowText.Draft("work -> extra").Build(), 1), One)
            .Succeed("a.x.work", "7").StartAll().Skip("a.x.extra");
        Assert.Equal((TaskPhase.Skipped, "a.x.extra"), (job.Phase("a.y"), job.Cause("a.y")));
    }

    [Fact]
    public void A_part_does_not_run_behind_one_whose_clean_up_succeeded_after_a_failure()
    {
        var job = Given.Flow("a").Adds("a", new FlowTemplate(CleansUp, null), One).Started()
            .Expand("a", new Expansion([X, new("y", 1) { Input = Payload.None, After = [0] }])).StartAll()
            .Fail("a.x.work").StartAll().Succeed("a.x.end");
        Assert.Equal((TaskPhase.Skipped, "a.x.work"), (job.Phase("a.y"), job.Cause("a.y")));
    }

    [Fact]
    public void A_part_that_begins_with_a_clean_up_does_not_run_without_its_input()
    {
        var draft = FlowText.Draft("t");
        draft.Tasks[0].Policy = draft.Tasks[0].Policy with { Trigger = TriggerRule.AllDone };
        var job = Chained(One, new FlowTemplate(draft.Build(), 0)).Fail("a.x");
        Assert.Equal((TaskPhase.Skipped, "a.x"), (job.Phase("a.y"), job.Cause("a.y")));
    }

    [Fact]
    public void A_part_waits_for_all_of_the_part_before_it_that_runs_again()
    {
        var job = Given.Flow("a").Task("a", p => p with { Retry = new() { MaxAttempts = 2 } })
            .Adds("a", new FlowTemplate(CleansUp, null), One).Started()
            .Expand("a", new Expansion([X, new("y", 1) { Input = Payload.None, After = [0] }])).StartAll()
            .Fail("a.x.work").StartAll().Succeed("a.x.end").StartAll();
        Assert.Equal((TaskPhase.Running, TaskPhase.Waiting), (job.Phase("a.x.work"), job.Phase("a.y")));
        Assert.Equal(TaskPhase.Ready, job.Succeed("a.x.work").Phase("a.y"));
    }

    private static FlowTemplate One => new(FlowText.Draft("t").Build(), 0);

    private static Flow CleansUp
    {
        get
        {
            var draft = FlowText.Draft("work ~> end");
            draft.Tasks[1].Policy = draft.Tasks[1].Policy with { Trigger = TriggerRule.AllDone };
            return draft.Build();
        }
    }

    // Part y takes the result of part x.
    private static JobUnderTest Chained(FlowTemplate first, FlowTemplate second) =>
        Given.Flow("a").Adds("a", first, second).Started()
            .Expand("a", new Expansion([X, new("y", 1) { From = [0] }]) { Result = 1 }).StartAll();

    [Fact]
    public void A_part_begins_when_all_the_last_tasks_of_those_before_it_have_ended()
    {
        var twoEnds = new FlowTemplate(FlowText.Draft("u; v").Build(), 0);
        var job = Given.Flow("a").Adds("a", twoEnds).Started()
            .Expand("a", new Expansion([X, X with { Name = "y", After = [0] }])).StartAll();
        Assert.Equal("a.x.u, a.x.v", job.JustStarted);
        Assert.Equal(TaskPhase.Waiting, job.Succeed("a.x.u").Phase("a.y.u"));
        Assert.Equal(TaskPhase.Ready, job.Succeed("a.x.v").Phase("a.y.u"));
    }

    [Fact]
    public void A_part_with_the_name_of_a_task_of_the_job_is_refused()
    {
        var job = Given.Flow("a; a.x").Adds("a", "one").Started().Expand("a", "X");
        Assert.Equal("Task 'a' cannot expand: the job has a task 'a.X' already.", job.State.FailureOf(0)!.Message);
    }

    [Theory]
    [InlineData("x", "1 of the 1 tasks that 'a' had added failed: 'a.x': First: It broke.", "First")]
    [InlineData(
        "x, y, z",
        "3 of the 3 tasks that 'a' had added failed: 'a.x': First: It broke.; 'a.y': Other: It broke.; "
        + "'a.z': Other: It broke.",
        "First, Other")]
    [InlineData(
        "x, y, z, u, v",
        "5 of the 5 tasks that 'a' had added failed: 'a.x': First: It broke.; 'a.y': Other: It broke.; "
        + "'a.z': Other: It broke.; and 2 more",
        "First, Other")]
    public void A_failure_of_parts_names_the_first_three_and_is_known_by_the_types_of_all(
        string parts, string message, string types)
    {
        var job = Growing.Started().Expand("a", parts).StartAll();
        foreach (var part in parts.Split(", ")) job.Fail($"a.{part}", part == "x" ? "First" : "Other");
        var failure = job.State.FailureOf(0)!;
        Assert.Equal((Failure.PartsFailedType, message), (failure.Type, failure.Message));
        Assert.Equal(types, string.Join(", ", failure.BroaderTypes));
    }

    [Fact]
    public void A_failure_of_parts_is_known_by_the_type_of_a_part_before_all_that_are_broader()
    {
        var broader = Enumerable.Range(0, 70).Select(number => $"Broader{number}");
        var failure = new Failure("Own", "It broke.") { BroaderTypes = [.. broader] };
        var job = Growing.Started().Expand("a", "x").StartAll().Fail("a.x", failure);
        Assert.Equal(["Own", .. failure.BroaderTypes.Take(63)], job.State.FailureOf(0)!.BroaderTypes);
    }

    [Fact]
    public void An_unknown_task_of_a_job_is_named_with_the_flow_and_the_nearest_name()
    {
        var job = Growing.Started().Expand("a", "x");
        var error = Assert.Throws<ActorFlowException>(() => job.State.Graph.Find("a.y"));
        Assert.Equal("There is no task 'a.y' in this job of flow 'flow'. Did you mean 'a.x'?", error.Message);
        Assert.Throws<ArgumentNullException>(() => new JobGraph(null!));
        Assert.Throws<ArgumentNullException>(() => job.State.Graph.Prepare(0, null!));
        Assert.Throws<ArgumentNullException>(() => job.State.Graph.Scopes[0].InputOf(2, null!));
    }
}
