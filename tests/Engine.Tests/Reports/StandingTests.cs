namespace ActorFlow.Engine.Tests.Reports;

/// <summary>Where a task or a job stands and why: the answers that need more than one thing to go wrong.</summary>
public sealed class StandingTests
{
    private static readonly TaskPolicy Holding = new()
    {
        Retry = new RetryPolicy { OnExhausted = Directive.Hold },
    };

    [Fact]
    public void A_task_that_waits_for_one_other_says_so() => Assert.Equal(
        "Task 'b' waits for an upstream task that has not ended: 'a' (ready).",
        Why(new RecordedJob(Flows.Draft("a", "b: a").Build()), "b"));

    [Fact]
    public void A_task_of_a_job_that_was_not_submitted_says_so()
    {
        var machine = new JobMachine(Flows.Draft("a").Build());
        Assert.Equal(
            "Task 'a' waits: the job has not been submitted.", Explain.Task(machine.State, [], 0).Lines[0]);
    }

    [Fact]
    public void A_running_task_names_its_attempt() => Assert.Equal(
        "Task 'a' runs: attempt 1.", Why(new RecordedJob(Flows.Draft("a").Build()).StartReady(), "a"));

    [Fact]
    public void A_task_that_waits_for_an_operator_names_the_failure_and_the_job_names_the_task()
    {
        var job = new RecordedJob(Flows.Draft("a").With("a", Holding).Build())
            .Answer("a", Flows.Failure("no luck!", "E")).Run();

        Assert.Equal("Task 'a' waits for an operator because the attempt threw. E: no luck!", Why(job, "a"));
        Assert.Contains("Waiting for an operator: a.", Explain.Job(job.State, job.Events).Lines);

        job.Ask(new JobCommand.SettleTask(job.Now, 0, Directive.Retry, null));
        Assert.Equal("It runs again because an operator asked for it.", Explained(job, "a").Lines[1]);
        job.Run();
        Assert.Equal("It ran again because an operator asked for it.", Explained(job, "a").Lines[1]);
    }

    [Fact]
    public void A_task_that_an_operator_skipped_names_its_failure_and_is_itself_the_cause_of_others()
    {
        var job = new RecordedJob(Flows.Draft("a", "b: a").With("a", Holding).Build())
            .Answer("a", Flows.Failure("no", "E")).Run();
        job.Ask(new JobCommand.SettleTask(job.Now, 0, Directive.Skip, null));

        Assert.Equal("Task 'a' was skipped because an operator decided so. E: no.", Why(job, "a"));
        Assert.Equal("Task 'b' was skipped because 'a' was skipped: an operator decided so.", Why(job, "b"));
    }

    [Fact]
    public void A_default_output_is_told_with_the_failure_that_it_stands_in_for()
    {
        var job = new RecordedJob(Flows.Draft("a").With("a", new TaskPolicy
        {
            Supervision = [new SupervisionRule(Directive.Ignore)],
        }).Build()).Answer("a", Flows.Failure("no", "E")).Run();

        Assert.Equal(
            "Task 'a' counts as succeeded, with a default output, because a supervision rule decided so. E: no.",
            Why(job, "a"));
    }

    [Fact]
    public void A_chain_of_causes_is_cut_in_the_middle_and_names_the_one_to_blame()
    {
        var names = Enumerable.Range(0, 12).Select(i => i == 0 ? "t0" : $"t{i}: t{i - 1}").ToArray();
        var job = new RecordedJob(Flows.Draft(names).Build()).Answer("t0", Flows.Failure("no", "E")).Run();

        Assert.Equal("Task 't1' was skipped because 't0' failed: the attempt threw. E: no.", Why(job, "t1"));
        Assert.EndsWith("E: no. [t2 -> t1 -> t0]", Why(job, "t2"), StringComparison.Ordinal);
        Assert.EndsWith(
            "[t9 -> t8 -> t7 -> t6 -> t5 -> t4 -> t3 -> t2 -> t1 -> t0]", Why(job, "t9"), StringComparison.Ordinal);
        Assert.EndsWith(
            "[t10 -> t9 -> t8 -> t7 -> t6 -> t5 -> t4 -> t3 -> t2 -> … -> t0]", Why(job, "t10"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_that_needs_the_one_to_blame_itself_has_no_chain()
    {
        var job = new RecordedJob(Flows.Draft("a", "b: a", "c: a, b").Build())
            .Answer("a", Flows.Failure("no", "E")).Run();

        Assert.Equal("Task 'c' was skipped because 'a' failed: the attempt threw. E: no.", Why(job, "c"));
    }

    [Fact]
    public void The_chain_goes_by_a_task_that_was_skipped_for_the_same_cause()
    {
        var job = new RecordedJob(Flows.Draft("bad", "worse", "x: worse", "y: bad", "z: y, x").Build())
            .Answer("bad", Flows.Failure()).Answer("worse", Flows.Failure()).Run();
        var cause = job.State.Flow.TaskNames[job.State.CauseOf(job.State.Flow["z"].Number)];

        Assert.EndsWith(
            cause == "bad" ? "[z -> y -> bad]" : "[z -> x -> worse]", Why(job, "z"), StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_of_a_kind_are_listed_and_more_are_counted()
    {
        Assert.Contains(
            "Running: t0, t1, t2, t3, t4, t5, t6, t7, t8, t9.",
            JobLines(new RecordedJob(Flows.Draft(Names(10)).Build()).StartReady()));
        Assert.Contains(
            "Running: t0, t1, t2, t3, t4, t5, t6, t7, t8, t9 and 1 more.",
            JobLines(new RecordedJob(Flows.Draft(Names(11)).Build()).StartReady()));
    }

    [Fact]
    public void Ten_failures_are_told_and_more_are_counted()
    {
        var ten = JobLines(AllFail(10));
        Assert.Equal("Task 't9' failed because the attempt threw: E: no.", ten[10]);
        Assert.DoesNotContain(ten, line => line.StartsWith("And ", StringComparison.Ordinal));
        var twelve = JobLines(AllFail(12));
        Assert.Equal("And 2 more tasks failed.", twelve[11]);
        Assert.DoesNotContain(twelve, line => line.StartsWith("Task 't10'", StringComparison.Ordinal));

        static RecordedJob AllFail(int tasks)
        {
            var job = new RecordedJob(Flows.Draft(Names(tasks)).Build());
            foreach (var name in Names(tasks)) job.Answer(name, Flows.Failure("no", "E"));
            return job.Run();
        }
    }

    [Fact]
    public void A_running_job_counts_what_waits_for_upstream_tasks_and_names_what_was_asked_to_stop()
    {
        var draft = Flows.Draft("a", "b: a", "c: b").With("a", new TaskPolicy
        {
            Timeouts = new TaskTimeouts { Attempt = TimeSpan.FromSeconds(5) },
        });
        var job = new RecordedJob(draft.Build()).StartReady();
        Assert.Contains("Waiting for upstream tasks: 2.", JobLines(job));

        job.Ask(new JobCommand.WakeUp(job.Now += TimeSpan.FromSeconds(5)));
        Assert.Contains(JobLines(job), line => line.StartsWith("Asked to stop: a", StringComparison.Ordinal));
    }

    [Fact]
    public void Attempts_lost_to_crashes_are_named_once_a_task()
    {
        var lost = new Failure(Failure.LostType, "gone");
        var job = new RecordedJob(Flows.Draft("a", "b").Build()).Answer("a", lost, lost).Answer("b", lost).Run();

        Assert.Equal("Attempts were lost to crashes, and ran again: a, b.", JobLines(job)[^1]);
        Assert.DoesNotContain(
            JobLines(new RecordedJob(Flows.Draft("a").Build()).Run()),
            line => line.StartsWith("Attempts", StringComparison.Ordinal));
    }

    [Fact]
    public void A_task_that_ran_once_says_nothing_of_running_again()
    {
        var job = new RecordedJob(Flows.Draft("a", "b").Build()).Answer("b", Flows.Failure()).Run();
        job.Ask(new JobCommand.RetryFailed(job.Now));
        job.Run();

        Assert.Equal("", Explained(job, "a").Lines[1]);
    }

    [Fact]
    public void A_cancel_without_a_reason_is_told_without_one()
    {
        var job = new RecordedJob(Flows.Draft("a").Build());
        job.Ask(new JobCommand.CancelJob(job.Now, null));

        Assert.Equal("Task 'a' was cancelled before it started because the job was cancelled.", Why(job, "a"));
    }

    [Fact]
    public void A_rescue_that_was_not_needed_says_nothing_of_its_failure_in_an_earlier_round()
    {
        var draft = Flows.Draft("a", "rescue: a").With("rescue", new TaskPolicy { Trigger = TriggerRule.AnyFailed });
        var job = new RecordedJob(draft.Build())
            .Answer("a", Flows.Failure()).Answer("rescue", Flows.Failure()).Run();
        job.Ask(new JobCommand.RetryFailed(job.Now));

        Assert.Equal(
            "Task 'rescue' was skipped because it runs when an upstream task fails, and none did.",
            Why(job.Run(), "rescue"));
    }

    [Fact]
    public void A_task_without_events_has_no_story()
    {
        var job = new RecordedJob(Flows.Draft("a", "b: a").Build());
        Assert.Single(Explained(job, "b").Lines);
    }

    [Fact]
    public void What_is_no_task_has_no_explanation()
    {
        var job = new RecordedJob(Flows.Draft("a").Build());
        foreach (var none in (int[])[-1, 1])
        {
            var thrown = Assert.Throws<ArgumentOutOfRangeException>(
                () => Explain.Task(job.State, job.Events, none));
            Assert.Equal("task", thrown.ParamName);
        }

        Assert.Throws<ArgumentNullException>(() => Explain.Task(null!, job.Events, 0));
        Assert.Throws<ArgumentNullException>(() => Explain.Task(job.State, null!, 0));
        Assert.Throws<ArgumentNullException>(() => Explain.Job(null!, job.Events));
        Assert.Throws<ArgumentNullException>(() => Explain.Job(job.State, null!));
    }

    private static string[] Names(int count) => [.. Enumerable.Range(0, count).Select(i => $"t{i}")];

    private static IReadOnlyList<string> JobLines(RecordedJob job) => Explain.Job(job.State, job.Events).Lines;

    private static WhyExplanation Explained(RecordedJob job, string task) =>
        Explain.Task(job.State, job.Events, job.State.Flow[task].Number);

    private static string Why(RecordedJob job, string task) => Explained(job, task).Lines[0];
}
