using System.Globalization;

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
    /// called <c>name[0]</c>, <c>name[1]</c>… After a crash the source begins anew and must give the same items in the
    /// same order: for those that are known already nothing runs again. If the source fails, the items before are
    /// finished first.
    /// </remarks>
    /// <param name="name">The task's name.</param>
    /// <param name="input">Where the source's input comes from.</param>
    /// <param name="produce">The source of the items.</param>
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
            return await stream.RunAsync(produce(read(call), call.CancellationToken)).ConfigureAwait(false);
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

/// <summary>One attempt of a task that gives items.</summary>
internal sealed class ItemStream<TItem, TOut>(TaskContext context, Flow<TItem, TOut> each, int buffer)
{
    private readonly List<Task<TOut>> _running = [];
    private readonly Queue<Task<TOut>> _underWay = new();

    public async Task<IReadOnlyList<TOut>> RunAsync(IAsyncEnumerable<TItem> items)
    {
        try
        {
            var stop = context.CancellationToken;
            await foreach (var item in items.WithCancellation(stop).ConfigureAwait(false))
            {
                // Items that have ended out of turn leave with the first that is waited for.
                while (_underWay.TryPeek(out var first) && (first.IsCompleted || _underWay.Count >= buffer))
                    await _underWay.Dequeue().ConfigureAwait(false);
                Begin(item);
            }
        }
        catch
        {
            // What came before the failure is finished, whatever becomes of it.
            await Task.WhenAll(_running).ContinueWith(
                _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default)
                .ConfigureAwait(false);
            throw;
        }

        return await Task.WhenAll(_running).ConfigureAwait(false);
    }

    private void Begin(TItem item)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"[{_running.Count}]");
        var run = context.RunAsync(each, item, name);
        _running.Add(run);
        _underWay.Enqueue(run);
    }
}
