using ActorFlow.Actors;

namespace ActorFlow;

/// <content>Tasks that run a flow for every item of a collection.</content>
public sealed partial class FlowBuilder<TIn>
{
    /// <summary>Adds a task that runs a flow for every item of a list, and gives the results in their order.</summary>
    /// <remarks>
    /// Every item is a task of its own in the job, with its own attempts, in the report and in the journal: after a
    /// crash, and when what failed is retried, only those run that did not succeed.
    /// </remarks>
    /// <param name="name">The task's name; items are called <c>name[0]</c>, <c>name[1]</c>…</param>
    /// <param name="items">Where the list comes from.</param>
    /// <param name="each">What runs for an item.</param>
    /// <param name="options">How the items are treated.</param>
    public TaskHandle<IReadOnlyList<TOut>> Map<T, TOut>(
        string name, Source<IReadOnlyList<T>> items, Flow<T, TOut> each, MapOptions? options = null) =>
        Map<IReadOnlyList<T>, T, TOut>(name, items, each, options);

    /// <inheritdoc cref="Map{T, TOut}(string, Source{IReadOnlyList{T}}, Flow{T, TOut}, MapOptions)"/>
    public TaskHandle<IReadOnlyList<TOut>> Map<TItems, T, TOut>(
        string name, Source<TItems> items, Flow<T, TOut> each, MapOptions? options = null)
        where TItems : IReadOnlyList<T> =>
        Mapped(name, items, list => ListItems(list), each, options, handsOver: false, (call, _, step) =>
            (IReadOnlyList<TOut>)[.. step.Parts.Select(part => PartResults.Require<TOut>(call, part))]);

    /// <inheritdoc cref="Map{T, TOut}(string, Source{IReadOnlyList{T}}, Flow{T, TOut}, MapOptions)"/>
    public TaskHandle<IReadOnlyList<TOut>> Map<T, TOut>(
        string name, Source<IReadOnlyList<T>> items, Func<T, TOut> each, MapOptions? options = null) =>
        Map(name, items, FlowBuilder.Chain<T>("item").Then("item", each).Build(), options);

    /// <inheritdoc cref="Map{T, TOut}(string, Source{IReadOnlyList{T}}, Flow{T, TOut}, MapOptions)"/>
    public TaskHandle<IReadOnlyList<TOut>> Map<T, TOut>(
        string name, Source<IReadOnlyList<T>> items, Func<T, Task<TOut>> each, MapOptions? options = null) =>
        Map(name, items, FlowBuilder.Chain<T>("item").Then("item", each).Build(), options);

    /// <inheritdoc cref="Map{T, TOut}(string, Source{IReadOnlyList{T}}, Flow{T, TOut}, MapOptions)"/>
    public TaskHandle<IReadOnlyList<TOut>> Map<T, TOut>(
        string name,
        Source<IReadOnlyList<T>> items,
        Func<T, TaskContext, Task<TOut>> each,
        MapOptions? options = null) =>
        Map(name, items, FlowBuilder.Chain<T>("item").Then("item", each).Build(), options);

    /// <summary>
    /// Adds a task that runs a flow for every value of a dictionary, and gives their results under the same keys.
    /// </summary>
    /// <param name="name">The task's name; items are called <c>name[key]</c>.</param>
    /// <param name="items">Where the dictionary comes from.</param>
    /// <param name="each">What runs for a value.</param>
    /// <param name="options">How the items are treated.</param>
    public TaskHandle<IReadOnlyDictionary<string, TOut>> MapValues<T, TOut>(
        string name,
        Source<IReadOnlyDictionary<string, T>> items,
        Flow<T, TOut> each,
        MapOptions? options = null) =>
        Mapped(name, items, Values, each, options, handsOver: false, (call, all, step) =>
            (IReadOnlyDictionary<string, TOut>)all.Keys.Zip(step.Parts).ToDictionary(
                item => item.First,
                item => PartResults.Require<TOut>(call, item.Second),
                StringComparer.Ordinal));

    /// <summary>
    /// Adds a task that runs a flow for every item of a list and tells how each ended, also of those that failed.
    /// </summary>
    /// <param name="name">The task's name; items are called <c>name[0]</c>, <c>name[1]</c>…</param>
    /// <param name="items">Where the list comes from.</param>
    /// <param name="each">What runs for an item.</param>
    /// <param name="options">
    /// How the items are treated; where failures are to stop the others, those are <c>Cancelled</c>.
    /// </param>
    public TaskHandle<IReadOnlyList<PartResult<TOut>>> MapAll<T, TOut>(
        string name, Source<IReadOnlyList<T>> items, Flow<T, TOut> each, MapOptions? options = null) =>
        Mapped(
            name, items, ListItems, each, options ?? new MapOptions { MaxFailures = 0 }, handsOver: true,
            (call, _, step) => (IReadOnlyList<PartResult<TOut>>)
                [.. step.Parts.Select(part => PartResults.Of<TOut>(call, part))]);

    private TaskHandle<TResult> Mapped<TItems, T, TOut, TResult>(
        string name,
        Source<TItems> items,
        Func<TItems, IEnumerable<(string? Key, T Value)>> split,
        Flow<T, TOut> each,
        MapOptions? options,
        bool handsOver,
        Func<TaskCall, TItems, ExpansionOutcome, TResult> gather)
    {
        ArgumentNullException.ThrowIfNull(each);
        options ??= MapOptions.Default;
        var plan = Begin(name, each, 1, $"map:{options.ItemName}").Bind(items, out var read);
        foreach (var problem in options.Problems()) _plan.Report(plan.Fault(FlowFaultCode.BadPolicy, problem));
        RefuseLimits(plan, [each], "say MapOptions.MaxFailures", "say MapOptions.Parallelism");
        return plan.Expanding<TResult>([each], call => call.LastStep is { } step
            ? call.Encode(gather(call, read(call), step))
            : call.Expand(Expansions.Each(
                split(read(call)).Select(item => (item.Key, call.Encode(item.Value))), options, handsOver)));
    }

    private static IEnumerable<(string? Key, T Value)> ListItems<T>(IReadOnlyList<T> items) =>
        items.Select(item => ((string?)null, item));

    private static IEnumerable<(string? Key, T Value)> Values<T>(IReadOnlyDictionary<string, T> items) =>
        items.Select(item => ((string?)item.Key, item.Value));
}
