using ActorFlow.Journal;
using Microsoft.Extensions.Logging;

namespace ActorFlow;

/// <summary>Compacts the journal of an open engine now and then: what runs for long must not grow for long.</summary>
internal sealed partial class Upkeep : IDisposable
{
    private readonly FileJournal _journal;
    private readonly ILogger _log;
    private readonly ITimer _timer;
    private int _isAtWork;
    private volatile bool _isOver;

    public Upkeep(FileJournal journal, ILogger log, TimeProvider time, TimeSpan interval)
    {
        (_journal, _log) = (journal, log);
        // Timers know no longer times than about 49 days.
        var most = TimeSpan.FromDays(49);
        interval = interval < most ? interval : most;
        _timer = time.CreateTimer(_ => _ = CompactAsync(), null, interval, interval);
    }

    private async Task CompactAsync()
    {
        // One that takes longer than the interval is not to find itself behind its successors.
        if (Interlocked.Exchange(ref _isAtWork, 1) == 1) return;
        try
        {
            await _journal.CompactAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            if (!_isOver) CompactionFailed(_log, e);
        }
        finally
        {
            Volatile.Write(ref _isAtWork, 0);
        }
    }

    /// <summary>Begins no other; the journal waits for one that is under way before it closes.</summary>
    public void Dispose()
    {
        _isOver = true;
        _timer.Dispose();
    }

    [LoggerMessage(
        103, LogLevel.Error, "The journal could not be compacted: nothing is lost, but its files stay large")]
    private static partial void CompactionFailed(ILogger log, Exception error);
}
