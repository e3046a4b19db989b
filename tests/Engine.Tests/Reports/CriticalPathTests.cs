namespace ActorFlow.Engine.Tests.Reports;

/// <summary>Which chain of tasks a report names as the one that determined the end.</summary>
public sealed class CriticalPathTests
{
    [Fact]
    public void The_path_follows_the_upstream_that_ended_last()
    {
        var report = new RecordedJob(Flows.Draft("quick", "slow", "other", "join: slow, quick", "end: join").Build())
            .Run().Report;

        // The attempts end one after another, in the order in which they began.
        Assert.Equal(["slow", "join", "end"], report.CriticalPath);
    }

    [Fact]
    public void Only_tasks_that_ran_are_on_the_path()
    {
        var draft = Flows.Draft("a", "b: a", "c: b", "clean: c")
            .With("clean", new TaskPolicy { Trigger = TriggerRule.AllDone });
        var report = new RecordedJob(draft.Build()).Answer("a", Flows.Failure()).Run().Report;

        Assert.Equal(["a", "clean"], report.CriticalPath);
    }

    [Fact]
    public void A_task_that_ended_after_the_start_of_its_dependent_was_not_waited_for()
    {
        var draft = Flows.Draft("fails", "slow", "rescue: fails, slow", "rest: rescue")
            .With("rescue", new TaskPolicy { Trigger = TriggerRule.AnyFailed });
        var report = new RecordedJob(draft.Build()).Answer("fails", Flows.Failure()).Run().Report;

        Assert.Equal(["fails", "rescue", "rest"], report.CriticalPath);
    }

    [Fact]
    public void The_first_task_is_on_the_path_if_it_ended_last()
    {
        var job = Given.Flow("a, b -> c").Started().Advance(1).Succeed("b").Advance(1).Succeed("a").StartAll();

        Assert.Equal(["a", "c"], JobReport.Of(job.Advance(1).Succeed("c").State).CriticalPath);
    }

    [Fact]
    public void A_task_that_fails_with_what_it_has_added_ends_behind_it()
    {
        var job = Given.Flow("a -> map").Adds("map", "inner").Started().Advance(1).Succeed("a").StartAll()
            .Expand("map", "x, y").StartAll().Advance(1).Succeed("map.x").Fail("map.y");

        Assert.Equal(["a", "map"], JobReport.Of(job.State).CriticalPath);
    }

    [Fact]
    public void Of_tasks_that_ended_at_once_the_later_in_order_is_on_the_path()
    {
        foreach (var needs in (string[])["x, y", "y, x"])
        {
            var job = new RecordedJob(Flows.Draft($"join: {needs}", "x", "y").Build()) { Pace = TimeSpan.Zero };
            Assert.Equal(["y", "join"], job.Run().Report.CriticalPath);
        }
    }

    [Fact]
    public void A_job_without_time_has_a_path_too()
    {
        var job = new RecordedJob(Flows.Draft("a", "b: a", "c: a", "d: b, c").Build()) { Pace = TimeSpan.Zero };

        Assert.Equal(["a", "c", "d"], job.Run().Report.CriticalPath);
    }
}
