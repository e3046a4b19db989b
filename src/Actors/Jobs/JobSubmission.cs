namespace ActorFlow.Actors;

/// <summary>What to run, under which id.</summary>
/// <param name="Id">The job's id, chosen by the caller.</param>
/// <param name="Flow">The flow to run.</param>
/// <param name="Input">The job's input.</param>
public sealed record JobSubmission(JobId Id, ExecutableFlow Flow, Payload Input)
{
    /// <summary>Ties together jobs and logs of one cause.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Jobs of higher priority get free slots first. The default is 0.</summary>
    public int Priority { get; init; }

    /// <summary>Whether every task runs its code, whatever was there before. The default is false.</summary>
    public bool Force { get; init; }

    internal SubmittedJob ToSubmitted()
    {
        var definition = Flow.Definition;
        return new SubmittedJob(Id, definition.Name, definition.Fingerprint, definition.TaskNames, Input)
        {
            TaskDigests = definition.TaskDigests,
            FlowSource = Flow.Source ?? definition.Settings(),
            CorrelationId = CorrelationId,
            Priority = Priority,
            Force = Force,
        };
    }

    /// <summary>The promise of an idempotent submit: the same id with anything else is a conflict.</summary>
    internal void RequireSameAs(SubmittedJob there)
    {
        var definition = Flow.Definition;
        if (there.FlowName != definition.Name)
            throw new JobConflictException(Id, $"flow '{there.FlowName}' instead of '{definition.Name}'");
        if (there.FlowFingerprint != definition.Fingerprint)
            throw new JobConflictException(Id, $"another version of flow '{definition.Name}': "
                + FlowDifference.Describe(there, definition));
        if (!there.Input.Matches(Input))
            throw new JobConflictException(Id, "another input");
    }
}
