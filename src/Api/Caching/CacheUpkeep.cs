using Microsoft.Extensions.Logging;

namespace ActorFlow;

/// <summary>Cleans the cached results of an open engine once a day, or when it opens after that.</summary>
internal sealed partial class CacheUpkeep : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    private readonly FileCacheStore _store;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private Task _work;

    public CacheUpkeep(FileCacheStore store, ILogger log, TimeProvider time)
    {
        (_store, _log) = (store, log);
        _work = IsDue() ? Task.Run(CleanAsync) : Task.CompletedTask;
        _timer = time.CreateTimer(_ => Begin(), null, Interval, Interval);
    }

    private void Begin()
    {
        lock (_gate)
            if (_work.IsCompleted && !_closing.IsCancellationRequested && IsDue()) _work = Task.Run(CleanAsync);
    }

    private bool IsDue() => _store.CleanedAt is { } cleaned ? _store.Now - cleaned >= Interval : _store.IsThere;

    private async Task CleanAsync()
    {
        try
        {
            await _store.CleanAsync(_closing.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            if (!_closing.IsCancellationRequested) CleaningFailed(_log, e);
        }
    }

    /// <summary>Begins no other, and stops one that is under way: the next one goes on.</summary>
    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        Task work;
        lock (_gate)
        {
            _closing.Cancel();
            work = _work;
        }

        await work.ConfigureAwait(false);
    }

    [LoggerMessage(
        126, LogLevel.Warning, "The cache could not be cleaned: no task is hurt, but its files stay")]
    private static partial void CleaningFailed(ILogger log, Exception error);
}
