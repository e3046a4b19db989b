using System.Collections.Concurrent;
using ActorFlow.Actors;
using ActorFlow.Journal;
using Microsoft.Extensions.Logging;

namespace ActorFlow;

/// <summary>Runs jobs: durable by default, on as many threads as its pools have room for.</summary>
/// <remarks>
/// Create one per process and data directory, register the flows whose jobs it is to resume, and dispose it at the
/// end: then nothing new starts, running tasks are waited for and then asked to stop, and what is unfinished goes on
/// when an engine resumes it.
/// </remarks>
public sealed partial class ActorFlowEngine : IAsyncDisposable
{
    private readonly ActorFlowOptions _options;
    private readonly JobSystem _system;
    private readonly IJournal _journal;
    private readonly IPayloadCodec _payloads;
    private readonly ILogger _log;
    private readonly ConcurrentDictionary<string, ExecutableFlow> _flows = new(StringComparer.Ordinal);
    private readonly Observing _observing;
    private readonly Upkeep? _upkeep;
    private readonly CacheUpkeep? _cacheUpkeep;
    private readonly string? _temporary;
    private readonly CancellationTokenSource _closing = new();
    private Task? _closed;

    private ActorFlowEngine(ActorFlowOptions options, IJournal journal, IEnumerable<ExecutableFlow> flows)
    {
        foreach (var flow in flows) Register(flow);
        _options = options;
        _journal = journal;
        _temporary = options.InMemory ? Path.Combine(Path.GetTempPath(), $"actorflow-{Guid.NewGuid():N}") : null;
        var loggers = GuardedLoggers.Of(options.LoggerFactory);
        _log = loggers.CreateLogger("ActorFlow");
        _observing = new Observing([.. options.Observers], _log, _closing.Token);
        TaskLogs = TaskLogsOf(options);
        var stores = StoresOf(options);
        Datasets = new Datasets(stores);
        _payloads = _journal is MemoryJournal ? new LivePayloadCodec(options.Json) : new JsonPayloadCodec(options.Json);
        _system = new JobSystem(new JobSystemOptions
        {
            Journal = _journal,
            Threads = new RealThreads(),
            Payloads = _payloads,
            Scratch = new ScratchSpace(_temporary ?? Below(options, "scratch")),
            Pools = options.AllPools().ToDictionary(StringComparer.Ordinal),
            OtherPoolNames = options.OtherPoolNames(),
            MaxLookahead = options.MaxLookahead,
            Resources = options.Resources.ToDictionary(StringComparer.Ordinal),
            Time = options.Time,
            Services = options.Services is { } services ? new HostServices(services) : NoServices.Instance,
            LoggerFactory = loggers,
            TaskLogs = TaskLogs,
            RecordStackTraces = options.RecordStackTraces,
            WatchdogInterval = options.WatchdogInterval,
            Stores = stores,
            OnProgress = _observing.OnProgress,
            OnDataset = _observing.OnDataset,
            OnActive = _observing.Observe,
        });
        _upkeep = UpkeepOf(options);
        if (options.CacheStore is null && stores.Cache is FileCacheStore cache)
            _cacheUpkeep = new CacheUpkeep(cache, _log, options.Time);
        _observing.Begin(this);
    }

    /// <summary>
    /// Jobs that neither run nor wait for anything, a defect of ActorFlow, or whose supervisor has had no turn for as
    /// long as the watchdog's interval, by its last look.
    /// </summary>
    public IReadOnlyCollection<JobId> StalledJobs => _system.StalledJobs;

    /// <summary>
    /// How many attempts did not heed the request to stop and were abandoned, since the engine was created.
    /// </summary>
    public long AbandonedAttempts => _system.AbandonedAttempts;

    /// <summary>
    /// The datasets of this engine, for programs that save what tasks load, or load what tasks saved.
    /// </summary>
    public Datasets Datasets { get; }

    /// <summary>The files that attempts log to; null if they do not.</summary>
    public TaskLogFiles? TaskLogs { get; }

    /// <summary>
    /// Creates an engine and opens its journal. It resumes nothing by itself: see
    /// <see cref="ResumeAsync(CancellationToken)"/>.
    /// </summary>
    /// <param name="options">How it is set up; the defaults if null.</param>
    /// <exception cref="ActorFlowException">The options make no sense: everything that is wrong is listed.</exception>
    /// <exception cref="JournalException">The journal is locked, damaged or cannot be written.</exception>
    public static ActorFlowEngine Create(ActorFlowOptions? options = null) =>
        Create(options ?? new ActorFlowOptions(), []);

    /// <summary>Creates an engine that knows flows; if it cannot be, its journal does not stay open.</summary>
    internal static ActorFlowEngine Create(ActorFlowOptions options, IEnumerable<ExecutableFlow> flows)
    {
        if (options.Faults() is { Count: > 0 } faults)
            throw new ActorFlowException("The options of the engine are not valid:"
                + string.Concat(faults.Select(f => $"\n  {f}")));
        var journal = OpenJournal(options);
        try
        {
            return new ActorFlowEngine(options, journal, flows);
        }
        catch
        {
            // One of the caller's own stays the caller's: there is no engine to own it.
            if (options.Journal is null) journal.DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw;
        }
    }

    /// <summary>Creates an engine whose jobs live in memory only.</summary>
    public static ActorFlowEngine CreateInMemory() => Create(new ActorFlowOptions { InMemory = true });

    /// <summary>Makes a flow known, so that unfinished jobs of it can be resumed. One flow per name.</summary>
    /// <exception cref="ActorFlowException">Another flow of that name is registered.</exception>
    public ActorFlowEngine Register(ExecutableFlow flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        var there = _flows.GetOrAdd(flow.Definition.Name, flow);
        return there.Definition.Fingerprint == flow.Definition.Fingerprint
            ? this
            : throw new ActorFlowException(
                $"Another flow '{flow.Definition.Name}' is registered already; give one of them another name.");
    }

    /// <summary>Makes a flow known, so that unfinished jobs of it can be resumed. One flow per name.</summary>
    /// <exception cref="ActorFlowException">Another flow of that name is registered.</exception>
    public ActorFlowEngine Register<TIn, TOut>(Flow<TIn, TOut> flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        return Register(flow.Executable);
    }

    /// <summary>Submits a job. When the task completes, the job is durable.</summary>
    /// <param name="flow">The flow to run.</param>
    /// <param name="input">The job's input.</param>
    /// <param name="options">The job's id and more; a new id if null.</param>
    /// <param name="cancellationToken">Ends the wait, not the job.</param>
    /// <returns>The job: a new one, or the one that is there under the same id with the same flow and input.</returns>
    /// <exception cref="JobConflictException">There is another job of that id.</exception>
    public async Task<JobHandle<TOut>> SubmitAsync<TIn, TOut>(
        Flow<TIn, TOut> flow, TIn input, JobOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(flow);
        var payload = Encode(flow.Executable, input);
        var job = await SubmitCoreAsync(flow.Executable, payload, options, cancellationToken).ConfigureAwait(false);
        return new JobHandle<TOut>(job, flow.ResultTask, _payloads);
    }

    /// <summary>Submits a job of a flow without input. When the task completes, the job is durable.</summary>
    /// <inheritdoc cref="SubmitAsync{TIn,TOut}"/>
    public Task<JobHandle<TOut>> SubmitAsync<TOut>(
        Flow<Nothing, TOut> flow, JobOptions? options = null, CancellationToken cancellationToken = default) =>
        SubmitAsync(flow, Nothing.Value, options, cancellationToken);

    /// <summary>Runs a job to its end.</summary>
    /// <remarks>
    /// Within a task of a job, <see cref="RunningFlows.RunAsync{T,TOut}"/> is the way: it takes no slot while it waits.
    /// </remarks>
    /// <returns>Its result.</returns>
    /// <exception cref="JobFailedException">The job ended without a result; the report says why.</exception>
    public async Task<TOut> RunAsync<TIn, TOut>(
        Flow<TIn, TOut> flow, TIn input, JobOptions? options = null, CancellationToken cancellationToken = default)
    {
        var job = await SubmitAsync(flow, input, options, cancellationToken).ConfigureAwait(false);
        return await job.GetResultAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs a job of a flow without input to its end.</summary>
    /// <inheritdoc cref="RunAsync{TIn,TOut}"/>
    public Task<TOut> RunAsync<TOut>(
        Flow<Nothing, TOut> flow, JobOptions? options = null, CancellationToken cancellationToken = default) =>
        RunAsync(flow, Nothing.Value, options, cancellationToken);

    /// <summary>Submits a job of an untyped flow. When the task completes, the job is durable.</summary>
    /// <param name="flow">The flow to run.</param>
    /// <param name="input">The job's input.</param>
    /// <param name="options">The job's id and more; a new id if null.</param>
    /// <param name="cancellationToken">Ends the wait, not the job.</param>
    /// <returns>The job: a new one, or the one that is there under the same id with the same flow and input.</returns>
    /// <exception cref="JobConflictException">There is another job of that id.</exception>
    public async Task<JobHandle> SubmitAsync(
        ExecutableFlow flow, Payload input, JobOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(flow);
        var payload = Encode(flow, input);
        return new JobHandle(await SubmitCoreAsync(flow, payload, options, cancellationToken).ConfigureAwait(false));
    }

    private async Task<JobRef> SubmitCoreAsync(
        ExecutableFlow flow, Payload input, JobOptions? options, CancellationToken cancellationToken,
        ForkOrigin? origin = null)
    {
        ArgumentNullException.ThrowIfNull(flow);
        _flows.TryAdd(flow.Definition.Name, flow);
        var submission = new JobSubmission(options?.Id ?? NewJobId(), flow, input)
        {
            CorrelationId = options?.CorrelationId,
            Priority = options?.Priority ?? 0,
            Force = options?.Force ?? false,
            ForkedFrom = origin,
        };
        return await _system.SubmitAsync(submission, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A job by its id: one that this engine has, or one of the journal whose flow is registered.</summary>
    /// <returns>The job; an unfinished one that nobody ran goes on. Null if there is none.</returns>
    /// <exception cref="ActorFlowException">Its flow is not registered, or has changed.</exception>
    public async Task<JobHandle?> GetAsync(JobId id, CancellationToken cancellationToken = default)
    {
        var known = await _system.FindKnownAsync(id).WaitAsync(cancellationToken).ConfigureAwait(false);
        if (known is { WhenEnded.IsCompleted: false }) return new JobHandle(known);
        if (await _journal.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } there) return null;
        // Whatever is registered by its flow's name now: it is the one that has run here.
        if (known is not null) return new JobHandle(known);
        return _flows.TryGetValue(there.FlowName, out var flow)
            ? await OpenAsync(id, flow, cancellationToken).ConfigureAwait(false)
            : throw new ActorFlowException($"Job '{id}' is of flow '{there.FlowName}', which is not registered.");
    }

    /// <summary>
    /// What a job of the journal was submitted with, and the flow that it runs now if that was replaced; null if there
    /// is none.
    /// </summary>
    public async Task<SubmittedJob?> FindSubmittedAsync(JobId id, CancellationToken cancellationToken = default)
    {
        _system.RequireOpen();
        var events = await _journal.ReadAsync(id, 1, cancellationToken).ConfigureAwait(false);
        return JobEvents.BeginningOf(events, out _);
    }

    /// <summary>Cancels a job, also one that was interrupted: nothing of it starts again.</summary>
    /// <exception cref="JobNotFoundException">There is no such job.</exception>
    /// <exception cref="JobRejectedException">The job has ended.</exception>
    public async Task<JobHandle> CancelAsync(
        JobId id, ExecutableFlow flow, string? reason = null, CancellationToken cancellationToken = default)
    {
        var (job, rejection) = await _system.CancelAsync(id, flow, reason, cancellationToken).ConfigureAwait(false);
        return rejection is null ? new JobHandle(job) : throw new JobRejectedException(id, rejection.Message);
    }

    /// <summary>All jobs of the journal, in the order of their submission.</summary>
    public async Task<IReadOnlyList<JobSummary>> ListAsync(CancellationToken cancellationToken = default)
    {
        _system.RequireOpen();
        var active = _system.ActiveJobs.Select(job => job.Id).ToHashSet();
        var jobs = await _journal.ListAsync(cancellationToken).ConfigureAwait(false);
        return [.. jobs.Select(job => new JobSummary(
            job.Id, job.FlowName, job.SubmittedAt, job.EndedAt, job.Outcome, active.Contains(job.Id), job.Counts)
        {
            Problem = job.Problem,
        })];
    }
}
