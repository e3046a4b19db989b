using System.Text.Json;
using ActorFlow.Actors;
using ActorFlow.Journal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorFlow;

/// <summary>How an engine is set up. The defaults are durable and need nothing installed.</summary>
public sealed class ActorFlowOptions
{
    /// <summary>
    /// The directory of the journal, of scratch directories and logs; made when it is not there. With jobs in memory,
    /// scratch directories are in a temporary one of the engine, which goes when it is disposed of.
    /// </summary>
    /// <value>The default is <c>.actorflow</c> in the working directory.</value>
    public string DataDirectory { get; set; } = ".actorflow";

    /// <summary>Whether jobs live in memory only, and die with the process. The default is false.</summary>
    public bool InMemory { get; set; }

    /// <summary>When an append counts as durable: what a power failure can cost is in the docs of the type.</summary>
    /// <value>The default is a sync for every append.</value>
    public Durability Durability { get; set; } = Durability.SyncEveryAppend;

    /// <summary>
    /// How long ended jobs are kept, in files and in memory; null for ever. The default is 30 days. Of a
    /// <see cref="Journal"/> of your own the engine forgets nothing: how long it keeps jobs is its own matter.
    /// </summary>
    public TimeSpan? Retention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// How often an open engine forgets the jobs whose time is over, and gives the room of forgotten jobs back to the
    /// disk; it does so when it opens, too. The default is 1 hour.
    /// </summary>
    public TimeSpan CompactionInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How many tasks that compute may run at once. The default is the number of processors.</summary>
    public int ComputePoolSize { get; set; } = Environment.ProcessorCount;

    /// <summary>How many tasks that wait may run at once. The default is 256.</summary>
    public int AsyncPoolSize { get; set; } = 256;

    /// <summary>Further pools by name, with how many of their tasks may run at once.</summary>
    public IDictionary<string, int> Pools { get; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>
    /// How many attempts beyond its size a pool may record as started, so that threads do not wait for each append.
    /// </summary>
    /// <value>The default is 256; 0 turns it off.</value>
    /// <remarks>
    /// Only as many as end within a few appends start ahead of their turn: hundreds of tasks of microseconds, one or
    /// two of milliseconds, none of tasks that take longer than ten appends, or have a time-out per attempt or a
    /// heartbeat. They seem to take longer than they do, and if the process dies they are lost with those that run.
    /// </remarks>
    public int MaxLookahead { get; set; } = JobSystemOptions.DefaultLookahead;

    /// <summary>Whether code that waits takes its slots of the pool of code that computes: one limit.</summary>
    internal bool HasOnePool { get; set; }

    /// <summary>
    /// Resources by name, with how many units there are of each; tasks and programs take them while they run.
    /// </summary>
    /// <value>The default is <see cref="ResourceNeeds.Processors"/>, with as many as there are processors.</value>
    public IDictionary<string, int> Resources { get; } = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        [ResourceNeeds.Processors] = Environment.ProcessorCount,
    };

    /// <summary>
    /// How long a closing engine waits for running tasks before it asks them to stop. The default is none.
    /// </summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.Zero;

    /// <summary>How long it waits for them to stop then. The default is 5 seconds.</summary>
    public TimeSpan StopGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long it waits after that for observers to have heard of all there was, and to return. A host that is in a
    /// hurry waits no longer than for its own stop. The default is 30 seconds.
    /// </summary>
    public TimeSpan ObserverGrace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// What becomes of an unfinished job that is resumed or opened and whose flow has changed. The default is to
    /// refuse it, with an error that names the difference.
    /// </summary>
    public ChangedFlow ChangedFlow { get; set; } = ChangedFlow.Refuse;

    /// <summary>
    /// How often the watchdog looks for jobs that are stuck; every 49 days at least. The default is 30 seconds.
    /// </summary>
    public TimeSpan WatchdogInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether the journal and the reports keep the stack traces of failures, besides type and message.
    /// </summary>
    /// <value>The default is true.</value>
    public bool RecordStackTraces { get; set; } = true;

    /// <summary>
    /// How values are written as JSON; fields are written in any case, since tuples have nothing else. Null, the
    /// default, for System.Text.Json's own way with enumerations by name.
    /// </summary>
    public JsonSerializerOptions? Json { get; set; }

    /// <summary>
    /// Where results are cached, unless a flow or a task says otherwise. Null for files in <c>cache</c> below the data
    /// directory, and with jobs in memory for memory.
    /// </summary>
    public ICacheStore? CacheStore { get; set; }

    /// <summary>
    /// What the cache in the data directory keeps: the engine cleans it once a day, or when it opens after that. A
    /// store of one's own has limits of its own.
    /// </summary>
    /// <value>The default is 30 days after the last use, and 4 GiB.</value>
    public CacheLimits CacheLimits { get; set; } = CacheLimits.Default;

    /// <summary>
    /// Where datasets are kept. Null for files in <c>datasets</c> below the data directory, and with jobs in memory for
    /// memory.
    /// </summary>
    public IDatasetStore? DatasetStore { get; set; }

    /// <summary>Formats of datasets besides text, bytes and JSON; they go before these.</summary>
    public IList<DatasetFormat> DatasetFormats { get; } = [];

    /// <summary>
    /// The directory with what stays of tasks from job to job. Null for <c>runs</c> below the data directory, and with
    /// jobs in memory for a temporary one that goes when the engine is disposed of.
    /// </summary>
    public string? RunDirectory { get; set; }

    /// <summary>The clock. The default is the system's.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>Where logs go. The default is nowhere.</summary>
    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;

    /// <summary>
    /// Files with what each attempt logs, besides where logs go; null, the default, for none. See the type.
    /// </summary>
    public TaskLogOptions? TaskLogs { get; set; }

    /// <summary>The services that tasks may ask for. The default is none.</summary>
    public IServiceProvider? Services { get; set; }

    /// <summary>Who is told what happens; an observer that throws is logged and hurts no job.</summary>
    public IList<JobObserver> Observers { get; } = [];

    /// <summary>
    /// Another journal than the embedded one; an engine that was created owns and disposes it. It forgets ended jobs by
    /// itself, or its owner does: <see cref="Retention"/> is not about it. Null for the embedded one.
    /// </summary>
    public IJournal? Journal { get; set; }

    /// <summary>Everything that is wrong with the options, a sentence each; empty if nothing is.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (!InMemory && Journal is null && string.IsNullOrWhiteSpace(DataDirectory))
            faults.Add("DataDirectory is empty; name a directory, or set InMemory.");
        if (IsBlank(RunDirectory)) faults.Add("RunDirectory is empty; name a directory, or leave it null.");
        if (IsBlank(TaskLogs?.Directory))
            faults.Add("TaskLogs.Directory is empty; name a directory, or leave it null.");
        foreach (var (name, size) in AllPools())
            if (size < 1) faults.Add($"Pool '{name}' has room for {size} tasks; it needs at least 1.");
        foreach (var name in Pools.Keys)
            if (name is TaskPolicy.ComputePool or TaskPolicy.AsyncPool)
                faults.Add($"Pool '{name}' is there already; set its size with the option of its own.");
        foreach (var (name, units) in Resources)
            if (units < 1) faults.Add($"Resource '{name}' has {units} units; it needs at least 1.");
        if (MaxLookahead < 0) faults.Add($"MaxLookahead is {MaxLookahead}; it must not be negative.");
        if (Retention < TimeSpan.Zero) faults.Add($"Retention is {Retention}; it must not be negative.");
        if (DrainTimeout < TimeSpan.Zero) faults.Add($"DrainTimeout is {DrainTimeout}; it must not be negative.");
        if (ObserverGrace < TimeSpan.Zero) faults.Add($"ObserverGrace is {ObserverGrace}; it must not be negative.");
        if (StopGrace < TimeSpan.Zero) faults.Add($"StopGrace is {StopGrace}; it must not be negative.");
        if (WatchdogInterval <= TimeSpan.Zero)
            faults.Add($"WatchdogInterval is {WatchdogInterval}; it must be longer than zero.");
        if (TaskLogs is { MaxBytes: < 1 } logs)
            faults.Add($"TaskLogs.MaxBytes is {logs.MaxBytes}; it must be at least 1.");
        faults.AddRange(CacheLimits.Faults().Select(fault => $"CacheLimits.{fault}"));
        if (!Enum.IsDefined(ChangedFlow)) faults.Add($"ChangedFlow is {ChangedFlow}, which is none of the choices.");
        if (CompactionInterval <= TimeSpan.Zero)
            faults.Add($"CompactionInterval is {CompactionInterval}; it must be longer than zero.");
        return faults;
    }

    private static bool IsBlank(string? directory) => directory is not null && string.IsNullOrWhiteSpace(directory);

    internal IEnumerable<KeyValuePair<string, int>> AllPools() =>
    [
        new(TaskPolicy.ComputePool, ComputePoolSize),
        .. HasOnePool ? [] : (KeyValuePair<string, int>[])[new(TaskPolicy.AsyncPool, AsyncPoolSize)],
        .. Pools.Where(p => p.Key is not (TaskPolicy.ComputePool or TaskPolicy.AsyncPool)),
    ];

    internal IReadOnlyDictionary<string, string> OtherPoolNames() => HasOnePool
        ? new Dictionary<string, string> { [TaskPolicy.AsyncPool] = TaskPolicy.ComputePool }
        : [];
}
