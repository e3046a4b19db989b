using System.Globalization;

namespace ActorFlow;

/// <summary>What policies may say: each sentence names a value that makes no sense, and what would.</summary>
internal static class PolicyRules
{
    public static IEnumerable<string> Of(TaskPolicy policy) =>
        [
            .. OfTrigger(policy.Trigger), .. Of(policy.Retry), .. Of(policy.Timeouts),
            .. Of(policy.Supervision), .. OfPool(policy.Pool), .. Of(policy.Needs),
        ];

    public static IEnumerable<string> Of(FlowPolicy policy)
    {
        if (NotPositive(policy.Timeout))
            yield return $"the job's time-out is {policy.Timeout}; it must be longer than zero.";
        if (policy.MaxParallel < 1)
            yield return $"the most tasks at once is {policy.MaxParallel}; it must be at least 1.";
        foreach (var problem in Of(policy.Supervision)) yield return problem;
    }

    private static IEnumerable<string> Of(RetryPolicy retry)
    {
        if (retry.MaxAttempts is < 1 or > Limits.Attempts)
            yield return $"retry allows {retry.MaxAttempts} attempts; it must be 1 to {Limits.Attempts}.";
        if (retry.MaxLost < 0)
            yield return $"retry allows {retry.MaxLost} lost attempts; it must be 0 or more.";
        if (NotPositive(retry.Budget))
            yield return $"the retry budget is {retry.Budget}; it must be longer than zero.";
        if (retry.OnExhausted is Directive.Retry)
            yield return "when attempts are used up it cannot retry; choose Fail, Skip, Ignore, Hold or Escalate.";
        if (retry.DefaultOutput is not null && retry.OnExhausted != Directive.Ignore)
            yield return "there is a default output for when attempts are used up, "
                + $"but then it says {retry.OnExhausted}; only Ignore has one.";
        var backoff = retry.Backoff;
        if (backoff.Initial < TimeSpan.Zero)
            yield return $"the first delay is {backoff.Initial}; it must not be negative.";
        if (backoff.Max < backoff.Initial)
            yield return $"the longest delay is {backoff.Max}, shorter than the first, {backoff.Initial}.";
        if (!(backoff.Factor >= 1) || double.IsInfinity(backoff.Factor))
            yield return string.Create(
                CultureInfo.InvariantCulture, $"the back-off factor is {backoff.Factor}; it must be 1 or more.");
        if (backoff.JitterFraction is not (>= 0 and <= 1))
            yield return string.Create(
                CultureInfo.InvariantCulture, $"the jitter is {backoff.JitterFraction}; it must be from 0 to 1.");
    }

    private static IEnumerable<string> Of(TaskTimeouts timeouts)
    {
        if (NotPositive(timeouts.Start))
            yield return $"the time-out to start is {timeouts.Start}; it must be longer than zero.";
        if (NotPositive(timeouts.Attempt))
            yield return $"the time-out of an attempt is {timeouts.Attempt}; it must be longer than zero.";
        if (NotPositive(timeouts.Total))
            yield return $"the time-out over all attempts is {timeouts.Total}; it must be longer than zero.";
        if (NotPositive(timeouts.Heartbeat))
            yield return $"the time between heartbeats is {timeouts.Heartbeat}; it must be longer than zero.";
        if (timeouts.Grace < TimeSpan.Zero)
            yield return $"the grace time is {timeouts.Grace}; it must not be negative.";
    }

    private static IEnumerable<string> Of(IReadOnlyList<SupervisionRule> rules)
    {
        foreach (var rule in rules)
            if (rule.DefaultOutput is not null && rule.Directive != Directive.Ignore)
                yield return $"a supervision rule has a default output but says {rule.Directive}; only Ignore has one.";
    }

    private static IEnumerable<string> OfTrigger(TriggerRule trigger)
    {
        if (!Enum.IsDefined(trigger))
            yield return $"there is no trigger rule {trigger}; choose AllSucceeded, AllDone or AnyFailed.";
    }

    private static IEnumerable<string> OfPool(string pool)
    {
        if (NameRules.Fault("A pool's name", pool) is { } fault) yield return fault;
    }

    private static IEnumerable<string> Of(ResourceNeeds needs)
    {
        foreach (var need in needs)
        {
            if (NameRules.Fault("A resource's name", need.Resource) is { } fault) yield return fault;
            if (need.Units < 1)
                yield return $"it needs {need.Units} units of '{need.Resource}'; it must be at least 1.";
        }
    }

    private static bool NotPositive(TimeSpan? span) => span is { } s && s <= TimeSpan.Zero;
}
