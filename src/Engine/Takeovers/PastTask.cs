namespace ActorFlow.Engine;

/// <summary>What the events of a job tell of one task, whatever the flow said of it.</summary>
internal sealed class PastTask(string name)
{
    public string Name { get; } = name;

    public TaskPhase Phase { get; set; }

    public int Attempt { get; set; }

    public Reason Reason { get; set; }

    public int Cause { get; set; } = -1;

    public Payload? Output { get; set; }

    public Failure? Failure { get; set; }

    public AttemptNotes? Notes { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public bool IsShared { get; set; }

    public void End(DateTimeOffset at, TaskPhase outcome, Reason reason, Payload? output = null)
    {
        (Phase, Reason, EndedAt, Output) = (outcome, reason, at, output);
        if (outcome != TaskPhase.Skipped) Cause = -1;
    }

    /// <summary>It is to run again: all that is left is how often it did.</summary>
    public void Reset() =>
        (Phase, Reason, Cause, StartedAt, EndedAt, Notes) = (TaskPhase.Waiting, Reason.None, -1, null, null, null);

    /// <summary>It ended before, and that is all that there is to say.</summary>
    public void Take(TakenTask taken)
    {
        (Phase, Attempt, Reason, Cause) = (taken.Phase, taken.Attempt, taken.Reason, taken.Cause);
        (Output, Failure, Notes) = (taken.Output, taken.Failure, taken.Notes);
        (StartedAt, EndedAt, IsShared) = (taken.StartedAt, taken.EndedAt, taken.IsShared);
    }
}

/// <summary>What a task had added: a row of tasks behind those that were there.</summary>
internal sealed record PastScope(int Owner, Expansion Expansion, int First, IReadOnlyList<string> TaskNames);
