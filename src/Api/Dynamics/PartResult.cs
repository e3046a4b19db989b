using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>How a part of a job ended, a task or what a task has added: with a value, or without.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <param name="Name">The part's name: of a task, the key of an item, the name of a flow.</param>
/// <param name="Phase">How it ended.</param>
/// <param name="Value">The value; the default of its type if the part did not succeed.</param>
/// <param name="Failure">Why it failed; null if it did not.</param>
public sealed record PartResult<T>(string Name, TaskPhase Phase, T? Value, Failure? Failure)
{
    /// <summary>Whether it has a value.</summary>
    public bool Succeeded => Phase == TaskPhase.Succeeded;

    /// <summary>
    /// The task to blame for a task that was skipped, whose failure is <see cref="Failure"/>; null otherwise.
    /// </summary>
    public string? Cause { get; init; }
}

/// <summary>Reads the outcomes of parts as values.</summary>
internal static class PartResults
{
    /// <summary>What came out of a step; where that was skipped, so is the task whose output it would be.</summary>
    public static Payload ResultOrSkip(TaskCall call, ExpansionOutcome step) =>
        step.IsSkipped ? call.Skip() : step.Result ?? Payload.None;

    /// <summary>What came out of a part whose place in a list cannot stay empty.</summary>
    /// <exception cref="ActorFlowException">The task of its result was skipped.</exception>
    public static T Require<T>(TaskCall call, PartOutcome part) =>
        part.Phase != TaskPhase.Skipped
            ? ValueOf<T>(call, part.Result)
            : throw new ActorFlowException(
                $"Task '{call.Task.Name}' has no result for '{part.Name}': what would give it was skipped. "
                + "MapAll tells how each ended.");

    public static T ValueOf<T>(TaskCall call, Payload? result) =>
        result is null ? default! : call.Decode<T>(result)!;

    public static PartResult<T> Of<T>(TaskCall call, PartOutcome part) =>
        new(part.Name, part.Phase, ValueOf<T>(call, part.Result), part.Failure);
}
