using ActorFlow.Actors;
using ActorFlow.Journal;

namespace ActorFlow;

/// <summary>How an engine is put together.</summary>
public sealed partial class ActorFlowEngine
{
    private static IJournal OpenJournal(ActorFlowOptions options)
    {
        if (options.Journal is { } own) return own;
        if (options.InMemory) return new MemoryJournal();
        return FileJournal.Open(new FileJournalOptions
        {
            Directory = Path.Combine(options.DataDirectory, "journal"),
            Durability = options.Durability,
            Retention = options.Retention,
        });
    }

    private static string ScratchRoot(ActorFlowOptions options) => options.InMemory
        ? Path.Combine(Path.GetTempPath(), $"actorflow-{Environment.ProcessId}")
        : Path.Combine(Path.GetFullPath(options.DataDirectory), "scratch");

    // Version 7 sorts by time: a list of ids reads in the order of submission.
    private JobId NewJobId() => new(Guid.CreateVersion7(_options.Time.GetUtcNow()).ToString("N"));

    private void Observe(JobRef job, long fromVersion)
    {
        if (_options.Observers.Count == 0) return;
        var pump = new ObserverPump(new JobHandle(job), [.. _options.Observers], _log);
        // The engine waits for the pumps when it closes.
        _ = _pumps.GetOrAdd(job.Id, id => PumpAsync(id, pump, fromVersion));
    }

    private async Task PumpAsync(JobId id, ObserverPump pump, long fromVersion)
    {
        await Task.Yield();
        await pump.RunAsync(fromVersion, _closing.Token).ConfigureAwait(false);
        _pumps.TryRemove(id, out _);
    }

    private void Tell(AttemptProgress progress)
    {
        foreach (var observer in _options.Observers) observer.OnProgress(progress);
    }
}
