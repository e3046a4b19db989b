namespace ActorFlow.Actors;

/// <summary>One attempt as its body sees it: inputs in, output out, and the context for everything else.</summary>
public readonly struct TaskCall
{
    private readonly TaskActor _actor;

    internal TaskCall(TaskActor actor) => _actor = actor;

    /// <summary>Where the inputs come from, in declared order.</summary>
    public IReadOnlyList<TaskInput> Inputs => _actor.Definition.Inputs;

    /// <summary>The attempt's context, made on first use.</summary>
    public TaskContext Context => _actor.Context;

    /// <summary>Cancelled when the attempt is to stop.</summary>
    public CancellationToken CancellationToken => _actor.CancellationToken;

    /// <summary>
    /// The value that an input is taken from: the whole output of an upstream task, the job's input or a constant; null
    /// if that upstream did not succeed. Its field, if the input names one, is for the body to select.
    /// </summary>
    public Payload? Source(int input) => _actor.SourceOf(_actor.Definition.Inputs[input]);

    /// <summary>The job's input.</summary>
    public Payload JobInput => _actor.JobInput;

    /// <summary>Reads a payload as a value.</summary>
    /// <exception cref="PayloadException">It cannot be read as that type.</exception>
    public T? Decode<T>(Payload payload) => _actor.Payloads.Decode<T>(payload);

    /// <summary>Makes the output of a value.</summary>
    /// <exception cref="PayloadException">It cannot be written.</exception>
    public Payload Encode<T>(T value) => _actor.Payloads.Encode(value);
}
