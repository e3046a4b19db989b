namespace ActorFlow;

/// <summary>Why one attempt did not succeed, as data: it is journaled, and policies decide on it.</summary>
/// <param name="Type">
/// What went wrong, most specific name first: an exception's full type name, or <c>exit 75</c>.
/// </param>
/// <param name="Message">What it said.</param>
public sealed record Failure(string Type, string Message)
{
    /// <summary>The failure of an attempt that ran out of time.</summary>
    public const string TimeoutType = "System.TimeoutException";

    /// <summary>The failure of an attempt whose process died, or whose worker was lost.</summary>
    public const string LostType = "ActorFlow.AttemptLostException";

    /// <summary>The failure of a task of whose parts some failed.</summary>
    public const string PartsFailedType = "ActorFlow.PartsFailedException";

    /// <summary>What else the failure of an attempt is whose condition threw (<c>OnlyIf</c>).</summary>
    public const string ConditionType = "ActorFlow.ConditionException";

    /// <summary>The failure of an attempt that was asked to stop.</summary>
    public const string CancelledType = "System.OperationCanceledException";

    /// <summary>
    /// Broader names that policies may also match: base types, in order, and of what failed because of what it had
    /// added all types of that.
    /// </summary>
    public IReadOnlyList<string> BroaderTypes { get; init; } = [];

    /// <summary>Where it was thrown; null if unknown.</summary>
    public string? StackTrace { get; init; }

    /// <summary>
    /// The delay before the next attempt that the failure itself asks for; null to leave it to the policy.
    /// </summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What the attempt had noted down of its values, in the order of their names' first use.</summary>
    public IReadOnlyList<TracedValue> Traces { get; init; } = [];

    /// <summary>Whether a name from a policy means this failure: the full name or the last part of it.</summary>
    /// <remarks>
    /// Compared ordinally; <c>TimeoutException</c> means <c>System.TimeoutException</c> and what derives from it.
    /// </remarks>
    public bool Is(string typeName)
    {
        if (Matches(Type, typeName)) return true;
        foreach (var broader in BroaderTypes)
            if (Matches(broader, typeName)) return true;
        return false;
    }

    /// <summary>The failure in words: what it said, behind its type where that says more.</summary>
    public string Describe() => ReportText.Said(Type, Message);

    private static bool Matches(string type, string wanted) =>
        type.EndsWith(wanted, StringComparison.Ordinal)
        && (type.Length == wanted.Length || type[^(wanted.Length + 1)] is '.' or '+');
}

/// <summary>A value that an attempt noted down, so that its failure can be understood.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">The value as JSON text; cut if it was long.</param>
public sealed record TracedValue(string Name, string Value);
