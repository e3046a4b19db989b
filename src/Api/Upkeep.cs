using ActorFlow.Actors;
using Microsoft.Extensions.Logging;

namespace ActorFlow;

/// <summary>Tidies the journal of an open engine now and then: what runs for long must not grow for long.</summary>
internal sealed partial class Upkeep : IAsyncDisposable
{
    private readonly Func<CancellationToken, Task> _tidy;
    private readonly LogUpkeep? _logs;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _begun;
    private readonly ILogger _log;
    private readonly ITimer _timer;
    private int _isAtWork;

    /// <summary>Begins.</summary>
    /// <param name="tidy">Tidies the journal, which has just been opened and needs it not yet.</param>
    /// <param name="logs">The log files of jobs that it forgot; null if there are none, or they are kept.</param>
    /// <param name="log">Hears of what goes wrong.</param>
    /// <param name="time">The clock.</param>
    /// <param name="interval">How often the journal is tidied.</param>
    public Upkeep(
        Func<CancellationToken, Task> tidy, LogUpkeep? logs, ILogger log, TimeProvider time, TimeSpan interval)
    {
        (_tidy, _logs, _log) = (tidy, logs, log);
        _begun = logs is null ? Task.CompletedTask : Task.Run(() => logs.CleanAsync(_closing.Token));
        interval = Timers.Bounded(interval);
        _timer = time.CreateTimer(_ => _ = TidyAsync(), null, interval, interval);
    }

    private async Task TidyAsync()
    {
        // One that takes longer than the interval is not to find itself behind its successors.
        if (Interlocked.Exchange(ref _isAtWork, 1) == 1) return;
        try
        {
            await _tidy(_closing.Token).ConfigureAwait(false);
            if (_logs is not null) await _logs.CleanAsync(_closing.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            if (!_closing.IsCancellationRequested) CompactionFailed(_log, e);
        }
        finally
        {
            Volatile.Write(ref _isAtWork, 0);
        }
    }

    /// <summary>Begins no other; the journal waits for one that is under way before it closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _timer.DisposeAsync().ConfigureAwait(false);
        await _begun.ConfigureAwait(false);
    }

    [LoggerMessage(
        103, LogLevel.Error, "The journal could not be compacted: nothing is lost, but its files stay large")]
    private static partial void CompactionFailed(ILogger log, Exception error);
}
