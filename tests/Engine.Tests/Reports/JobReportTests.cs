namespace ActorFlow.Engine.Tests.Reports;

/// <summary>What a report says of a job.</summary>
public sealed class JobReportTests
{
    [Fact]
    public void A_failure_in_the_middle_of_a_chain_is_reported_with_its_skip()
    {
        var report = new RecordedJob(Flows.Draft("load", "apply: load", "notify: apply").Build())
            .Answer("load", Payload.FromJson("\"data\""))
            .Answer("apply", Flows.Failure("apply failed", "ValueError"))
            .Run().Report;

        Assert.Equal(["load", "apply", "notify"], report.Tasks.Select(t => t.Name));
        Assert.Equal([TaskPhase.Succeeded, TaskPhase.Failed, TaskPhase.Skipped], report.Tasks.Select(t => t.Phase));
        Assert.Equal([1, 1, 0], report.Tasks.Select(t => t.Attempts));
        Assert.Equal([1.0, 1.0, 0.0], report.Tasks.Select(t => t.Elapsed!.Value.TotalSeconds));
        Assert.Equal("apply", report["notify"].SkippedBecause);
        Assert.Equal(new TaskCounts(1, 1, 1, 0), report.Counts);
        Assert.Equal("failed", report.Status);
        Assert.Equal(TimeSpan.FromSeconds(2), report.Elapsed);
        var error = report["apply"].Error!;
        Assert.Equal(("ValueError", "apply failed"), (error.Type, error.Message));
        Assert.Equal(["notify"], error.DownstreamImpact);
        Assert.Equal([new InputValue("p0", "\"data\"")], error.Input);
    }

    [Fact]
    public void A_task_below_two_failures_is_an_impact_of_both()
    {
        var report = new RecordedJob(Flows.Draft(
                "A0", "A1: A0", "A2: A0", "A3: A1, A2", "B0", "B1: B0", "B2: B0", "B3: B1, B2", "B4: B3",
                "C0", "C1: C0", "C2: C1", "C3: C2", "D: A3, B4, C3").Build())
            .Answer("B3", Flows.Failure()).Answer("C2", Flows.Failure())
            .Run().Report;

        Assert.Equal(["A0", "A1", "A2", "A3", "B0", "B1", "B2", "C0", "C1"], report.Succeeded.Select(t => t.Name));
        Assert.Equal(["B3", "C2"], report.Failed.Select(t => t.Name));
        Assert.Equal(["B4", "C3", "D"], report.Skipped.Select(t => t.Name));
        Assert.Equal(["B4", "D"], report["b3"].Error!.DownstreamImpact);
        Assert.Equal(["C3", "D"], report["c2"].Error!.DownstreamImpact);
    }

    [Fact]
    public void Impact_does_not_reach_past_what_ran_anyway()
    {
        var draft = Flows.Draft("a", "b: a", "c: b", "clean: c", "after: clean", "some: a?", "more: some")
            .With("clean", new TaskPolicy { Trigger = TriggerRule.AllDone });
        var report = new RecordedJob(draft.Build()).Answer("a", Flows.Failure()).Run().Report;

        Assert.Equal(["b", "c"], report["a"].Error!.DownstreamImpact);
        Assert.Equal(["clean", "after", "some", "more"], report.Succeeded.Select(t => t.Name));
    }

    [Fact]
    public void Impact_lists_each_task_once_in_order_and_only_below_what_it_needs()
    {
        var diamond = new RecordedJob(Flows.Draft("a", "late: a, b, c", "b: a", "c: a").Build())
            .Answer("a", Flows.Failure()).Run().Report;
        Assert.Equal(["b", "c", "late"], diamond["a"].Error!.DownstreamImpact);

        var draft = Flows.Draft("default", "optional", "needed", "down: default, optional?, needed")
            .With("default", new TaskPolicy { Supervision = [new SupervisionRule(Directive.Ignore)] });
        var report = new RecordedJob(draft.Build()).Answer("default", Flows.Failure())
            .Answer("optional", Flows.Failure()).Answer("needed", Flows.Failure()).Run().Report;
        Assert.Equal(["down"], report["needed"].Error!.DownstreamImpact);
        Assert.Empty(report["optional"].Error!.DownstreamImpact);
        Assert.Empty(report["default"].Error!.DownstreamImpact);
    }

    [Fact]
    public void A_task_that_has_not_ended_shows_the_failure_that_it_waits_after()
    {
        var hour = Backoff.None with { Initial = TimeSpan.FromHours(1) };
        var retry = new RetryPolicy { MaxAttempts = 2, Backoff = hour };
        var draft = Flows.Draft("again", "held", "slow")
            .With("again", new TaskPolicy { Retry = retry })
            .With("held", new TaskPolicy { Retry = new RetryPolicy { OnExhausted = Directive.Hold } })
            .With("slow", new TaskPolicy { Timeouts = new TaskTimeouts { Attempt = TimeSpan.FromSeconds(5) } });
        var job = new RecordedJob(draft.Build())
            .Answer("again", Flows.Failure("one")).Answer("held", Flows.Failure("two")).StartReady().EndOne().EndOne();
        Assert.Null(job.Report["slow"].Error);
        job.Ask(new JobCommand.WakeUp(job.Now += TimeSpan.FromSeconds(5)));

        Assert.Equal((TaskPhase.BackingOff, "one"), (job.Report["again"].Phase, job.Report["again"].Error!.Message));
        Assert.Equal((TaskPhase.Held, "two"), (job.Report["held"].Phase, job.Report["held"].Error!.Message));
        Assert.Equal(
            (TaskPhase.Stopping, Failure.TimeoutType), (job.Report["slow"].Phase, job.Report["slow"].Error!.Type));
        ReportHistories.AssertEqual(job.Report, JobReport.FromJson(job.Report.ToJson()));
        Assert.Contains("\nSTATUS      TASK   ATTEMPTS", job.Report.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_failures_share_too_many_dependents_each_is_listed_with_its_cause()
    {
        var draft = new FlowDraft("dense");
        const int Failures = 2_000, Below = 2_000;
        for (var i = 0; i < Failures; i++) draft.Tasks.Add(new TaskDraft($"f{i}"));
        var join = new TaskDraft("join");
        for (var i = 0; i < Failures; i++) join.Inputs.Add(InputDraft.FromTask("", i));
        draft.Tasks.Add(join);
        for (var i = 0; i < Below; i++)
        {
            var task = new TaskDraft($"s{i}");
            task.Inputs.Add(InputDraft.FromTask("", Failures + i));
            draft.Tasks.Add(task);
        }

        var last = new TaskDraft("last");
        last.Inputs.Add(InputDraft.FromTask("", draft.Tasks.Count));
        draft.Tasks.AddRange([new TaskDraft("apart"), last]);
        var job = new RecordedJob(draft.Build()).Answer("apart", Flows.Failure());
        for (var i = 0; i < Failures; i++) job.Answer($"f{i}", Flows.Failure());
        var report = job.Run().Report;

        Assert.Equal(Below + 2, report.Failed.Sum(t => t.Error!.DownstreamImpact.Count));
        Assert.Equal(["last"], report["apart"].Error!.DownstreamImpact);
        Assert.Equal(Below + 1, report["f0"].Error!.DownstreamImpact.Count);
        Assert.Equal(["join", "s0", "s1"], report["f0"].Error!.DownstreamImpact.Take(3));
    }

    [Fact]
    public void Tasks_come_in_topological_order_whatever_their_numbers()
    {
        var report = new RecordedJob(Flows.Draft("last: middle", "middle: first", "first").Build()).Run().Report;

        Assert.Equal(["first", "middle", "last"], report.Tasks.Select(t => t.Name));
        Assert.Equal("middle", report["MIDDLE"].Name);
        Assert.Equal(["first", "middle", "last"], report.CriticalPath);
    }

    [Fact]
    public void A_name_that_is_not_there_is_answered_with_the_one_that_was_meant()
    {
        var report = new RecordedJob(Flows.Draft("fetch").Build()).Run().Report;

        var thrown = Assert.Throws<ActorFlowException>(() => report["fetsh"]);
        Assert.Equal("Job 'job-1' has no task 'fetsh'. Did you mean 'fetch'?", thrown.Message);
    }

    [Fact]
    public void A_report_does_not_see_what_happens_afterwards()
    {
        var job = new RecordedJob(Flows.Draft("a", "b: a").Build()).StartReady();
        var before = job.Report;
        job.Run();

        Assert.Equal((JobPhase.Running, null), (before.Phase, before.EndedAt));
        Assert.Equal([TaskPhase.Running, TaskPhase.Waiting], before.Tasks.Select(t => t.Phase));
        Assert.Null(before["a"].Elapsed);
        Assert.Null(before["a"].Output);
        Assert.Equal(Reason.NeedsUnmet, before["b"].Reason);
        Assert.Empty(before.CriticalPath);
        Assert.Equal(JobPhase.Succeeded, job.Report.Phase);
    }

    [Fact]
    public void A_job_that_was_not_submitted_has_no_report()
    {
        var error = Assert.Throws<ArgumentException>(
            () => JobReport.Of(new JobMachine(Flows.Draft("a").Build()).State));
        Assert.StartsWith(
            "There is nothing to report: the job has not been submitted.", error.Message, StringComparison.Ordinal);
        var report = new RecordedJob(Flows.Draft("a").Build()).Report;
        Assert.Throws<ArgumentNullException>(() => JobReport.Of(null!));
        Assert.Throws<ArgumentNullException>(() => report.WriteJson(null!));
        Assert.Throws<ArgumentNullException>(() => report.Only(null!));
        Assert.Throws<ArgumentNullException>(() => report.Where(null!));
    }

    [Fact]
    public void Retries_and_losses_are_counted_and_leave_no_error_on_a_success()
    {
        var draft = Flows.Draft("a").With("a", new TaskPolicy { Retry = new RetryPolicy { MaxAttempts = 3 } });
        var task = new RecordedJob(draft.Build())
            .Answer("a", Flows.Failure(), new Failure(Failure.LostType, "gone"), Payload.FromJson("5"))
            .Run().Report["a"];

        Assert.Equal((3, 1), (task.Attempts, task.Lost));
        Assert.Null(task.Error);
        Assert.Equal("5", task.Output!.ToString());
        Assert.Equal(TimeSpan.FromSeconds(3), task.Elapsed);
    }

    [Fact]
    public void A_default_output_keeps_the_error_that_it_stands_in_for()
    {
        var draft = Flows.Draft("a").With("a", new TaskPolicy
        {
            Supervision = [new SupervisionRule(Directive.Ignore) { DefaultOutput = Payload.FromJson("0") }],
        });
        var task = new RecordedJob(draft.Build()).Answer("a", Flows.Failure("no luck")).Run().Report["a"];

        Assert.Equal((TaskPhase.Succeeded, Reason.Supervised), (task.Phase, task.Reason));
        Assert.Equal("no luck", task.Error!.Message);
        Assert.Equal("0", task.Output!.ToString());
    }

    [Fact]
    public void An_error_of_an_earlier_round_is_not_told_again()
    {
        var draft = Flows.Draft("a", "rescue: a").With("rescue", new TaskPolicy { Trigger = TriggerRule.AnyFailed });
        var job = new RecordedJob(draft.Build())
            .Answer("a", Flows.Failure()).Answer("rescue", Flows.Failure()).Run();
        job.Ask(new JobCommand.RetryFailed(job.Now));
        Assert.Null(job.Report["a"].Error);
        var report = job.Run().Report;

        Assert.Equal(JobPhase.Succeeded, report.Phase);
        Assert.All(report.Tasks, t => Assert.Null(t.Error));
        Assert.Equal("it runs when an upstream task fails, and none did", report["rescue"].SkippedBecause);
    }

    [Fact]
    public void A_task_skipped_by_its_own_policy_says_so_and_is_the_cause_of_others()
    {
        var retry = new RetryPolicy { MaxAttempts = 2, OnExhausted = Directive.Skip };
        var draft = Flows.Draft("a", "b: a").With("a", new TaskPolicy { Retry = retry });
        var report = new RecordedJob(draft.Build()).Answer("a", Flows.Failure(), Flows.Failure()).Run().Report;

        Assert.Equal("its attempts are used up", report["a"].SkippedBecause);
        Assert.Equal(["b"], report["a"].Error!.DownstreamImpact);
        Assert.Equal("a", report["b"].SkippedBecause);
    }

    [Fact]
    public void A_cancelled_job_says_why_it_was_stopped()
    {
        var job = new RecordedJob(Flows.Draft("a", "b: a").Build()).StartReady();
        job.Ask(new JobCommand.CancelJob(job.Now, "no longer needed"));
        var report = job.EndOne().Report;

        Assert.Equal(JobPhase.Cancelled, report.Phase);
        Assert.Equal((Reason.JobCancelled, "no longer needed"), (report.StopReason, report.StopDetail));
        Assert.Equal(["a", "b"], report.Cancelled.Select(t => t.Name));
        Assert.NotNull(report["a"].Error);
        Assert.Null(report["b"].Error);
        Assert.Equal(TimeSpan.Zero, report["b"].Elapsed);
    }

    [Fact]
    public void Fields_constants_and_the_input_of_the_job_are_written_down_with_an_error()
    {
        var draft = Flows.Draft("up", "down");
        draft.Tasks[1].Inputs.AddRange(
            InputDraft.FromTask("field", "up") with { Field = "stats.mean" },
            InputDraft.FromTask("missing", "up") with { Field = "nothing" },
            InputDraft.FromTask("long", "up") with { Field = "text" },
            InputDraft.FromJob("whole"),
            InputDraft.FromJob("part") with { Field = "Name" },
            InputDraft.FromValue("constant", Payload.Live(new[] { 1, 2 })));
        var up = Payload.Live(new { Stats = new { Mean = 2.5 }, Text = new string('é', 5_000) });
        var error = new RecordedJob(draft.Build(), Payload.FromJson("{\"name\": \"x\"}"))
            .Answer("up", up).Answer("down", Flows.Failure()).Run().Report["down"].Error!;

        Assert.Equal("2.5", Value("field"));
        Assert.Equal("null", Value("missing"));
        Assert.Equal("{\"name\": \"x\"}", Value("whole"));
        Assert.Equal("\"x\"", Value("part"));
        Assert.Equal("[1,2]", Value("constant"));
        Assert.Equal($"\"{new string('é', 499)}… (10002 bytes in all)", Value("long"));

        string Value(string parameter) => error.Input.Single(i => i.Parameter == parameter).Value;
    }

    [Fact]
    public void A_task_that_its_condition_skips_has_no_error_of_an_earlier_round()
    {
        var job = Given.Flow("a").Started().Fail("a").RetryFailed().StartAll().Skip("a");
        Assert.Null(JobReport.Of(job.State)["a"].Error);
    }
}
