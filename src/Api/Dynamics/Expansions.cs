using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>Makes what tasks add to their jobs.</summary>
internal static class Expansions
{
    /// <summary>The place of a flow among those that a task may add.</summary>
    /// <exception cref="ExpansionException">It is not among them.</exception>
    public static int TemplateOf(TaskCall call, IReadOnlyList<TypedFlow> flows, TypedFlow flow) =>
        flows.IndexOf(flow) is >= 0 and var template
            ? template
            : throw new ExpansionException(
                $"Task '{call.Task.Name}' may not add flow '{flow.Name}'; name it among the flows that it may add.");

    /// <summary>A flow, run once.</summary>
    /// <param name="name">What the run is called.</param>
    /// <param name="template">The flow's place among those of the task.</param>
    /// <param name="input">Its input.</param>
    /// <param name="flow">The flow.</param>
    public static Expansion Once(string name, int template, Payload input, TypedFlow flow) =>
        new([new ExpansionPart(name, template) { Input = input }])
        {
            Result = flow.ResultTask is null ? null : 0,
            StopAfterFailures = flow.Definition.Policy.FailFast ? 1 : 0,
            MaxParallel = flow.Definition.Policy.MaxParallel,
        };

    /// <summary>The only flow of the task, run for each of some items.</summary>
    /// <param name="items">Their inputs, with their keys if they have any.</param>
    /// <param name="options">How they are treated.</param>
    /// <param name="handsOver">Whether the task decides about those that failed.</param>
    public static Expansion Each(
        IEnumerable<(string? Key, Payload Input)> items, MapOptions options, bool handsOver)
    {
        var parts = new List<ExpansionPart>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, input) in items)
        {
            var name = options.NameOf(parts.Count, key);
            // Keys may differ by case only, and names of tasks may not.
            for (var n = parts.Count; !names.Add(name); n++) name = options.NameOf(parts.Count, $"{key}#{n}");
            parts.Add(new ExpansionPart(name, 0) { Input = input });
        }

        return new Expansion(parts)
        {
            MaxParallel = options.Parallelism,
            StopAfterFailures = options.MaxFailures,
            HandsOverFailures = handsOver,
        };
    }
}
