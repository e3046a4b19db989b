using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>A graph in the making that a task adds to its job when it runs.</summary>
public sealed class FlowGrowth
{
    private readonly TaskCall _call;
    private readonly IReadOnlyList<TypedFlow> _flows;
    private readonly List<ExpansionPart> _parts = [];

    internal FlowGrowth(TaskCall call, IReadOnlyList<TypedFlow> flows)
    {
        _call = call;
        _flows = flows;
    }

    /// <summary>Adds a flow with an input.</summary>
    /// <param name="flow">One of those that the task was declared with.</param>
    /// <param name="name">Its name, unique in this graph: its tasks are called <c>TASK.name</c>.</param>
    /// <param name="input">Its input.</param>
    /// <exception cref="ExpansionException">The task was not declared with the flow.</exception>
    public GrowthPart<TOut> Add<T, TOut>(Flow<T, TOut> flow, string name, T input) =>
        Add<TOut>(flow, new ExpansionPart(name, 0) { Input = _call.Encode(input) });

    /// <summary>Adds a flow that takes the result of another.</summary>
    /// <inheritdoc cref="Add{T, TOut}(Flow{T, TOut}, string, T)"/>
    public GrowthPart<TOut> Add<T, TOut>(Flow<T, TOut> flow, string name, GrowthPart<T> input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Add<TOut>(flow, new ExpansionPart(name, 0) { From = [IndexOf(input)] });
    }

    /// <summary>Adds a flow that takes the results of others as a list.</summary>
    /// <inheritdoc cref="Add{T, TOut}(Flow{T, TOut}, string, T)"/>
    public GrowthPart<TOut> Add<T, TOut>(
        Flow<IReadOnlyList<T>, TOut> flow, string name, IEnumerable<GrowthPart<T>> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return Add<TOut>(flow, new ExpansionPart(name, 0) { From = [.. inputs.Select(IndexOf)], Collects = true });
    }

    internal IReadOnlyList<ExpansionPart> Parts => _parts;

    internal int IndexOf(GrowthPart part) => part.Growth == this
        ? part.Index
        : throw new ExpansionException(
            $"Part '{part.Name}' is of another graph than that of task '{_call.Task.Name}'; use those of this one.");

    internal void After(GrowthPart part, GrowthPart earlier)
    {
        var old = _parts[part.Index];
        _parts[part.Index] = old with { After = [.. old.After, IndexOf(earlier)] };
    }

    private GrowthPart<TOut> Add<TOut>(TypedFlow flow, ExpansionPart part)
    {
        ArgumentNullException.ThrowIfNull(flow);
        _parts.Add(part with { Template = Expansions.TemplateOf(_call, _flows, flow) });
        return new GrowthPart<TOut>(this, _parts.Count - 1, part.Name);
    }
}

/// <summary>A part of a graph in the making, whatever its result.</summary>
public abstract class GrowthPart
{
    private protected GrowthPart(FlowGrowth growth, int index, string name) =>
        (Growth, Index, Name) = (growth, index, name);

    /// <summary>Its name.</summary>
    public string Name { get; }

    internal FlowGrowth Growth { get; }

    internal int Index { get; }
}

/// <summary>A part of a graph in the making.</summary>
/// <typeparam name="T">Its result.</typeparam>
public sealed class GrowthPart<T> : GrowthPart
{
    internal GrowthPart(FlowGrowth growth, int index, string name) : base(growth, index, name) { }

    /// <summary>Needs other parts, which were added before it, and takes nothing from them.</summary>
    public GrowthPart<T> After(params IEnumerable<GrowthPart> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        foreach (var part in parts) Growth.After(this, part);
        return this;
    }
}
