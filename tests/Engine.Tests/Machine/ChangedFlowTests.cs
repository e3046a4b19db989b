namespace ActorFlow.Engine.Tests.Machine;

/// <summary>What a job keeps, and what it runs again, when it goes on with another flow.</summary>
public sealed class ChangedFlowTests
{
    private const string Diamond = "a -> b, c -> d";

    [Fact]
    public void What_did_not_change_keeps_its_success_and_the_rest_runs_again()
    {
        var job = HalfWay().Under(Changed(Diamond, "b")).Replace(ChangedFlow.KeepUnchanged);
        Assert.Equal("FlowReplaced", job.JustHappened);
        Assert.Equal("a Succeeded, b Ready, c Succeeded, d Waiting", job.Tasks);
        Assert.Equal("\"a\"", job.Output("a"));
        Assert.Equal(job.State.Submitted!.Id, job.State.TakenFromOf(job.Number("a")));
        Assert.Null(job.State.TakenFromOf(job.Number("b")));
        Assert.Null(job.Cause("b"));
        job.StartAll().Succeed("b").StartAll().Succeed("d");
        Assert.Equal(JobPhase.Succeeded, job.State.Phase);
        Assert.Equal(2, job.Attempt("b"));
    }

    [Fact]
    public void What_needs_a_task_that_changed_runs_again_however_far_down()
    {
        var job = Given.Flow("a -> b -> c -> d").Started()
            .Succeed("a").StartAll().Succeed("b").StartAll().Succeed("c").StartAll()
            .Under(Changed("a -> b -> c -> d", "b")).Replace(ChangedFlow.KeepUnchanged);
        Assert.Equal("a Succeeded, b Ready, c Waiting, d Waiting", job.Tasks);
    }

    [Fact]
    public void Removed_tasks_vanish_added_ones_run_and_numbers_may_change()
    {
        var job = HalfWay().Under(Given.Flow("c; new; a -> c, new -> d").Build()).Replace(ChangedFlow.KeepUnchanged);
        Assert.Equal("c Succeeded, new Ready, a Succeeded, d Waiting", SortedAs(job, "c", "new", "a", "d"));
        job.StartAll();
        Assert.Equal("new", job.JustStarted);
        job.Succeed("new").StartAll().Succeed("d");
        Assert.Equal(JobPhase.Succeeded, job.State.Phase);
    }

    [Fact]
    public void A_job_that_is_to_run_again_runs_all_of_it_with_new_attempts()
    {
        var job = HalfWay().Under(Changed(Diamond, "b")).Replace(ChangedFlow.Restart).StartAll();
        Assert.Equal("a Running, b Waiting, c Waiting, d Waiting", job.Tasks);
        Assert.Equal(2, job.Attempt("a"));
        Assert.Null(job.Output("c"));
    }

    [Fact]
    public void Attempts_of_a_task_that_was_away_go_on_where_they_ended()
    {
        var (with, without) = (Given.Flow("a; b").Build(), Given.Flow("a").Build());
        var job = new JobUnderTest(with).Submit().StartAll().Fail("b").Under(without).Replace(ChangedFlow.KeepUnchanged)
            .StartAll().Under(with).Replace(ChangedFlow.KeepUnchanged).StartAll();
        Assert.Equal(2, job.Attempt("b"));
        Assert.Equal(3, job.Attempt("a"));
    }

    [Fact]
    public void A_job_of_which_nothing_is_left_to_run_has_ended()
    {
        var job = Given.Flow("a; b").Started().Succeed("a")
            .Under(Given.Flow("a").Build()).Replace(ChangedFlow.KeepUnchanged);
        Assert.Equal("FlowReplaced, JobEnded", job.JustHappened);
        Assert.Equal(JobPhase.Succeeded, job.State.Phase);
    }

    [Fact]
    public void A_failed_task_runs_again_and_what_ran_because_it_failed_does_not()
    {
        var job = Given.Flow("a ~> after; slow").Trigger("after", TriggerRule.AllDone).Started()
            .Fail("a").StartAll().Succeed("after").Under(Changed("a ~> after; slow", "slow", TriggerRule.AllDone))
            .Replace(ChangedFlow.KeepUnchanged);
        Assert.Equal("a Ready, after Succeeded, slow Ready", job.Tasks);
    }

    [Fact]
    public void A_default_output_is_kept_with_what_it_stands_in_for()
    {
        var ignoring = Given.Flow("a; b").Task("a", p => p with { Retry = new() { OnExhausted = Directive.Ignore } });
        var job = ignoring.Started().Fail("a").Under(Changed("a; b", "b")).Replace(ChangedFlow.KeepUnchanged);
        Assert.Equal(TaskPhase.Succeeded, job.Phase("a"));
        Assert.NotEqual(Reason.None, job.Reason("a"));
        Assert.Equal("System.IO.IOException", job.State.FailureOf(job.Number("a"))?.Type);
    }

    [Fact]
    public void What_was_asked_of_the_job_holds()
    {
        var paused = HalfWay().Pause().Under(Changed(Diamond, "b")).Replace(ChangedFlow.KeepUnchanged);
        Assert.Equal("FlowReplaced, JobPaused", paused.JustHappened);
        Assert.Equal(TaskPhase.Running, paused.Continue().StartAll().Phase("b"));

        var cancelled = HalfWay().Cancel("enough").Under(Changed(Diamond, "b")).Replace(ChangedFlow.Restart);
        Assert.Equal(JobPhase.Cancelled, cancelled.State.Phase);
        Assert.Equal("enough", cancelled.State.StopDetail);
        Assert.Equal("", cancelled.JustStarted);
    }

    [Fact]
    public void Of_a_job_that_is_to_stop_what_cannot_run_any_more_is_skipped_and_the_rest_cancelled()
    {
        var before = Given.Flow("a -> b; c -> d").Started().Succeed("a").Cancel();
        var changed = Given.Flow("a -> b; c -> d; a -> e").Trigger("e", TriggerRule.AnyFailed).Build();
        var job = before.Under(changed).Replace(ChangedFlow.KeepUnchanged);
        Assert.Equal("a Succeeded, b Cancelled, c Cancelled, d Cancelled, e Skipped", job.Tasks);
        Assert.Equal(JobPhase.Cancelled, job.State.Phase);
    }

    [Fact]
    public void A_job_under_another_flow_does_nothing_before_it_is_said_how_it_goes_on()
    {
        var job = HalfWay().Under(Changed(Diamond, "b")).Cancel();
        Assert.Equal(
            new Rejection(RejectionCode.FlowChanged, "Its flow has changed; say first how it is to go on."),
            job.Refusal);
        Assert.Equal(RejectionCode.FlowChanged, job.Replace(ChangedFlow.Refuse).Refusal?.Code);
        Assert.Equal(RejectionCode.AlreadySubmitted, job.Submit().Refusal?.Code);
        Assert.Null(job.Replace(ChangedFlow.KeepUnchanged).Refusal);
        Assert.Empty(job.Replace(ChangedFlow.Restart).LastStep.Events);
    }

    [Fact]
    public void An_ended_job_or_one_of_another_name_is_refused()
    {
        var ended = Given.Flow("a").Started().Fail("a").Under(Changed("a", "a")).Replace(ChangedFlow.KeepUnchanged);
        Assert.Equal(
            new Rejection(RejectionCode.HasEnded, "It has ended; fork it to run it with another flow."), ended.Refusal);
        var draft = FlowText.Draft(Diamond);
        var named = new FlowDraft("other");
        named.Tasks.AddRange(draft.Tasks);
        var other = HalfWay().Under(named.Build()).Replace(ChangedFlow.KeepUnchanged);
        Assert.Equal("It is a job of flow 'flow' and cannot go on as one of 'other'.", other.Refusal?.Message);
    }

    [Fact]
    public void What_a_task_had_added_comes_along_with_its_result()
    {
        var job = Mapped().Succeed("map.x").Fail("map.y").StartAll().Succeed("map")
            .Under(Mapping("b").Build()).Replace(ChangedFlow.KeepUnchanged);
        Assert.Equal("map Succeeded, b Ready, map.x Succeeded, map.y Failed", job.Tasks);
        Assert.Equal("It broke.", job.State.FailureOf(job.Number("map.y"))?.Message);
        Assert.Contains("the results of 1 task were kept.", Explain.Job(job.State, job.Events).ToString());
        job.StartAll().Succeed("b");
        Assert.Equal(JobPhase.Succeeded, job.State.Phase);
    }

    [Fact]
    public void A_task_that_waits_for_what_it_added_starts_anew_and_so_does_that()
    {
        var job = Mapped().Succeed("map.x")
            .Under(Mapping("b").Build()).Replace(ChangedFlow.KeepUnchanged);
        Assert.Equal("map Ready, b Ready", job.Tasks);
        job.StartAll().Expand("map", "x, y", e => e with { HandsOverFailures = true }).StartAll();
        Assert.Equal(2, job.Attempt("map.x"));
        Assert.Equal(2, job.Attempt("map.y"));
    }

    [Fact]
    public void A_failed_job_whose_flow_was_replaced_can_be_retried()
    {
        var job = HalfWay().Under(Changed(Diamond, "b")).Replace(ChangedFlow.KeepUnchanged)
            .StartAll().Fail("b").RetryFailed().StartAll();
        Assert.Equal("a Succeeded, b Running, c Succeeded, d Waiting", job.Tasks);
        Assert.Equal(3, job.Attempt("b"));
    }

    [Fact]
    public void Without_digests_nobody_knows_what_changed_and_all_runs_again()
    {
        var events = HalfWay().Events;
        var first = (JobEvent.JobSubmitted)events[0];
        events[0] = first with { Job = first.Job with { TaskDigests = [] } };
        var machine = new JobMachine(Changed(Diamond, "b"), JobPast.Of(events));
        var step = new JobStep();
        Assert.Null(machine.Decide(new JobCommand.ReplaceFlow(first.At, ChangedFlow.KeepUnchanged, null), step));
        Assert.Equal(0, machine.State.CountOf(TaskPhase.Succeeded));
    }

    [Fact]
    public void The_story_tells_what_was_kept_and_what_runs_again()
    {
        var job = HalfWay().Under(Changed(Diamond, "b")).Replace(ChangedFlow.KeepUnchanged).StartAll().Succeed("b");
        var kept = Explain.Task(job.State, job.Events, job.Number("a")).ToString();
        Assert.Contains("Task 'a' succeeded in attempt 1, and that was kept when the job's flow was replaced.", kept);
        Assert.Contains("that this task succeeded was kept.", kept);
        var again = Explain.Task(job.State, job.Events, job.Number("b")).ToString();
        Assert.Contains("It ran again because the job's flow was replaced.", again);
        Assert.Contains("Attempt 2 succeeded.", again);
        Assert.Contains(
            "The job's flow was replaced by one of 4 tasks (fingerprint "
            + $"{job.Flow.Fingerprint[..12]}); the results of 2 tasks were kept. This task is to run again.", again);
        Assert.DoesNotContain("again", kept);
        job.StartAll().Succeed("d");
        var first = Explain.Task(job.State, job.Events, job.Number("d"));
        Assert.Equal("", first.Lines[1]);
        Assert.DoesNotContain("replaced", first.ToString());
        var whole = Explain.Job(job.State, job.Events).ToString();
        Assert.Contains("the results of 2 tasks were kept.", whole);
        var report = JobReport.Of(job.State);
        Assert.All(Enum.GetValues<ReportLanguage>(), language => Assert.Contains(
            $"<td>{ReportTerms.Of(language).KeptResult}</td>",
            report.ToHtml(new HtmlStyle { Language = language })));
        Assert.Equal(report.Job, report["c"].TakenFrom);
        Assert.NotNull(JobReport.FromJson(report.ToJson()).FlowReplacedAt);
        Assert.Contains("kept", report.ToText());
    }

    [Fact]
    public void Tasks_are_called_as_they_were_and_run_again_however_often_they_had_run()
    {
        var job = Given.Retrying(new RetryPolicy { MaxAttempts = 2 }, "a; b").Started().Lose("b").Fail("a").StartAll()
            .Under(Given.Flow("b; new; a").Build()).Replace(ChangedFlow.Restart);
        var lines = Explain.Task(job.State, job.Events, job.Number("a")).Lines;
        Assert.Equal("It runs again because the job's flow was replaced.", lines[1]);
        Assert.EndsWith("Attempt 1 began.", lines[3]);
        Assert.EndsWith("Attempt 2 began.", lines[^2]);
        Assert.EndsWith("This task is to run again.", lines[^1]);
        Assert.Equal(
            "Attempts were lost to crashes, and ran again: b.", Explain.Job(job.State, job.Events).Lines[^1]);
    }

    [Fact]
    public void A_task_that_was_skipped_under_another_flow_tells_who_was_to_blame_then()
    {
        var job = Given.Flow("a -> b; c").Started().Fail("a").Under(Given.Flow("new; a -> b; c").Build())
            .Replace(ChangedFlow.KeepUnchanged);
        Assert.Contains(
            "It was skipped because of 'a'.", Explain.Task(job.State, job.Events, job.Number("b")).ToString());
    }

    // a and c have succeeded, b runs.
    private static JobUnderTest HalfWay() =>
        Given.Flow(Diamond).Started().Succeed("a", "\"a\"").StartAll().Succeed("c");

    private static JobUnderTest Mapped() => Mapping("").Started()
        .Expand("map", "x, y", e => e with { HandsOverFailures = true }).StartAll();

    private static Given Mapping(string changed)
    {
        var given = Given.Flow("map; b").Adds("map", "inner");
        return changed.Length == 0 ? given : given.Trigger(changed, TriggerRule.AllDone);
    }

    private static Flow Changed(string text, string task, TriggerRule? after = null)
    {
        var draft = FlowText.Draft(text);
        draft.Tasks.Find(t => t.Name == task)!.Kind = "changed";
        if (after is { } rule)
            foreach (var named in draft.Tasks.Where(t => t.Name == "after"))
                named.Policy = named.Policy with { Trigger = rule };
        return draft.Build();
    }

    private static string SortedAs(JobUnderTest job, params string[] names) =>
        string.Join(", ", names.Select(name => $"{name} {job.Phase(name)}"));
}
