namespace ActorFlow.Engine.Tests.Machine;

/// <summary>Reports that come late, twice or from an attempt that was superseded: none changes anything.</summary>
public sealed class LateReportTests
{
    private static JobUnderTest SecondAttempt() =>
        Given.Retrying(new() { MaxAttempts = 2 }, "a -> b").Started().Fail("a").StartAll();

    private static void ChangesNothing(JobUnderTest job)
    {
        Assert.Null(job.Refusal);
        Assert.Empty(job.LastStep.Events);
        Assert.Empty(job.LastStep.Effects);
    }

    [Fact]
    public void Late_result_of_an_old_attempt_is_ignored()
    {
        ChangesNothing(SecondAttempt().Succeed("a", attempt: 1));
        ChangesNothing(SecondAttempt().Fail("a", attempt: 1));
        ChangesNothing(SecondAttempt().Lose("a", attempt: 1));
        ChangesNothing(SecondAttempt().Heartbeat("a", attempt: 1));
    }

    [Fact]
    public void A_report_of_an_attempt_that_has_not_begun_is_ignored()
    {
        ChangesNothing(SecondAttempt().Succeed("a", attempt: 3));
        ChangesNothing(Given.Flow("a").Submit().Succeed("a", attempt: 0));
    }

    [Fact]
    public void A_repeated_report_is_ignored()
    {
        ChangesNothing(SecondAttempt().Succeed("a").Succeed("a"));
        ChangesNothing(SecondAttempt().Succeed("a").Fail("a"));
        ChangesNothing(SecondAttempt().Fail("a").Succeed("a"));
        ChangesNothing(SecondAttempt().Fail("a").Fail("a"));
    }

    [Fact]
    public void A_result_that_comes_after_the_time_out_does_not_count()
    {
        var job = Given.Limited(new() { Attempt = TimeSpan.FromSeconds(1) }).Started().Advance(1).Succeed("a");
        Assert.Equal("a Failed", job.Tasks);
        Assert.Null(job.Output("a"));
    }

    [Fact]
    public void The_late_result_of_an_abandoned_attempt_does_not_disturb_the_next_one()
    {
        var job = Given.Limited(new() { Attempt = TimeSpan.FromSeconds(1) })
            .Task("a", p => p with { Retry = new() { MaxAttempts = 2 } }).Started().Advance(6).StartAll();
        ChangesNothing(job.Succeed("a", "1", attempt: 1));
        Assert.Equal("2", job.Succeed("a", "2", attempt: 2).Output("a"));
    }

    [Fact]
    public void A_report_from_before_retry_failed_is_ignored()
    {
        var job = Given.Flow("a").Started().Cancel().Advance(5).RetryFailed();
        ChangesNothing(job.Succeed("a", attempt: 1));
        job.StartAll();
        ChangesNothing(job.Succeed("a", attempt: 1));
        Assert.Equal("a Running", job.Tasks);
    }

    [Fact]
    public void A_report_of_an_attempt_that_has_ended_with_parts_is_ignored()
    {
        var job = Given.Limited(new() { Total = TimeSpan.FromSeconds(10) }).Adds("a", "one").Started()
            .Expand("a", "x").StartAll();
        ChangesNothing(job.Succeed("a"));
        ChangesNothing(job.Fail("a"));
        Assert.Equal("a Stopping, a.x Stopping", job.Advance(10).Tasks);
        ChangesNothing(job.Succeed("a"));
        Assert.Equal("a Failed, a.x Cancelled", job.Succeed("a.x").Tasks);
    }

    [Fact]
    public void A_wake_up_without_a_deadline_changes_nothing()
    {
        ChangesNothing(Given.Flow("a").Started().WakeUp());
        ChangesNothing(Given.Flow("a").Started().Succeed("a").WakeUp());
    }

    [Fact]
    public void Starting_an_ended_or_stopping_job_changes_nothing()
    {
        ChangesNothing(Given.Flow("a").Started().Cancel().StartAll());
        ChangesNothing(Given.Flow("a").Started().Succeed("a").StartAll());
    }
}
