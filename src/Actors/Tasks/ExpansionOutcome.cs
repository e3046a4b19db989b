using ActorFlow.Engine;

namespace ActorFlow.Actors;

/// <summary>How the parts of an expansion ended.</summary>
public sealed class ExpansionOutcome
{
    private readonly PartOutcome[] _parts;

    internal ExpansionOutcome(JobState state, JobScope scope, int number)
    {
        Expansion = scope.Expansion;
        Number = number;
        _parts = new PartOutcome[scope.Expansion.Parts.Count];
        for (var part = 0; part < _parts.Length; part++) _parts[part] = Of(state, scope, part);
    }

    /// <summary>What it was made of.</summary>
    public Expansion Expansion { get; }

    /// <summary>How many expansions of the task had been before it.</summary>
    public int Number { get; }

    /// <summary>The parts, in their order.</summary>
    public IReadOnlyList<PartOutcome> Parts => _parts;

    /// <summary>What came out; null if nothing did.</summary>
    public Payload? Result => Expansion.Result is { } part ? _parts[part].Result : null;

    /// <summary>Whether nothing came out because the task that would have given it was skipped.</summary>
    public bool IsSkipped => Expansion.Result is { } part && _parts[part].Phase == TaskPhase.Skipped;

    internal static ExpansionOutcome? LastOf(JobState state, int task)
    {
        var scopes = state.Graph.ScopesOf(task);
        for (var i = scopes.Count - 1; i >= 0; i--)
            if (scopes[i].Expansion.Key is null)
                return new ExpansionOutcome(state, scopes[i], i);
        return null;
    }

    private static PartOutcome Of(JobState state, JobScope scope, int part)
    {
        var (first, end) = scope.TasksOf(part);
        var result = scope.ResultOf(part);
        var hasRun = result < 0 && Enumerable.Range(first, end - first).Any(t => state.PhaseOf(t) != TaskPhase.Skipped);
        var phase = result >= 0 ? state.PhaseOf(result) : hasRun ? TaskPhase.Succeeded : TaskPhase.Skipped;
        Failure? failure = null;
        string? cause = null;
        for (var task = first; task < end; task++)
        {
            if (state.PhaseOf(task) == TaskPhase.Failed)
            {
                phase = TaskPhase.Failed;
                failure ??= state.FailureOf(task);
                cause ??= state.Graph[task].Name;
            }
            else if (state.PhaseOf(task) == TaskPhase.Cancelled && phase != TaskPhase.Failed)
            {
                phase = TaskPhase.Cancelled;
            }
        }

        var output = phase == TaskPhase.Succeeded && result >= 0 ? state.OutputOf(result) : null;
        return new PartOutcome(scope.Expansion.Parts[part].Name, phase, output, failure) { Cause = cause };
    }
}

/// <summary>How one part of a job ended: what was added, or a task.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Phase">Failed or cancelled if one of its tasks is; else how the task of its result ended.</param>
/// <param name="Result">Its result; null if it has none.</param>
/// <param name="Failure">The failure of the first of its tasks that failed.</param>
public sealed record PartOutcome(string Name, TaskPhase Phase, Payload? Result, Failure? Failure)
{
    /// <summary>
    /// The task to blame: for a task that was skipped, or the one whose failure a part has; null if there is none.
    /// </summary>
    public string? Cause { get; init; }
}
