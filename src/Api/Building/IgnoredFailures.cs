using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>The policy of a task whose failures are ignored, as it was said, with what stands in.</summary>
/// <param name="Said">The policy but for that: what is said about retries later stands beside it.</param>
/// <param name="Output">What stands in for the output.</param>
internal sealed record IgnoredFailures(TaskPolicy Said, Payload Output)
{
    /// <summary>The policy that ignores them all.</summary>
    public TaskPolicy Whole
    {
        get
        {
            var retry = Said.Retry with { OnExhausted = Directive.Ignore, DefaultOutput = Output };
            if (retry is { On.Count: 0, Never.Count: 0, When: null }) return Said with { Retry = retry };
            // Failures that the retry policy does not cover never reach the end of its attempts: a rule ignores them.
            var rule = new SupervisionRule(Directive.Ignore)
            {
                When = failure => !retry.Covers(failure),
                DefaultOutput = Output,
            };
            return Said with { Retry = retry, Supervision = [.. Said.Supervision, rule] };
        }
    }
}
