namespace ActorFlow;

/// <summary>The answer to "why?": why a task waits, was skipped, failed, was retried or runs again.</summary>
/// <param name="Subject">The name of the task, or the id of the job, that it is about.</param>
/// <param name="Status">Where it stands, in lower case.</param>
/// <param name="Reason">The answer for a machine.</param>
/// <param name="Lines">The answer for a person: where it stands and why, then its story, a sentence each.</param>
public sealed record WhyExplanation(string Subject, string Status, Reason Reason, IReadOnlyList<string> Lines)
{
    /// <summary>The reason as the report file writes it.</summary>
    public string Code => ReportWords.Of(Reason);

    /// <inheritdoc />
    public override string ToString() => string.Join('\n', Lines);
}
