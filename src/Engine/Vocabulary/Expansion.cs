namespace ActorFlow;

/// <summary>What a task adds to the graph of its job while the job runs: parts, each a flow of its own.</summary>
/// <remarks>
/// Maps, nested and generated flows, loops and state machines are all made of this. The task ends its attempt with an
/// expansion, and gets its next attempt when all the parts have ended; it sees then how they ended.
/// </remarks>
/// <param name="Parts">The parts, in order.</param>
public sealed record Expansion(IReadOnlyList<ExpansionPart> Parts)
{
    /// <summary>After so many failed tasks the others are stopped; 0, the default, is never.</summary>
    public int StopAfterFailures { get; init; }

    /// <summary>
    /// Whether the task has its next attempt though parts failed, and decides about it; otherwise it fails with them.
    /// </summary>
    public bool HandsOverFailures { get; init; }

    /// <summary>How many of the tasks may be under way at once; null, the default, is any number.</summary>
    public int? MaxParallel { get; init; }

    /// <summary>
    /// What the task's <see cref="FlowTask.Maker"/> makes the flow of its parts of, and then that is their only
    /// template; null, the default, for parts of the task's own templates.
    /// </summary>
    public Payload? Source { get; init; }

    /// <summary>
    /// What it takes in the journal, about: the inputs of its parts in encoded bytes, their names, what they need, and
    /// the source; the names of their tasks come on top.
    /// </summary>
    public long Size => (Source?.Json.Length ?? 0) + Parts.Sum(part => part.Size);

    /// <summary>The part whose result is what comes out of it; null if nothing does.</summary>
    public int? Result { get; init; }

    /// <summary>
    /// What the attempt that goes on meanwhile knows the expansion by; null if the attempt ended with it.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>Whether another is known to be for other parts: a key stands for the same ones always.</summary>
    internal bool Contradicts(Expansion other) =>
        Source is null != other.Source is null
        || (Source is { } source && source.Contradicts(other.Source!))
        || Parts.Count != other.Parts.Count || Parts.Zip(other.Parts).Any(pair => pair.First.Contradicts(pair.Second));
}

/// <summary>One part of an expansion: a template of the task, under a name and with an input.</summary>
/// <param name="Name">Its name, unique in the expansion without regard to case.</param>
/// <param name="Template">The template's place among those of the task.</param>
public sealed record ExpansionPart(string Name, int Template)
{
    /// <summary>Its input; null if it comes from other parts.</summary>
    public Payload? Input { get; init; }

    /// <summary>The parts before it whose results are its input; they must have run, as those of After.</summary>
    public IReadOnlyList<int> From { get; init; } = [];

    /// <summary>Whether its input is the list of their results; otherwise it is the result of the one.</summary>
    public bool Collects { get; init; }

    /// <summary>
    /// The parts before it that must have run, without handing anything over: all their tasks have ended, and none
    /// failed. Otherwise this part is skipped.
    /// </summary>
    public IReadOnlyList<int> After { get; init; } = [];

    /// <summary>The parts that it waits for, each once.</summary>
    internal IEnumerable<int> Needs => From.Concat(After).Distinct();

    internal long Size =>
        (Input?.Json.Length ?? 0) + Name.Length + 16L + (4L * From.Count) + (4L * After.Count);

    internal bool Contradicts(ExpansionPart other) =>
        !Name.Equals(other.Name, StringComparison.OrdinalIgnoreCase)
        || Template != other.Template
        || (Input is { } input && other.Input is { } another && input.Contradicts(another));
}
