namespace ActorFlow;

/// <content>Tasks that give items one after the other.</content>
public sealed partial class FlowBuilder<TIn>
{
    /// <summary>
    /// Adds a task that gives items one after the other; a flow takes each as it comes, and the task gives the list of
    /// what came out, in the order of the items.
    /// </summary>
    /// <remarks>
    /// Every item is in the journal before the source is asked for the next, and what runs for it is tasks of the job,
    /// called <c>name[0]</c>, <c>name[1]</c>… If the source fails, the items before are finished first. An item that
    /// fails ends the stream: the source's token is cancelled, what is under way is finished, and the task fails with
    /// it. A source that does not heed its token is waited for, until the task's own time-out.
    /// <para>
    /// After a crash, and for another attempt, the source begins anew and must give the same items in the same order:
    /// for those that are known already nothing runs again. One that has changed, or fewer than are known, are an
    /// error.
    /// </para>
    /// </remarks>
    /// <param name="name">The task's name.</param>
    /// <param name="input">Where the source's input comes from.</param>
    /// <param name="produce">The source of the items; its token is cancelled when no more of them are wanted.</param>
    /// <param name="each">What runs for an item.</param>
    /// <param name="options">How the items are treated.</param>
    public TaskHandle<IReadOnlyList<TOut>> Stream<T, TItem, TOut>(
        string name,
        Source<T> input,
        Func<T, CancellationToken, IAsyncEnumerable<TItem>> produce,
        Flow<TItem, TOut> each,
        StreamOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(produce);
        ArgumentNullException.ThrowIfNull(each);
        options ??= StreamOptions.Default;
        var plan = Begin(name, produce, 1, "stream").Bind(input, out var read);
        foreach (var problem in options.Problems()) _plan.Report(plan.Fault(FlowFaultCode.BadPolicy, problem));
        var handle = plan.Async<IReadOnlyList<TOut>>(async call =>
        {
            var stream = new ItemStream<TItem, TOut>(call.Context, each, options.Buffer);
            return await stream.RunAsync(stop => produce(read(call), stop)).ConfigureAwait(false);
        });
        return handle.MayRun(each);
    }

    /// <summary>Adds a task that gives items one after the other, and then the list of them.</summary>
    /// <remarks>Every item is in the journal before the source is asked for the next.</remarks>
    /// <param name="name">The task's name; the items are called <c>name[0]</c>, <c>name[1]</c>…</param>
    /// <param name="input">Where the source's input comes from.</param>
    /// <param name="produce">The source of the items.</param>
    /// <param name="options">How the items are treated.</param>
    public TaskHandle<IReadOnlyList<TItem>> Stream<T, TItem>(
        string name,
        Source<T> input,
        Func<T, CancellationToken, IAsyncEnumerable<TItem>> produce,
        StreamOptions? options = null) =>
        Stream(name, input, produce, FlowBuilder.Chain<TItem>("item").Then("item", item => item).Build(), options);
}
