using System.Text.Json.Nodes;

namespace ActorFlow.Cli;

/// <summary>
/// The fields of how a task ended: a failure that there was not has fields too, and all of them are null.
/// </summary>
internal static class EndedFields
{
    private const string Failure = "failure";

    /// <summary>The fields of how a task ended.</summary>
    public static readonly string[] All = ["name", "phase", "value", Failure, "cause"];

    /// <summary>The fields of a failure.</summary>
    public static readonly string[] OfFailure = ["type", "message"];

    /// <summary>Whether a name of how a task ended is that of its failure.</summary>
    public static bool IsFailure(string name) => name.Equals(Failure, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether two names of a path lead to a field of a failure.</summary>
    public static bool IsOfFailure(string owner, string name) =>
        IsFailure(owner)
        && OfFailure.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a value tells how a task ended, and that was no failure.</summary>
    public static bool HasNoFailure(JsonNode? ended) =>
        ended is JsonObject fields && fields.ContainsKey("phase")
        && fields.TryGetPropertyValue(Failure, out var failure) && failure is null;
}
