namespace ActorFlow.Actors;

/// <summary>One attempt as its body sees it: inputs in, output out, and the context for everything else.</summary>
public readonly struct TaskCall
{
    private static readonly object Skipped = new();

    private readonly TaskActor _actor;

    internal TaskCall(TaskActor actor) => _actor = actor;

    /// <summary>The task.</summary>
    public FlowTask Task => _actor.Definition;

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

    /// <summary>
    /// How the upstream task of an input stood when the attempt began. One that was skipped has the failure of the
    /// task to blame.
    /// </summary>
    /// <exception cref="ArgumentException">The input is not taken from a task.</exception>
    public PartOutcome Outcome(int input) => _actor.OutcomeOf(_actor.Definition.Inputs[input]);

    /// <summary>The job's input.</summary>
    public Payload JobInput => _actor.JobInput;

    /// <summary>
    /// How the last expansion came out that the task waited for between its attempts; null if there was none.
    /// </summary>
    public ExpansionOutcome? LastStep => _actor.LastStep;

    /// <summary>
    /// Whether an attempt of the task has failed before, by itself and behind the task's condition, since the task was
    /// last given fresh attempts.
    /// </summary>
    public bool HasFailedAtWork => _actor.HasFailedAtWork;

    /// <summary>
    /// Ends the attempt by adding parts to the job: return what this returns. The task has its next attempt when they
    /// have ended, and finds how in <see cref="LastStep"/>.
    /// </summary>
    public Payload Expand(Expansion expansion)
    {
        ArgumentNullException.ThrowIfNull(expansion);
        _actor.EndWith(expansion);
        return Payload.None;
    }

    /// <summary>Ends the attempt by skipping the task: return what this returns.</summary>
    public Payload Skip()
    {
        _actor.EndWith(Skipped);
        return Payload.None;
    }

    /// <summary>Says something beside the output; what was said before stays.</summary>
    public void Note(AttemptNotes notes)
    {
        ArgumentNullException.ThrowIfNull(notes);
        _actor.Note(notes);
    }

    /// <summary>
    /// Says beside the output what all that the task has added said beside its outputs: for a body that does nothing
    /// of its own.
    /// </summary>
    public void NoteParts() => _actor.NoteParts();

    /// <summary>
    /// Whether the attempt ends by adding to its job or by a skip, so that what it gives back is no output.
    /// </summary>
    public bool EndsOtherwise => _actor.EndsOtherwise;

    /// <summary>Whether the job was submitted to run all code, whatever was there before.</summary>
    public bool IsForced => _actor.IsForced;

    /// <summary>Which part of a map, or of whatever added the task, it belongs to, from 0; null if to none.</summary>
    public int? Part => _actor.Part;

    /// <summary>The names of the tasks that this one needs, with what they said beside their outputs.</summary>
    public IReadOnlyDictionary<string, AttemptNotes?> UpstreamNotes => _actor.UpstreamNotes;

    /// <summary>The attempt is a run that keeps its state for the next: its context is told of it.</summary>
    public void Begin(TaskRun run) => _actor.Begin(run);

    /// <summary>What there is for tasks beyond their job.</summary>
    public TaskStores Stores => _actor.Stores;

    /// <summary>Adds parts to the job under a key, and waits for them while the attempt goes on.</summary>
    /// <remarks>After a crash the next attempt gets by the same key what there is already.</remarks>
    /// <exception cref="ExpansionException">The parts do not fit.</exception>
    public Task<ExpansionOutcome> ExpandAsync(Expansion expansion)
    {
        ArgumentNullException.ThrowIfNull(expansion);
        if (string.IsNullOrEmpty(expansion.Key))
            throw new ArgumentException("What a running attempt adds has a key.", nameof(expansion));
        return _actor.ExpandAsync(expansion);
    }

    /// <summary>How many expansions earlier attempts have added under keys: this one may find each again.</summary>
    public int RecordedExpansions => _actor.RecordedExpansions;

    /// <summary>Stops the parts that were added under a key: whoever waits for them hears how they ended.</summary>
    public void StopExpansion(string key) => _actor.StopExpansion(key);

    /// <summary>Reads a payload as a value.</summary>
    /// <exception cref="PayloadException">It cannot be read as that type.</exception>
    public T? Decode<T>(Payload payload) => _actor.Payloads.Decode<T>(payload);

    /// <summary>Makes the output of a value.</summary>
    /// <exception cref="PayloadException">It cannot be written.</exception>
    public Payload Encode<T>(T value) => _actor.Payloads.Encode(value);
}
