using ActorFlow.Actors;

namespace ActorFlow;

/// <content>How an engine closes.</content>
public sealed partial class ActorFlowEngine
{
    /// <summary>Closes the engine: nothing new starts, and running tasks are waited for as the options say.</summary>
    /// <remarks>
    /// It completes when observers have heard of the end: one that waits for it in one of its calls waits for itself.
    /// </remarks>
    public ValueTask DisposeAsync() => new(CloseAsync(CancellationToken.None));

    /// <summary>Closes the engine; whoever is in a hurry has what runs asked to stop at once.</summary>
    internal Task CloseAsync(CancellationToken hurry)
    {
        lock (_closing) return _closed ??= CloseOnceAsync(hurry);
    }

    // Whoever never comes back must not keep the engine, and the program, from ending.
    private async Task EndObservingAsync(CancellationToken hurry)
    {
        try
        {
            await _observing.EndAsync(this).WaitAsync(Timers.Bounded(_options.ObserverGrace), _options.Time, hurry)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            ObserverLog.ObserversGivenUp(_log);
        }
    }

    private async Task CloseOnceAsync(CancellationToken hurry)
    {
        if (_upkeep is not null) await _upkeep.DisposeAsync().ConfigureAwait(false);
        if (_cacheUpkeep is not null) await _cacheUpkeep.DisposeAsync().ConfigureAwait(false);
        await _system.DrainAsync(_options.DrainTimeout, _options.StopGrace, hurry).ConfigureAwait(false);
        // Observers read the journal: they are let go before it closes.
        await _closing.CancelAsync().ConfigureAwait(false);
        await EndObservingAsync(hurry).ConfigureAwait(false);
        try
        {
            await _system.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            RemoveTemporary();
            _closing.Dispose();
        }
    }
}
