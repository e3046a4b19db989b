namespace ActorFlow.Engine.Tests.Reports;

/// <summary>What reports say to people of tasks that add others, and of those that they have added.</summary>
public sealed class AddedTasksTextTests
{
    private static Given Growing => Given.Flow("a").Adds("a", "one", "first -> last");

    [Fact]
    public void Steps_of_a_task_that_adds_others_are_counted_and_named()
    {
        var job = Growing.Started().Expand("a", "x");
        Assert.Equal((1, 0), Attempts(job));
        job.StartAll().Succeed("a.x").StartAll();
        Assert.Equal((2, 1), Attempts(job));
        job.Expand("a", "y").StartAll().Succeed("a.y");
        Assert.Equal((2, 1), Attempts(job));
        job.StartAll().Succeed("a");
        Assert.Equal((3, 2), Attempts(job));
        var report = JobReport.Of(job.State);
        Assert.Contains("succeeded  a     3 (2 steps)  ", report.ToText(), StringComparison.Ordinal);
        Assert.Equal(2, JobReport.FromJson(report.ToJson())["a"].Steps);
        Assert.Equal(["a", "a.x", "a.y"], report.Tasks.Select(task => task.Name));
    }

    [Fact]
    public void A_task_that_failed_with_its_parts_has_had_one_try()
    {
        var job = Growing.Started().Expand("a", "x").StartAll().Fail("a.x");
        Assert.Equal((1, 0), Attempts(job));
        var text = JobReport.Of(job.State).ToText();
        Assert.Contains("failed     a     1  ", text, StringComparison.Ordinal);
        Assert.Contains("  1 of the 1 tasks that 'a' had added failed: ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("PartsFailedException", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_waits_for_its_turn_blames_no_pool()
    {
        var job = Growing.Started().Expand("a", "x, y", e => e with { MaxParallel = 1 });
        var waiting = JobReport.Of(job.State).ToText().Split('\n')
            .Single(row => row.StartsWith("waiting", StringComparison.Ordinal));
        Assert.EndsWith(
            "no more of the tasks that were added with it run at once", waiting, StringComparison.Ordinal);
        Assert.All(Enum.GetValues<ReportLanguage>(), language => Assert.Contains(
            $"<td>a.y</td><td>0</td><td>–</td><td>{ReportTerms.Of(language).Of(Reason.NoTurn)}</td>",
            JobReport.Of(job.State).ToHtml(new HtmlStyle { Language = language }), StringComparison.Ordinal));
    }

    [Fact]
    public void A_job_counts_apart_what_waits_its_turn_and_what_waits_for_others()
    {
        var job = Given.Flow("a -> b").Adds("a", "one").Started()
            .Expand("a", "x, y, z", e => e with { MaxParallel = 1 });
        var lines = Explain.Job(job.State, job.Events).Lines;
        Assert.Equal(["Waiting for upstream tasks: 1.", "Waiting their turn among those that were added with them: 2."],
            lines.Where(line => line.StartsWith("Waiting ", StringComparison.Ordinal)).Skip(1));
        job.StartAll().Succeed("a.x").StartAll().Succeed("a.y").StartAll().Succeed("a.z").StartAll();
        lines = Explain.Job(job.State, job.Events).Lines;
        Assert.Equal("Waiting for upstream tasks: 1.", lines[2]);
        Assert.DoesNotContain(lines, line => line.Contains("turn", StringComparison.Ordinal));
        var alone = Given.Flow("a").Adds("a", "one").Started().Expand("a", "x, y", e => e with { MaxParallel = 1 });
        Assert.DoesNotContain(
            Explain.Job(alone.State, alone.Events).Lines,
            line => line.Contains("upstream", StringComparison.Ordinal));
    }

    [Fact]
    public void A_task_that_waits_for_those_that_it_added_says_how_many_have_not_ended()
    {
        var job = Growing.Started().Expand("a", "x, y:1").StartAll().Succeed("a.x");
        Assert.Equal(
            "Task 'a' waits for tasks that it added: 2 of 3 have not ended.",
            Explain.Task(job.State, job.Events, 0).Lines[0]);
        Assert.Contains("Waiting for tasks that they added: a.", Explain.Job(job.State, job.Events).Lines);
    }

    [Fact]
    public void The_error_of_a_part_shows_what_the_part_was_given()
    {
        var draft = FlowText.Draft("one");
        draft.Tasks[0].Inputs.Add(InputDraft.FromJob("p"));
        var job = Given.Flow("a").Adds("a", draft).Started().Expand("a", "x").StartAll().Fail("a.x");
        Assert.Equal([new InputValue("p", "\"x\"")], JobReport.Of(job.State)["a.x"].Error!.Input);
    }

    private static (int Attempts, int Steps) Attempts(JobUnderTest job)
    {
        var task = JobReport.Of(job.State)["a"];
        return (task.Attempts, task.Steps);
    }
}
