namespace ActorFlow.Engine.Tests.Machine;

/// <summary>Whether and when a failed attempt is tried again, and what follows when it is not.</summary>
public sealed class RetryTests
{
    private static readonly Failure Broken = new("System.IO.IOException", "It broke.");

    private static RetryPolicy Attempts(int most, Directive onExhausted = Directive.Fail) => new()
    {
        MaxAttempts = most,
        OnExhausted = onExhausted,
        DefaultOutput = onExhausted == Directive.Ignore ? Payload.FromJson("7") : null,
    };

    private static Backoff Delay(double seconds) => new() { Initial = TimeSpan.FromSeconds(seconds) };

    [Fact]
    public void Without_a_policy_the_first_failure_is_final()
    {
        var job = Given.Flow("a").Started().Fail("a");
        Assert.Equal("AttemptFailed, TaskFailed, JobEnded", job.JustHappened);
        Assert.Equal(Reason.AttemptThrew, job.Reason("a"));
        Assert.Equal(JobPhase.Failed, job.State.Phase);
        Assert.Equal("System.IO.IOException", job.State.FailureOf(0)!.Type);
    }

    [Fact]
    public void A_failed_attempt_is_tried_again_until_the_attempts_are_used_up()
    {
        var job = Given.Retrying(Attempts(3)).Started().Fail("a").StartAll().Fail("a");
        Assert.Equal(Reason.AttemptThrew, job.Reason("a"));
        Assert.Equal(3, job.StartAll().Attempt("a"));
        Assert.Equal("AttemptFailed, TaskFailed, JobEnded", job.Fail("a").JustHappened);
        Assert.Equal(Reason.AttemptsExhausted, job.Reason("a"));
    }

    [Fact]
    public void A_retry_that_succeeds_leaves_no_trace_in_the_outcome()
    {
        var job = Given.Retrying(Attempts(2), "a -> b").Started().Fail("a").StartAll().Succeed("a").StartAll();
        Assert.Equal(JobPhase.Succeeded, job.Succeed("b").State.Phase);
        Assert.Equal(2, job.Attempt("a"));
        Assert.Equal(Reason.None, job.Reason("a"));
    }

    [Fact]
    public void That_an_attempt_failed_behind_its_condition_is_known_until_the_job_is_retried()
    {
        var condition = Broken with { BroaderTypes = [Failure.ConditionType] };
        var job = Given.Retrying(Attempts(4)).Started().Lose("a").StartAll().Fail("a", condition).StartAll();
        Assert.False(job.State.HasFailedAtWork(0));
        job.Fail("a").StartAll().Lose("a").StartAll();
        Assert.True(job.State.HasFailedAtWork(0));
        Assert.True(job.Fail("a").StartAll().State.HasFailedAtWork(0));
        Assert.Equal(JobPhase.Failed, job.Fail("a").State.Phase);
        Assert.False(job.RetryFailed().State.HasFailedAtWork(0));
    }

    [Fact]
    public void The_next_attempt_is_due_after_the_delay()
    {
        var job = Given.Retrying(Attempts(2) with { Backoff = Delay(10) }).Started().Fail("a");
        Assert.Equal("AttemptFailed, RetryScheduled", job.JustHappened);
        Assert.Equal(TimeSpan.FromSeconds(10), job.Delay("a"));
        Assert.Equal("a BackingOff", job.Advance(9.9).Tasks);
        Assert.Equal("a Ready", job.Advance(0.1).Tasks);
    }

    [Theory]
    [InlineData(BackoffShape.Constant, "2 2 2 2 2")]
    [InlineData(BackoffShape.Linear, "2 4 6 8 9")]
    [InlineData(BackoffShape.Exponential, "2 4 8 9 9")]
    public void Delays_grow_by_their_shape_up_to_the_cap(BackoffShape shape, string expected)
    {
        var backoff = Delay(2) with { Shape = shape, Max = TimeSpan.FromSeconds(9) };
        var job = Given.Retrying(Attempts(6) with { Backoff = backoff }).Started();
        var delays = Enumerable.Range(0, 5).Select(_ => NextDelay(job)).ToList();
        Assert.Equal(expected, string.Join(' ', delays.Select(d => d.TotalSeconds)));
    }

    private static TimeSpan NextDelay(JobUnderTest job)
    {
        var delay = job.Fail("a").Delay("a");
        job.Advance(delay).StartAll();
        return delay;
    }

    [Fact]
    public void Jitter_differs_from_task_to_task_and_from_job_to_job_but_not_from_run_to_run()
    {
        var retry = Attempts(2) with { Backoff = Delay(10) with { Jitter = JitterKind.Full } };
        TimeSpan DelayOf(string task, string id) => Given.Flow("a; b").Task("a, b", p => p with { Retry = retry })
            .Unsubmitted().Submit(id).StartAll().Fail(task).Delay(task);
        Assert.Equal(DelayOf("a", "job-1"), DelayOf("a", "job-1"));
        Assert.NotEqual(DelayOf("a", "job-1"), DelayOf("b", "job-1"));
        Assert.NotEqual(DelayOf("a", "job-1"), DelayOf("a", "job-2"));
    }

    [Fact]
    public void A_delay_named_by_the_failure_goes_before_the_policys()
    {
        var job = Given.Retrying(Attempts(2) with { Backoff = Delay(10) }).Started();
        Assert.Equal(3, job.Fail("a", retryAfter: TimeSpan.FromSeconds(3)).Delay("a").TotalSeconds);
    }

    [Fact]
    public void A_negative_delay_named_by_the_failure_means_at_once()
    {
        var job = Given.Retrying(Attempts(2)).Started().Fail("a", retryAfter: TimeSpan.FromSeconds(-3));
        Assert.Equal("a Ready", job.Tasks);
        Assert.Equal(job.Now, job.Events.OfType<JobEvent.RetryScheduled>().Single().DueAt);
    }

    [Theory]
    [InlineData(3_000_000)]
    [InlineData(10_000_000)]
    public void A_delay_beyond_the_calendar_waits_at_its_end(int days)
    {
        var job = Given.Retrying(Attempts(2)).Started().Fail("a", retryAfter: TimeSpan.FromDays(days));
        Assert.Equal(DateTimeOffset.MaxValue, job.State.DueAtOf(0));
        Assert.Equal(JobPhase.Cancelled, job.Cancel().State.Phase);
    }

    [Theory]
    [InlineData("System.IO.IOException", "a Ready")]
    [InlineData("IOException", "a Ready")]
    [InlineData("Exception", "a Failed")]
    [InlineData("TimeoutException", "a Failed")]
    public void Only_failures_that_the_policy_names_are_retried(string on, string expected)
    {
        var job = Given.Retrying(Attempts(2) with { On = [on] }).Started().Fail("a", Broken);
        Assert.Equal(expected, job.Tasks);
    }

    [Fact]
    public void A_failure_is_known_by_its_base_types_too()
    {
        var retry = Attempts(2) with { On = ["SystemException"] };
        var failure = Broken with { BroaderTypes = ["System.SystemException", "System.Exception"] };
        Assert.Equal("a Ready", Given.Retrying(retry).Started().Fail("a", failure).Tasks);
    }

    [Fact]
    public void Never_goes_before_on_and_says_not_retryable()
    {
        var retry = Attempts(2) with { On = ["IOException"], Never = ["System.IO.IOException"] };
        var job = Given.Retrying(retry).Started().Fail("a");
        Assert.Equal("a Failed", job.Tasks);
        Assert.Equal(Reason.NotRetryable, job.Reason("a"));
    }

    [Fact]
    public void Without_a_second_attempt_it_does_not_matter_what_could_be_retried()
    {
        var job = Given.Retrying(new() { Never = ["System.IO.IOException"] }).Started().Fail("a");
        Assert.Equal(Reason.AttemptThrew, job.Reason("a"));
    }

    [Theory]
    [InlineData("It broke.", "a Ready")]
    [InlineData("It broke for good.", "a Failed")]
    public void A_predicate_decides_by_the_failure(string message, string expected)
    {
        var retry = Attempts(2) with { When = f => f.Message == "It broke." };
        Assert.Equal(expected, Given.Retrying(retry).Started().Fail("a", Broken with { Message = message }).Tasks);
    }

    [Fact]
    public void No_attempt_is_scheduled_past_the_budget()
    {
        var retry = Attempts(9) with { Backoff = Delay(4), Budget = TimeSpan.FromSeconds(10) };
        var job = Given.Retrying(retry).Started();
        job.Fail("a").Advance(4).StartAll().Advance(2);
        Assert.Equal("a BackingOff", job.Fail("a").Tasks);
        job.Advance(4).StartAll().Advance(1);
        Assert.Equal("a Failed", job.Fail("a").Tasks);
        Assert.Equal(Reason.RetryBudgetExhausted, job.Reason("a"));
    }

    [Fact]
    public void A_used_up_budget_follows_the_directive_for_used_up_attempts()
    {
        var retry = Attempts(9, Directive.Ignore) with { Backoff = Delay(4), Budget = TimeSpan.FromSeconds(1) };
        Assert.Equal("7", Given.Retrying(retry).Started().Fail("a").Output("a"));
    }

    [Theory]
    [InlineData(Directive.Fail, "a Failed, b Skipped, c Ready", JobPhase.Running)]
    [InlineData(Directive.Skip, "a Skipped, b Skipped, c Ready", JobPhase.Running)]
    [InlineData(Directive.Ignore, "a Succeeded, b Ready, c Ready", JobPhase.Running)]
    [InlineData(Directive.Hold, "a Held, b Waiting, c Ready", JobPhase.Running)]
    [InlineData(Directive.Escalate, "a Failed, b Skipped, c Cancelled", JobPhase.Failed)]
    public void When_attempts_are_used_up_the_policy_says_what_follows(
        Directive directive, string tasks, JobPhase phase)
    {
        var job = Given.Retrying(Attempts(2, directive), "a -> b; c").Submit();
        job = Given.Retrying(Attempts(1, directive), "a -> b; c").Submit().Start(1).Fail("a");
        Assert.Equal(tasks, job.Tasks);
        Assert.Equal(phase, job.State.Phase);
    }

    [Fact]
    public void A_default_output_stands_in_and_the_reason_says_so()
    {
        var job = Given.Retrying(Attempts(2, Directive.Ignore), "a -> b").Started().Fail("a").StartAll().Fail("a");
        Assert.Equal("7", job.Output("a"));
        Assert.Equal(Reason.AttemptsExhausted, job.Reason("a"));
        Assert.Equal(JobPhase.Succeeded, job.StartAll().Succeed("b").State.Phase);
    }

    [Fact]
    public void A_default_output_that_was_not_given_is_no_value()
    {
        var retry = Attempts(1, Directive.Ignore) with { DefaultOutput = null };
        var job = Given.Retrying(retry).Started().Fail("a");
        Assert.Same(Payload.None, job.State.OutputOf(0));
    }

    [Theory]
    [InlineData(Directive.Retry, "a Ready, b Waiting", Reason.Operator)]
    [InlineData(Directive.Fail, "a Failed, b Skipped", Reason.Operator)]
    [InlineData(Directive.Skip, "a Skipped, b Skipped", Reason.Operator)]
    [InlineData(Directive.Ignore, "a Succeeded, b Ready", Reason.Operator)]
    [InlineData(Directive.Escalate, "a Failed, b Skipped", Reason.Operator)]
    [InlineData(Directive.Hold, "a Held, b Waiting", Reason.AttemptThrew)]
    public void An_operator_settles_a_held_task(Directive directive, string tasks, Reason reason)
    {
        var job = Given.Retrying(Attempts(1, Directive.Hold), "a -> b").Started().Fail("a");
        Assert.Equal("a Held, b Waiting", job.Advance(1e6).Tasks);
        job.Settle("a", directive, directive == Directive.Ignore ? "8" : null);
        Assert.Equal(tasks, job.Tasks);
        Assert.Equal(reason, job.Reason("a"));
    }

    [Fact]
    public void An_operators_retry_is_one_more_attempt()
    {
        var job = Given.Retrying(Attempts(2, Directive.Hold)).Started().Fail("a").StartAll().Fail("a");
        job.Settle("a", Directive.Retry).StartAll();
        Assert.Equal(3, job.Attempt("a"));
        Assert.Equal("a Held", job.Fail("a").Tasks);
    }

    [Fact]
    public void A_lost_attempt_runs_again_at_once_and_does_not_use_up_an_attempt()
    {
        var job = Given.Retrying(Attempts(2) with { Backoff = Delay(10) }).Started().Lose("a");
        Assert.Equal("a Ready", job.Tasks);
        Assert.Equal(Reason.AttemptLost, job.Reason("a"));
        job.StartAll().Fail("a").Advance(10).StartAll();
        Assert.Equal(3, job.Attempt("a"));
        Assert.Equal("a Failed", job.Fail("a").Tasks);
    }

    [Fact]
    public void Lost_attempts_have_a_limit_of_their_own()
    {
        var job = Given.Retrying(new RetryPolicy { MaxLost = 2 }, "a -> b").Started();
        job.Crash().StartAll().Crash().StartAll();
        Assert.Equal("a Running, b Waiting", job.Tasks);
        Assert.Equal("a Failed, b Skipped", job.Crash().Tasks);
        Assert.Equal(Reason.LostLimitReached, job.Reason("a"));
        Assert.Equal(
            new Failure(Failure.LostType, "The process that ran the attempt died."), job.State.FailureOf(0));
    }

    [Fact]
    public void Too_many_lost_attempts_end_a_job_that_fails_fast()
    {
        var job = Given.Retrying(new RetryPolicy { MaxLost = 0 }, "a; b").Job(f => f with { FailFast = true }).Submit();
        Assert.Equal("a Failed, b Cancelled", job.Start(1).Crash().Tasks);
    }
}
