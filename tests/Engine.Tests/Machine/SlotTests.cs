namespace ActorFlow.Engine.Tests.Machine;

/// <summary>Who starts when there are fewer slots than ready tasks.</summary>
public sealed class SlotTests
{
    private static Given Prioritised => Given.Flow("a; b; c; d")
        .Task("b", p => p with { Priority = 5 }).Task("c", p => p with { Priority = -5 });

    [Fact]
    public void No_more_tasks_start_than_there_are_slots()
    {
        var job = Given.Flow("a; b; c").Submit().Start(2);
        Assert.Equal("a Running, b Running, c Ready", job.Tasks);
        Assert.Equal("", job.Start(0).JustStarted);
        Assert.Equal("c", job.Start(7).JustStarted);
    }

    [Fact]
    public void Tasks_of_one_priority_start_in_the_order_in_which_they_became_ready()
    {
        var job = Given.Flow("z; a -> c; b").Submit().Start(2).Succeed("a");
        Assert.Equal("b, c", job.Start(2).JustStarted);
    }

    [Fact]
    public void Higher_priority_starts_first()
    {
        Assert.Equal("b, a, d, c", Prioritised.Submit().Start(4).JustStarted);
    }

    [Fact]
    public void Lower_priority_starts_last_even_if_it_was_ready_first()
    {
        var job = Given.Flow("a; b").Task("a", p => p with { Priority = -1 }).Submit();
        Assert.Equal("b, a", job.Start(2).JustStarted);
    }

    [Fact]
    public void A_task_of_higher_priority_overtakes_those_that_were_ready_before()
    {
        var job = Given.Flow("a -> u; b; c").Task("u", p => p with { Priority = 1 }).Submit().Start(1).Succeed("a");
        Assert.Equal("u, b, c", job.Start(3).JustStarted);
    }

    [Fact]
    public void The_order_of_starts_survives_a_crash()
    {
        var job = Given.Retrying(new() { MaxAttempts = 2 }, "a; b; c").Submit().Start(1).Fail("a").Crash();
        Assert.Equal("b, c, a", job.Start(3).JustStarted);
        Assert.Equal("b, a, d, c", Prioritised.Submit().Crash().Start(4).JustStarted);
    }

    [Fact]
    public void No_more_tasks_run_at_once_than_the_flow_allows()
    {
        var job = Given.Flow("a; b; c; d").Job(f => f with { MaxParallel = 2 }).Submit();
        Assert.Equal(2, job.State.StartableIn(0));
        Assert.Equal("a, b", job.StartAll().JustStarted);
        Assert.Equal(0, job.State.StartableIn(0));
        Assert.Equal("", job.StartAll().JustStarted);
        Assert.Equal("c", job.Succeed("a").StartAll().JustStarted);
    }

    [Fact]
    public void An_attempt_that_stops_keeps_its_place_until_it_has_stopped()
    {
        var job = Given.Limited(new() { Attempt = TimeSpan.FromSeconds(1) }, "a; b")
            .Job(f => f with { MaxParallel = 1 }).Started().Advance(1);
        Assert.Equal("", job.StartAll().JustStarted);
        Assert.Equal("b", job.Fail("a").StartAll().JustStarted);
    }

    [Fact]
    public void Each_pool_has_a_queue_of_its_own()
    {
        var job = Given.Flow("a; b; c").Task("b", p => p with { Pool = TaskPolicy.AsyncPool }).Submit();
        Assert.Equal(["compute", "async"], job.Flow.Pools.Names);
        Assert.Equal((2, 1), (job.State.StartableIn(0), job.State.StartableIn(1)));
        Assert.Equal("b", job.Start(9, pool: 1).JustStarted);
        Assert.Equal("a, c", job.Start(9, pool: 0).JustStarted);
    }

    [Fact]
    public void A_task_that_left_the_queue_otherwise_takes_no_slot()
    {
        var job = Given.Flow("a; b; c").Task("b", p => p with { Timeouts = new() { Start = TimeSpan.FromSeconds(1) } })
            .Submit().Advance(1);
        Assert.Equal("a, c", job.Start(2).JustStarted);
    }

    [Fact]
    public void The_least_priority_of_all_starts_last()
    {
        var job = Given.Flow("a; b; c").Task("b", p => p with { Priority = int.MinValue })
            .Task("c", p => p with { Priority = int.MaxValue }).Submit();
        Assert.Equal("c, a, b", job.Start(3).JustStarted);
    }
}
