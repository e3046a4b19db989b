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
    }

    private static (int Attempts, int Steps) Attempts(JobUnderTest job)
    {
        var task = JobReport.Of(job.State)["a"];
        return (task.Attempts, task.Steps);
    }
}
