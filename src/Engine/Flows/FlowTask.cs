namespace ActorFlow;

/// <summary>A task of a flow: what it is called, what it gets, and the policies that it runs under.</summary>
public sealed class FlowTask
{
    internal FlowTask(int number, TaskDraft draft, IReadOnlyList<TaskInput> inputs)
    {
        Number = number;
        Name = draft.Name;
        Kind = draft.Kind;
        Description = draft.Description;
        Tags = draft.Tags.Count == 0 ? [] : [.. draft.Tags];
        OutputType = draft.OutputType;
        Inputs = inputs;
        Policy = draft.Policy;
        Templates = draft.Templates;
        Maker = draft.Maker;
        SeesInput = draft.SeesInput;
    }

    // The task of a template, placed in the graph of a job.
    internal FlowTask(FlowTask template, string name, int first)
    {
        Number = first + template.Number;
        Name = name;
        Kind = template.Kind;
        Description = template.Description;
        OutputType = template.OutputType;
        Policy = template.Policy;
        Templates = template.Templates;
        Maker = template.Maker;
        SeesInput = template.SeesInput;
        Tags = template.Tags;
        Inputs = template.Inputs.Any(input => input is TaskInput.FromTask)
            ? [.. template.Inputs.Select(
                input => input is TaskInput.FromTask edge ? edge with { Task = first + edge.Task } : input)]
            : template.Inputs;
    }

    /// <summary>Its place in the flow, or in the graph of its job, from 0: what it is known by inside a job.</summary>
    public int Number { get; }

    /// <summary>Its name, unique in the flow without regard to case.</summary>
    public string Name { get; }

    /// <summary>
    /// What runs: a registered name, a type, or a digest of a script. Part of the flow's fingerprint.
    /// </summary>
    public string Kind { get; }

    /// <summary>What it is for; null if nobody said.</summary>
    public string? Description { get; }

    /// <summary>Words to find it by, as they were given. They are not part of the fingerprint.</summary>
    public IReadOnlyList<string> Tags { get; }

    /// <summary>The type of its output, as a reader would write it; null if it is not known.</summary>
    public string? OutputType { get; }

    /// <summary>Where its parameters get their values, in declared order.</summary>
    public IReadOnlyList<TaskInput> Inputs { get; }

    /// <summary>The policies that it runs under.</summary>
    public TaskPolicy Policy { get; }

    /// <summary>The flows that it can add to its job while the job runs; none for most.</summary>
    public IReadOnlyList<FlowTemplate> Templates { get; }

    /// <summary>Makes flows that it can add besides, out of what its attempts give; null for none.</summary>
    public IFlowMaker? Maker { get; }

    /// <summary>Whether it may add to its job while the job runs.</summary>
    public bool MayGrow => Templates.Count > 0 || Maker is not null;

    /// <summary>
    /// Whether it sees the job's input though no parameter is bound to it, as a command does in its variables: a fork
    /// with another input does not share its result. It is not part of the fingerprint.
    /// </summary>
    public bool SeesInput { get; }

    /// <summary>A draft of the same task, for a flow whose tasks have the same numbers.</summary>
    public TaskDraft ToDraft()
    {
        var draft = new TaskDraft(Name)
        {
            Kind = Kind,
            Description = Description,
            OutputType = OutputType,
            Policy = Policy,
            Tags = Tags,
            Templates = Templates,
            Maker = Maker,
            SeesInput = SeesInput,
        };
        foreach (var input in Inputs) draft.Inputs.Add(InputDraft.Of(input));
        return draft;
    }

    /// <inheritdoc />
    public override string ToString() => Name;
}
