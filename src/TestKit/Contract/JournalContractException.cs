namespace ActorFlow.TestKit;

/// <summary>
/// A journal broke its contract; the message lists each broken rule with what was expected and what came.
/// </summary>
public sealed class JournalContractException : ActorFlowException
{
    internal JournalContractException(IReadOnlyList<JournalBreach> breaches, Exception? inner = null)
        : base(string.Join("\n\n", breaches), inner) => Breaches = breaches;

    /// <summary>The broken rules, at least one.</summary>
    public IReadOnlyList<JournalBreach> Breaches { get; }
}

/// <summary>How a journal broke a rule.</summary>
/// <param name="Rule">The rule, a sentence.</param>
/// <param name="Expected">What should have come.</param>
/// <param name="Actual">What came instead.</param>
/// <param name="Story">The seed and the steps that led to it, a line each; null if the rule tells them itself.</param>
public sealed record JournalBreach(string Rule, string Expected, string Actual, string? Story = null)
{
    /// <summary>The breach as text for people.</summary>
    public override string ToString() =>
        $"The journal broke the rule: {Rule}.\n  Expected: {Expected}\n  Came:     {Actual}"
        + (Story is null ? "" : "\n" + Story);
}

/// <summary>What a check throws, before it is known of which rule it is.</summary>
internal sealed class RuleBrokenException(string expected, string actual, Exception? inner = null)
    : ActorFlowException($"Expected: {expected} Came: {actual}", inner)
{
    public string Expected { get; } = expected;

    public string Actual { get; } = actual;

    /// <summary>The seed and the steps of a generated history.</summary>
    public string? Story { get; init; }

    /// <summary>Whether nothing came: to ask again would take as long again.</summary>
    public bool IsSilence { get; init; }
}
