namespace ActorFlow.Actors;

/// <summary>What to run, under which id.</summary>
/// <param name="Id">The job's id, chosen by the caller.</param>
/// <param name="Flow">The flow to run.</param>
/// <param name="Input">The job's input.</param>
public sealed record JobSubmission(JobId Id, ExecutableFlow Flow, Payload Input)
{
    /// <summary>The job's id, chosen by the caller.</summary>
    /// <exception cref="ArgumentException">It is the default of its type, and names no job.</exception>
    public JobId Id { get; init; } = new(Id.Value);

    /// <summary>Ties together jobs and logs of one cause.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Jobs of higher priority get free slots first. The default is 0.</summary>
    public int Priority { get; init; }

    /// <summary>Whether every task runs its code, whatever was there before. The default is false.</summary>
    public bool Force { get; init; }

    /// <summary>The job that it is a fork of, and from where on; null, the default, if it is none.</summary>
    public ForkOrigin? ForkedFrom { get; init; }

    internal SubmittedJob ToSubmitted(TakenOver? taken = null)
    {
        var definition = Flow.Definition;
        return new SubmittedJob(Id, definition.Name, definition.Fingerprint, definition.TaskNames, Input)
        {
            TaskDigests = definition.TaskDigests,
            FlowSource = Flow.Kept,
            CorrelationId = CorrelationId,
            Priority = Priority,
            Force = Force,
            ForkedFrom = ForkedFrom,
            Taken = taken,
        };
    }

    // In memory inputs are objects, and lists are not equal though all in them is.
    private bool HasSameInput(Payload there)
    {
        if (there.IsEncoded || Input.IsEncoded) return false;
        try
        {
            var json = new JsonPayloadCodec();
            return json.Encode(there.Value).Matches(json.Encode(Input.Value));
        }
        catch (PayloadException)
        {
            // What cannot be written is known by its own equality only.
            return false;
        }
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
        if (!there.Input.Matches(Input) && !HasSameInput(there.Input))
            throw new JobConflictException(Id, "another input");
        if (there.ForkedFrom != ForkedFrom)
            throw new JobConflictException(Id, there.ForkedFrom is { } origin
                ? $"results that it shares with job '{origin.Job}', from task '{origin.Task}' on"
                : "results that are all its own");
    }
}
