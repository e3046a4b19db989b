using System.Globalization;
using Microsoft.Extensions.Logging;

namespace ActorFlow;

/// <summary>One attempt of a task that gives items.</summary>
/// <param name="context">The attempt.</param>
/// <param name="each">What runs for an item.</param>
/// <param name="buffer">How many items may be under way.</param>
/// <param name="source">What gives the items, as the errors call it, with what it must do.</param>
internal sealed class ItemStream<TItem, TOut>(
    TaskContext context, Flow<TItem, TOut> each, int buffer, string source = "its source must give the same items")
{
    private readonly int _recorded = context.Call.RecordedExpansions;
    private readonly List<Task<TOut>> _running = [];
    private volatile bool _hasFailed;

    public async Task<IReadOnlyList<TOut>> RunAsync(Func<CancellationToken, IAsyncEnumerable<TItem>> produce)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        var underWay = new List<Task>();
        try
        {
            await foreach (var item in produce(stop.Token).WithCancellation(stop.Token).ConfigureAwait(false))
            {
                if (_hasFailed) break;
                var run = RunAsync(item, _running.Count, stop);
                _running.Add(run);
                underWay.Add(run);
                // The source is asked for the next item when there is room for it.
                if (underWay.Count == buffer) await Task.WhenAny(underWay).ConfigureAwait(false);
                underWay.RemoveAll(task => task.IsCompleted);
                if (_hasFailed) break;
            }

            if (!_hasFailed) RequireAll();
        }
        catch
        {
            // Once an item has failed, the source was asked to end: how it did is no matter.
            var isOfItem = _hasFailed;
            // What came before the failure is finished, whatever becomes of it.
            await Task.WhenAll(_running).ContinueWith(
                _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default)
                .ConfigureAwait(false);
            if (!isOfItem) throw;
        }

        return await Task.WhenAll(_running).ConfigureAwait(false);
    }

    private async Task<TOut> RunAsync(TItem item, int number, CancellationTokenSource stop)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"[{number}]");
        try
        {
            return await context.RunAsync(each, item, name).ConfigureAwait(false);
        }
        catch (ExpansionException) when (number < _recorded && !context.CancellationToken.IsCancellationRequested)
        {
            End(stop);
            throw new ExpansionException(
                $"'{context.TaskName}{name}' is another item than the one that is recorded. {Rule}");
        }
        catch
        {
            End(stop);
            throw;
        }
    }

    // Nobody has to look whether an item has failed while the next is waited for: the source is told.
    private void End(CancellationTokenSource stop)
    {
        _hasFailed = true;
        try
        {
            stop.Cancel();
        }
        catch (AggregateException e)
        {
            StreamLog.CallbackThrew(context.Logger, e, context.TaskName);
        }
    }

    // What is missing has run, and its results would be lost without a word.
    private void RequireAll()
    {
        if (_running.Count >= _recorded) return;
        throw new ExpansionException(
            $"Task '{context.TaskName}' has {_recorded} items recorded, and now only {_running.Count} came. {Rule}");
    }

    private string Rule =>
        $"After a crash, and for another attempt, {source} in the same order; submit a new job for others.";
}

/// <summary>What streams say in the log.</summary>
internal static partial class StreamLog
{
    [LoggerMessage(161, LogLevel.Warning, "What the source of {Task} registered with its cancellation token threw")]
    public static partial void CallbackThrew(ILogger log, Exception error, string task);
}
