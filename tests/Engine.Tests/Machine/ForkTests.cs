namespace ActorFlow.Engine.Tests.Machine;

/// <summary>What a fork of an ended job shares with it, and what it runs itself.</summary>
public sealed class ForkTests
{
    private const string Diamond = "a -> b, c -> d";

    [Fact]
    public void A_fork_runs_from_its_task_on_and_shares_the_rest()
    {
        var fork = Done(Diamond).Fork("b");
        Assert.Equal("a Succeeded, b Ready, c Succeeded, d Waiting", fork.Tasks);
        Assert.Equal("\"a\"", fork.Output("a"));
        Assert.Equal(new JobId("job-1"), fork.State.TakenFromOf(fork.Number("c")));
        Assert.Equal(0, fork.Attempt("a"));
        Assert.Contains(
            "The job was submitted with 4 tasks, as a fork of job 'job-1' from 'b' on; 2 tasks shared.",
            Explain.Job(fork.State, fork.Events).ToString());
        fork.StartAll().Succeed("b").StartAll().Succeed("d");
        Assert.Equal(JobPhase.Succeeded, fork.State.Phase);
        Assert.Equal(1, fork.Attempt("d"));
    }

    [Fact]
    public void A_fork_survives_a_crash()
    {
        var fork = Done(Diamond).Fork("b").StartAll().Crash().StartAll().Succeed("b").StartAll().Crash();
        Assert.Equal("a Succeeded, b Succeeded, c Succeeded, d Ready", fork.Tasks);
    }

    [Fact]
    public void What_failed_beside_the_point_runs_again()
    {
        var fork = Given.Flow("a -> b; c -> d").Started().Succeed("a").Fail("c").StartAll().Succeed("b").Fork("b");
        Assert.Equal("a Succeeded, b Ready, c Ready, d Waiting", fork.Tasks);
    }

    [Fact]
    public void With_another_input_what_comes_before_is_shared_and_what_reads_it_beside_that_is_not()
    {
        var draft = FlowText.Draft("a -> b; c -> d; e");
        draft.Tasks[0].Inputs.Add(InputDraft.FromJob("x"));
        draft.Tasks.Find(task => task.Name == "c")!.Inputs.Add(InputDraft.FromJob("x"));
        var done = Finished(new JobUnderTest(draft.Build()).Submit());
        Assert.Equal(
            "a Succeeded, b Ready, c Ready, d Waiting, e Succeeded",
            done.Fork("b", input: Payload.FromJson("2")).Tasks);
        Assert.Equal("a Succeeded, b Ready, c Succeeded, d Succeeded, e Succeeded", done.Fork("b").Tasks);
    }

    [Fact]
    public void With_another_input_what_sees_it_without_a_binding_is_not_shared()
    {
        var draft = FlowText.Draft("a -> b; c; d");
        draft.Tasks.Find(task => task.Name == "c")!.SeesInput = true;
        var done = Finished(new JobUnderTest(draft.Build()).Submit());
        Assert.Equal(
            "a Succeeded, b Ready, c Ready, d Succeeded", done.Fork("b", input: Payload.FromJson("2")).Tasks);
        Assert.Equal("a Succeeded, b Ready, c Succeeded, d Succeeded", done.Fork("b").Tasks);
        Assert.True(done.Flow.With(new TaskDraft("e") { Kind = "e" })["c"].SeesInput);
    }

    [Fact]
    public void A_flow_with_a_task_of_the_name_of_one_that_would_be_taken_over_is_refused()
    {
        var done = Given.Flow("map -> after").Adds("map", "inner").Started()
            .Expand("map", "x").StartAll().Succeed("map.x").StartAll().Succeed("map").StartAll();
        var other = done.Flow.With(new TaskDraft("MAP.X") { Kind = "other" });
        var running = done.Under(other).Replace(ChangedFlow.KeepUnchanged);
        Assert.Equal(
            "Task 'map.x' of flow 'flow' has the name of one that was added to the job before, whose result is to be "
            + "kept: give it another name.",
            running.Refusal?.Message);
        Assert.Null(running.Replace(ChangedFlow.Restart).Refusal);
        var error = Assert.Throws<JobRejectedException>(() => done.Fail("after").Fork("after", other));
        Assert.Contains("'map.x'", error.Message);
    }

    [Fact]
    public void A_fork_under_another_flow_shares_what_is_the_same()
    {
        var draft = FlowText.Draft("a -> b, c -> d; a -> e");
        draft.Tasks.Find(task => task.Name == "c")!.Kind = "changed";
        var fork = Done(Diamond).Fork("b", draft.Build());
        Assert.Equal("a Succeeded, b Ready, c Ready, d Waiting, e Ready", fork.Tasks);
    }

    [Theory]
    [InlineData("d", "c", "Task 'c', which 'd' needs, has no result to share: it has changed since.")]
    [InlineData("d", "a", "Task 'a', which 'd' needs, has no result to share: it has changed since.")]
    public void A_changed_task_before_the_point_is_refused(string from, string changed, string problem)
    {
        var draft = FlowText.Draft(Diamond);
        draft.Tasks.Find(task => task.Name == changed)!.Kind = "changed";
        var error = Assert.Throws<JobRejectedException>(() => Done(Diamond).Fork(from, draft.Build()));
        Assert.Contains(problem, error.Message);
    }

    [Fact]
    public void A_task_before_the_point_that_the_job_did_not_have_is_refused()
    {
        var error = Assert.Throws<JobRejectedException>(
            () => Done("a -> b").Fork("b", Given.Flow("new -> a -> b").Build()));
        Assert.Contains(
            "Task 'new', which 'b' needs, has no result to share: the job did not have it. Fork from it, or from a "
            + "task before it.", error.Message);
    }

    [Fact]
    public void What_has_no_result_cannot_be_before_the_point()
    {
        var failed = Given.Flow("a -> b -> c").Started().Fail("a");
        Assert.Contains("it is failed", Assert.Throws<JobRejectedException>(() => failed.Fork("b")).Message);
        Assert.Contains("'a', which 'c'", Assert.Throws<JobRejectedException>(() => failed.Fork("c")).Message);
        Assert.Equal("a Ready, b Waiting, c Waiting", failed.Fork("a").Tasks);
    }

    [Fact]
    public void Unknown_tasks_and_jobs_that_have_not_ended_are_refused()
    {
        var error = Assert.Throws<ActorFlowException>(() => Done("load -> store").Fork("lod"));
        Assert.Equal("Flow 'flow' has no task 'lod'. Did you mean 'load'?", error.Message);
        var running = Assert.Throws<JobRejectedException>(() => Given.Flow("a").Started().Fork("a"));
        Assert.Equal("Job 'job-1': It has not ended; only an ended job can be forked.", running.Message);
    }

    [Fact]
    public void Neither_a_fork_nor_a_retry_forgets_what_was_added()
    {
        var done = Given.Flow("map -> after").Adds("map", "inner -> last").Started()
            .Expand("map", "x, y", e => e with { HandsOverFailures = true }).StartAll()
            .Succeed("map.x.inner").Fail("map.y.inner").StartAll().Succeed("map.x.last").StartAll()
            .Succeed("map").StartAll().Fail("after");
        const string Added = "map.x.inner Succeeded, map.x.last Succeeded, map.y.inner Failed, map.y.last Skipped";
        var fork = done.Fork("after");
        Assert.Equal($"map Succeeded, after Ready, {Added}", fork.Tasks);
        Assert.Equal("map.y.inner", fork.Cause("map.y.last"));
        fork.StartAll().Fail("after").RetryFailed();
        Assert.Equal($"map Succeeded, after Ready, {Added}", fork.Tasks);
        Assert.Equal(2, fork.StartAll().Succeed("after").Attempt("after"));
    }

    [Fact]
    public void A_fork_from_what_adds_tasks_adds_them_again()
    {
        var done = Given.Flow("map -> after").Adds("map", "inner").Started()
            .Expand("map", "x").StartAll().Succeed("map.x").StartAll().Succeed("map").StartAll().Succeed("after");
        var fork = done.Fork("map").StartAll().Expand("map", "x").StartAll();
        Assert.Equal("map Expanded, after Waiting, map.x Running", fork.Tasks);
        Assert.Equal(1, fork.Attempt("map.x"));
    }

    [Fact]
    public void A_fork_of_a_fork_says_whom_it_shares_with()
    {
        var first = Finished(Done(Diamond).Fork("b"));
        var second = first.Fork("d");
        Assert.Equal(new JobId("fork-of-job-1"), second.State.TakenFromOf(second.Number("a")));
        var report = JobReport.Of(second.State);
        Assert.Equal(new ForkOrigin(new JobId("fork-of-job-1"), "d"), report.ForkedFrom);
        Assert.Contains("shared from fork-of-job-1", report.ToText());
        Assert.All(Enum.GetValues<ReportLanguage>(), language => Assert.Contains(
            $"<td>{ReportTerms.Of(language).SharedFrom} fork-of-job-1</td>",
            report.ToHtml(new HtmlStyle { Language = language })));
        var read = JobReport.FromJson(report.ToJson());
        Assert.Equal(report.ForkedFrom, read.ForkedFrom);
        Assert.Equal(new JobId("fork-of-job-1"), read["a"].TakenFrom);
        var why = Explain.Task(second.State, second.Events, second.Number("b")).ToString();
        Assert.Contains("Task 'b' succeeded in job 'fork-of-job-1', and that is shared.", why);
        Assert.Contains("It succeeded in job 'fork-of-job-1', and that was shared.", why);
    }

    [Fact]
    public void A_fork_whose_flow_is_replaced_knows_still_where_it_came_from()
    {
        var draft = FlowText.Draft(Diamond);
        draft.Tasks.Find(task => task.Name == "d")!.Kind = "changed";
        var job = Done(Diamond).Fork("b").StartAll().Succeed("b").Under(draft.Build())
            .Replace(ChangedFlow.KeepUnchanged);
        Assert.Equal("a Succeeded, b Succeeded, c Succeeded, d Ready", job.Tasks);
        Assert.Equal(new JobId("job-1"), job.State.TakenFromOf(job.Number("a")));
        Assert.Equal(new JobId("fork-of-job-1"), job.State.TakenFromOf(job.Number("b")));
    }

    private static JobUnderTest Done(string text) => Finished(Given.Flow(text).Submit());

    private static JobUnderTest Finished(JobUnderTest job)
    {
        while (!job.State.Phase.HasEnded())
        {
            job.StartAll();
            foreach (var task in job.State.Graph.TaskNames.Where(name => job.Phase(name) == TaskPhase.Running).ToList())
                job.Succeed(task, $"\"{task}\"");
        }

        return job;
    }
}
