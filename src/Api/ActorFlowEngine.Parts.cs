using ActorFlow.Actors;
using ActorFlow.Journal;
using Microsoft.Extensions.Logging;

namespace ActorFlow;

/// <summary>How an engine is put together.</summary>
public sealed partial class ActorFlowEngine
{
    private static IJournal OpenJournal(ActorFlowOptions options)
    {
        if (options.Journal is { } own) return own;
        if (options.InMemory) return new MemoryJournal();
        // A category of its own: who hears no other warnings should hear of these.
        var log = GuardedLoggers.Of(options.LoggerFactory).CreateLogger("ActorFlow.Journal");
        return FileJournal.Open(new FileJournalOptions
        {
            Directory = Path.Combine(options.DataDirectory, "journal"),
            Durability = options.Durability,
            Retention = options.Retention,
            Time = options.Time,
            OnNotice = notice => JournalNotice(log, notice),
            OnForgotten = (count, before) => JobsForgotten(log, count, before),
        });
    }

    private Payload Encode<T>(ExecutableFlow flow, T input)
    {
        try
        {
            return _payloads.Encode(input);
        }
        catch (PayloadException e)
        {
            throw new PayloadException($"The input of flow '{flow.Definition.Name}': {e.Message}", e);
        }
    }

    private static string Below(ActorFlowOptions options, string name) =>
        Path.Combine(Path.GetFullPath(options.DataDirectory), name);

    private Upkeep? UpkeepOf(ActorFlowOptions options)
    {
        var logs = LogUpkeepOf(options);
        Func<CancellationToken, Task>? work = _journal switch
        {
            FileJournal file => _ => file.CompactAsync(),
            MemoryJournal memory when options is { Journal: null, Retention: { } retention } =>
                new MemoryRetention(memory, logs, retention, options.Time).ForgetAsync,
            _ => null,
        };
        return work is null ? null : new Upkeep(
            work, _journal is FileJournal ? logs : null, _log, options.Time, options.CompactionInterval);
    }

    // How long a journal of one's own keeps jobs only its owner knows; and a directory of one's own may hold more.
    private LogUpkeep? LogUpkeepOf(ActorFlowOptions options) =>
        TaskLogs is { } logs && options is { Journal: null, TaskLogs.Directory: null, Retention: { } retention }
            ? new LogUpkeep(logs, _journal, retention, options.Time, _log)
            : null;

    private static TaskLogFiles? TaskLogsOf(ActorFlowOptions options) => options.TaskLogs is not { } logs
        ? null
        : new TaskLogFiles(logs.Directory ?? Below(options, "logs"))
        {
            MaxBytes = logs.MaxBytes,
            Level = logs.Level,
        };

    private TaskStores StoresOf(ActorFlowOptions options)
    {
        var inMemory = options.InMemory;
        return new TaskStores
        {
            Cache = options.CacheStore ?? (inMemory ? new MemoryCacheStore() : new FileCacheStore(
                Below(options, "cache"), options.CacheLimits, options.Time)),
            Datasets = options.DatasetStore
                ?? (inMemory ? new MemoryDatasetStore() : new FileDatasetStore(Below(options, "datasets"))),
            Formats = new DatasetFormats(options.DatasetFormats, options.Json),
            Json = new JsonPayloadCodec(options.Json),
            Runs = new RunSpace(options.RunDirectory is { } given ? Path.GetFullPath(given)
                : _temporary is null ? Below(options, "runs") : Path.Combine(_temporary, "runs")),
        };
    }

    // Version 7 sorts by time: a list of ids reads in the order of submission.
    private JobId NewJobId() => new(Guid.CreateVersion7(_options.Time.GetUtcNow()).ToString("N"));

    // An attempt that nobody waits for any more may still write there.
    private void RemoveTemporary()
    {
        if (_temporary is null) return;
        try
        {
            if (Directory.Exists(_temporary)) Directory.Delete(_temporary, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TemporaryStays(_log, e, _temporary);
        }
    }

    [LoggerMessage(105, LogLevel.Warning, "The temporary directory {Directory} could not be removed: it stays")]
    private static partial void TemporaryStays(ILogger log, Exception error, string directory);

    [LoggerMessage(106, LogLevel.Warning, "{Notice}")]
    private static partial void JournalNotice(ILogger log, string notice);

    [LoggerMessage(107, LogLevel.Information, "Forgot {Count} jobs that had ended before {Limit:u}")]
    private static partial void JobsForgotten(ILogger log, int count, DateTimeOffset limit);
}
