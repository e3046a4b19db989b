namespace ActorFlow;

/// <summary>What of a report is shown to its readers. The default is everything.</summary>
/// <remarks>Inputs, outputs and traced values may hold what not every reader is to see.</remarks>
public sealed record ReportContent
{
    /// <summary>Whether outputs are shown.</summary>
    public bool ShowOutputs { get; init; } = true;

    /// <summary>Whether the inputs of what failed are shown.</summary>
    public bool ShowInputs { get; init; } = true;

    /// <summary>Whether the traced values of what failed are shown.</summary>
    public bool ShowTraces { get; init; } = true;

    /// <summary>Whether the stack traces of what failed are shown.</summary>
    public bool ShowStackTraces { get; init; } = true;
}
