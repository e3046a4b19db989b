namespace ActorFlow.Engine.Tests.Machine;

/// <summary>Who decides about a failure, and in which order.</summary>
public sealed class SupervisionTests
{
    private static SupervisionRule On(Directive directive, params string[] types) => new(directive) { On = types };

    private static Given Supervised(SupervisionRule[] byTask, SupervisionRule[] byFlow) => Given.Flow("a -> b; c")
        .Task("a", p => p with { Supervision = byTask, Retry = new RetryPolicy { MaxAttempts = 2 } })
        .Job(f => f with { Supervision = byFlow });

    [Theory]
    [InlineData(Directive.Retry, "a Ready, b Waiting, c Ready")]
    [InlineData(Directive.Fail, "a Failed, b Skipped, c Ready")]
    [InlineData(Directive.Ignore, "a Succeeded, b Ready, c Ready")]
    [InlineData(Directive.Escalate, "a Failed, b Skipped, c Cancelled")]
    [InlineData(Directive.Skip, "a Skipped, b Skipped, c Ready")]
    [InlineData(Directive.Hold, "a Held, b Waiting, c Ready")]
    public void A_rule_of_the_task_or_of_the_flow_carries_out_its_directive(Directive directive, string tasks)
    {
        Assert.Equal(tasks, Supervised([On(directive)], []).Submit().Start(1).Fail("a").Tasks);
        var job = Supervised([], [On(directive)]).Submit().Start(1).Fail("a");
        Assert.Equal(tasks, job.Tasks);
        Assert.Equal(directive == Directive.Retry ? Reason.AttemptThrew : Reason.Supervised, job.Reason("a"));
    }

    [Fact]
    public void The_tasks_rules_go_before_the_flows()
    {
        var given = Supervised([On(Directive.Skip, "IOException")], [On(Directive.Hold)]);
        Assert.Equal(TaskPhase.Skipped, given.Submit().Start(1).Fail("a", "System.IO.IOException").Phase("a"));
        Assert.Equal(TaskPhase.Held, given.Submit().Start(1).Fail("a", "System.Exception").Phase("a"));
    }

    [Fact]
    public void The_first_rule_that_matches_wins()
    {
        var given = Supervised(
            [On(Directive.Skip, "E1"), On(Directive.Hold, "E1", "E2"), On(Directive.Fail)], []);
        Assert.Equal(TaskPhase.Skipped, given.Submit().Start(1).Fail("a", "E1").Phase("a"));
        Assert.Equal(TaskPhase.Held, given.Submit().Start(1).Fail("a", "E2").Phase("a"));
        Assert.Equal(TaskPhase.Failed, given.Submit().Start(1).Fail("a", "E3").Phase("a"));
    }

    [Fact]
    public void A_rule_may_look_at_the_failure_itself()
    {
        var rule = On(Directive.Skip) with { When = f => f.Message.Contains("77", StringComparison.Ordinal) };
        var given = Supervised([rule], []);
        Assert.Equal(TaskPhase.Skipped, given.Submit().Start(1).Fail("a", new Failure("E", "code 77")).Phase("a"));
        Assert.Equal(TaskPhase.Ready, given.Submit().Start(1).Fail("a", new Failure("E", "code 1")).Phase("a"));
    }

    [Fact]
    public void A_condition_that_throws_fails_the_task_and_is_named()
    {
        var rule = On(Directive.Skip) with { When = f => f.Message.Split(':')[1].Length > 0 };
        var retry = new RetryPolicy { MaxAttempts = 9, When = _ => throw new InvalidOperationException() };
        RequireFailed(Supervised([rule], []), nameof(IndexOutOfRangeException));
        RequireFailed(Supervised([], [rule]), nameof(IndexOutOfRangeException));
        RequireFailed(Given.Retrying(retry, "a -> b; c"), nameof(InvalidOperationException));

        static void RequireFailed(Given given, string thrown)
        {
            var job = given.Submit().Start(1).Fail("a", new Failure("E", "went wrong"));
            Assert.Equal("a Failed, b Skipped, c Ready", job.Tasks);
            Assert.Equal(Reason.NotRetryable, job.Reason("a"));
            var failure = job.State.FailureOf(0)!;
            Assert.Equal("E", failure.Type);
            Assert.StartsWith("went wrong [", failure.Message, StringComparison.Ordinal);
            Assert.EndsWith($"threw System.{thrown}]", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Without_a_rule_that_matches_the_retry_policy_decides()
    {
        var job = Supervised([On(Directive.Skip, "E1")], [On(Directive.Hold, "E2")]).Submit().Start(1).Fail("a", "E3");
        Assert.Equal(TaskPhase.Ready, job.Phase("a"));
    }

    [Fact]
    public void A_rule_that_says_retry_goes_before_never_but_keeps_to_the_limits()
    {
        var retry = new RetryPolicy { MaxAttempts = 2, Never = ["E1"] };
        var job = Given.Flow("a").Task("a", p => p with { Retry = retry, Supervision = [On(Directive.Retry, "E1")] })
            .Started().Fail("a", "E1");
        Assert.Equal("a Ready", job.Tasks);
        Assert.Equal("a Failed", job.StartAll().Fail("a", "E1").Tasks);
        Assert.Equal(Reason.AttemptsExhausted, job.Reason("a"));
    }

    [Fact]
    public void Ignore_goes_on_with_the_rules_default_output()
    {
        var rule = On(Directive.Ignore) with { DefaultOutput = Payload.FromJson("5") };
        var job = Supervised([rule], []).Submit().Start(1).Fail("a");
        Assert.Equal("5", job.Output("a"));
        Assert.Null(job.Cause("a"));
    }

    [Fact]
    public void A_time_out_is_supervised_like_any_failure()
    {
        var job = Given.Limited(new TaskTimeouts { Attempt = TimeSpan.FromSeconds(1) })
            .Task("a", p => p with { Supervision = [On(Directive.Ignore, "TimeoutException")] })
            .Started().Advance(1).Fail("a", Failure.CancelledType);
        Assert.Equal("a Succeeded", job.Tasks);
    }

    [Fact]
    public void Escalate_stops_what_runs_and_fails_the_job()
    {
        var job = Supervised([On(Directive.Escalate)], []).Started().Fail("a");
        Assert.Equal("a Failed, b Skipped, c Stopping", job.Tasks);
        Assert.Equal(JobPhase.Stopping, job.State.Phase);
        Assert.Equal("task 'a' failed", job.State.StopDetail);
        job.Fail("c", Failure.CancelledType);
        Assert.Equal("a Failed, b Skipped, c Cancelled", job.Tasks);
        Assert.Equal(Reason.FailedFast, job.Reason("c"));
        Assert.Equal(JobPhase.Failed, job.State.Phase);
    }
}
