using ActorFlow.Journal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorFlow.Actors;

/// <summary>What a job system is made of: its journal and its ports.</summary>
public sealed record JobSystemOptions
{
    /// <summary>The default of <see cref="MaxLookahead"/>.</summary>
    public const int DefaultLookahead = 256;

    /// <summary>Where the events of the jobs are kept. The system owns it and disposes it.</summary>
    public required IJournal Journal { get; init; }

    /// <summary>Where supervisors and user code run.</summary>
    public required IThreads Threads { get; init; }

    /// <summary>Turns values into payloads; must give encoded ones for a durable journal.</summary>
    public required IPayloadCodec Payloads { get; init; }

    /// <summary>Directories for attempts.</summary>
    public required IScratchSpace Scratch { get; init; }

    /// <summary>Pools by name, with how many attempts may run at once in each.</summary>
    public required IReadOnlyDictionary<string, int> Pools { get; init; }

    /// <summary>Further names of pools, with the pool that each is another name of.</summary>
    public IReadOnlyDictionary<string, string> OtherPoolNames { get; init; } = new Dictionary<string, string>();

    /// <summary>What there is for tasks beyond their job. The default is gone with the process.</summary>
    public TaskStores Stores { get; init; } = new();

    /// <summary>Resources by name, with how many units there are of each.</summary>
    /// <value>The default is one unit of <see cref="ResourceNeeds.Processors"/> a processor.</value>
    public IReadOnlyDictionary<string, int> Resources { get; init; } = new Dictionary<string, int>
    {
        [ResourceNeeds.Processors] = Environment.ProcessorCount,
    };

    /// <summary>Runs the programs of tasks. The system owns it and disposes it. The default runs real ones.</summary>
    public IProcesses Processes { get; init; } = new ProcessGroups();

    /// <summary>The clock. The default is the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The host's services. The default is none.</summary>
    public IServiceScopes Services { get; init; } = NoServices.Instance;

    /// <summary>Where logs go. The default is nowhere.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Where what attempts log is written too, a file each; null for nowhere.</summary>
    public TaskLogFiles? TaskLogs { get; init; }

    /// <summary>Whether failures are recorded with the stack traces of their exceptions. The default is true.</summary>
    public bool RecordStackTraces { get; init; } = true;

    /// <summary>How often the watchdog looks for jobs that are stuck. The default is 30 seconds.</summary>
    public TimeSpan WatchdogInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The most slots that a pool hands out ahead of what may run, so that workers do not run dry during a sync.
    /// </summary>
    /// <value>The default is 256; 0 turns it off.</value>
    public int MaxLookahead { get; init; } = DefaultLookahead;

    /// <summary>Hears of progress that attempts report; must not block. What it throws is logged.</summary>
    public Action<AttemptProgress>? OnProgress { get; init; }

    /// <summary>Hears of datasets that attempts save and load; must not block. What it throws is logged.</summary>
    public Action<DatasetUse>? OnDataset { get; init; }

    /// <summary>Hears of each job that becomes active in this process; must not block or throw.</summary>
    public Action<JobActivation>? OnActive { get; init; }
}

/// <summary>A job becomes active in a process: it begins, is resumed, or goes on after its end.</summary>
/// <param name="Job">The job.</param>
/// <param name="FromVersion">The version of the first event that is news.</param>
/// <param name="IsResumed">Whether it was interrupted and goes on, which no event says.</param>
public readonly record struct JobActivation(JobRef Job, long FromVersion, bool IsResumed);

/// <summary>How far an attempt is, as it says itself.</summary>
/// <param name="Job">The job.</param>
/// <param name="Task">The task's name.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Progress">From 0 to 1; null if it only says that it is alive.</param>
/// <param name="Message">What it is doing.</param>
public sealed record AttemptProgress(JobId Job, string Task, int Attempt, double? Progress, string? Message);
