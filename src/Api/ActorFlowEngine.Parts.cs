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

    private static string ScratchRoot(ActorFlowOptions options) => options.InMemory
        ? Path.Combine(Path.GetTempPath(), $"actorflow-{Environment.ProcessId}")
        : Path.Combine(Path.GetFullPath(options.DataDirectory), "scratch");

    // How long a journal of one's own keeps jobs only its owner knows; and a directory of one's own may hold more.
    private LogUpkeep? LogUpkeepOf(ActorFlowOptions options) =>
        TaskLogs is { } logs && options is { Journal: null, TaskLogs.Directory: null, Retention: { } retention }
            ? new LogUpkeep(logs, _journal, retention, options.Time, _log)
            : null;

    private static TaskLogFiles? TaskLogsOf(ActorFlowOptions options) => options.TaskLogs is not { } logs
        ? null
        : new TaskLogFiles(logs.Directory ?? Path.Combine(Path.GetFullPath(options.DataDirectory), "logs"))
        {
            MaxBytes = logs.MaxBytes,
            Level = logs.Level,
        };

    private static TaskStores StoresOf(ActorFlowOptions options)
    {
        var inMemory = options.InMemory;
        string Below(string name) => Path.Combine(Path.GetFullPath(options.DataDirectory), name);
        return new TaskStores
        {
            Cache = options.CacheStore ?? (inMemory ? new MemoryCacheStore() : new FileCacheStore(
                Below("cache"), options.CacheLimits, options.Time)),
            Datasets = options.DatasetStore
                ?? (inMemory ? new MemoryDatasetStore() : new FileDatasetStore(Below("datasets"))),
            Formats = new DatasetFormats(options.DatasetFormats, options.Json),
            Json = new JsonPayloadCodec(options.Json),
            Runs = new RunSpace(options.RunDirectory is { } given ? Path.GetFullPath(given)
                : inMemory ? Path.Combine(ScratchRoot(options), "runs") : Below("runs")),
        };
    }

    // Version 7 sorts by time: a list of ids reads in the order of submission.
    private JobId NewJobId() => new(Guid.CreateVersion7(_options.Time.GetUtcNow()).ToString("N"));
}
