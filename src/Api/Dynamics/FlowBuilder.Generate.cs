namespace ActorFlow;

/// <content>Tasks that make a graph when they run.</content>
public sealed partial class FlowBuilder<TIn>
{
    /// <summary>Adds a task that makes a graph of flows when it runs, and gives the result of one of them.</summary>
    /// <remarks>
    /// What it made is in the journal: after a crash the job goes on with the very same graph, and nothing is made
    /// anew.
    /// </remarks>
    /// <param name="name">The task's name; what it adds is called <c>name.PART</c>.</param>
    /// <param name="input">Where the value comes from that the graph is made for.</param>
    /// <param name="flows">The flows that the graph may consist of.</param>
    /// <param name="generate">Adds parts to the graph, and gives the one whose result is the task's output.</param>
    /// <param name="maxFailures">How many failures stop the rest; 0, the default, is never.</param>
    public TaskHandle<TOut> Generate<T, TOut>(
        string name,
        Source<T> input,
        IReadOnlyList<TypedFlow> flows,
        Func<T, FlowGrowth, GrowthPart<TOut>> generate,
        int maxFailures = 0)
    {
        ArgumentNullException.ThrowIfNull(flows);
        ArgumentNullException.ThrowIfNull(generate);
        var plan = Begin(name, generate, 1, "generate").Bind(input, out var read);
        if (maxFailures < 0)
            _plan.Report(plan.Fault(
                FlowFaultCode.BadPolicy, $"stops after {maxFailures} failures; it must be 0 or more."));
        RefuseLimits(plan, flows, "say maxFailures", "let the tasks of the flow share a pool or a resource");
        return plan.Expanding<TOut>(flows, call =>
        {
            if (call.LastStep is { } step) return PartResults.ResultOrSkip(call, step);
            var growth = new FlowGrowth(call, flows);
            var result = generate(read(call), growth);
            return call.Expand(new Expansion(growth.Parts)
            {
                Result = growth.IndexOf(result),
                StopAfterFailures = maxFailures,
            });
        });
    }

    /// <summary>Adds a task that runs a flow for every combination of two lists, and gives all results.</summary>
    /// <param name="name">The task's name; the combinations are called <c>name[0]</c>, <c>name[1]</c>…</param>
    /// <param name="first">The first list: it changes slowest.</param>
    /// <param name="second">The second list.</param>
    /// <param name="each">What runs for a combination.</param>
    /// <param name="options">How the combinations are treated.</param>
    public TaskHandle<IReadOnlyList<TOut>> Matrix<T1, T2, TOut>(
        string name,
        Source<IReadOnlyList<T1>> first,
        Source<IReadOnlyList<T2>> second,
        Flow<(T1 First, T2 Second), TOut> each,
        MapOptions? options = null) =>
        Map(name, Source.Join(first, second, (rows, columns) => Combine(rows, columns)), each, options);

    private static IReadOnlyList<(T1 First, T2 Second)> Combine<T1, T2>(
        IReadOnlyList<T1> rows, IReadOnlyList<T2> columns) =>
        [.. rows.SelectMany(row => columns.Select(column => (row, column)))];
}
