using ActorFlow.Engine;
using ActorFlow.Journal;
using Microsoft.Extensions.Logging;

namespace ActorFlow.Actors;

/// <summary>
/// All jobs of one process: their actors, the pools that they share, and the journal that they live in.
/// </summary>
public sealed partial class JobSystem : IAsyncDisposable
{
    private readonly Dictionary<string, Pool> _pools = new(StringComparer.Ordinal);
    private readonly JobSystemOptions _options;
    private readonly ActiveJobs _active;
    private readonly GuardedLoggers _loggers;
    private readonly ILogger _log;
    private readonly Watchdog _watchdog;
    private long _abandoned;

    /// <summary>Makes a system over a journal, which it owns from here on.</summary>
    public JobSystem(JobSystemOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        Alarms = AlarmClock.For(options.Time);
        _active = new ActiveJobs(options.Threads);
        _loggers = GuardedLoggers.Of(options.LoggerFactory);
        _log = _loggers.CreateLogger("ActorFlow");
        Resources = new ResourcePools(options.Resources, isHeld: false, options.Threads);
        foreach (var (name, size) in options.Pools) _pools.Add(name, new Pool(name, size, options.Threads));
        foreach (var (name, pool) in options.OtherPoolNames) _pools.Add(name, _pools[pool]);
        _watchdog = new Watchdog(this, _log, options.Time, options.WatchdogInterval);
    }

    /// <summary>The pools, by name.</summary>
    public IReadOnlyDictionary<string, Pool> Pools => _pools;

    /// <summary>
    /// Jobs that neither run nor wait for anything, a defect of ActorFlow, or whose supervisor has had no turn for as
    /// long as the watchdog's interval, by its last look.
    /// </summary>
    public IReadOnlyCollection<JobId> StalledJobs => _watchdog.Stalled;

    /// <summary>How many attempts were abandoned since the start.</summary>
    public long AbandonedAttempts => Interlocked.Read(ref _abandoned);

    internal IJournal Journal => _options.Journal;

    internal IThreads Threads => _options.Threads;

    internal TimeProvider Time => _options.Time;

    /// <summary>The same clock, for what is to wake supervisors.</summary>
    internal TimeProvider Alarms { get; }

    internal IPayloadCodec Payloads => _options.Payloads;

    internal IScratchSpace Scratch => _options.Scratch;

    internal TaskStores Stores => _options.Stores;

    internal IProcesses Processes => _options.Processes;

    internal ResourcePools Resources { get; }

    internal IServiceScopes Services => _options.Services;

    internal bool RecordsStackTraces => _options.RecordStackTraces;

    internal int MaxLookahead => _options.MaxLookahead;

    /// <summary>The jobs that are active in this process: begun or resumed, and not ended.</summary>
    public IEnumerable<JobRef> ActiveJobs => _active.All;

    /// <summary>A job that is active in this process, or has ended in it and is held by somebody; else null.</summary>
    public async Task<JobRef?> FindKnownAsync(JobId id) =>
        _active.TryFind(id, out var active) ? await OrNoneAsync(active).ConfigureAwait(false) : null;

    /// <summary>Begins a job, or finds the job that is there. It is durable by then.</summary>
    /// <returns>The job; one that was interrupted goes on.</returns>
    /// <exception cref="JobConflictException">There is another job of that id.</exception>
    public async Task<JobRef> SubmitAsync(JobSubmission submission, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(submission);
        RequirePools(submission.Flow.Definition);
        RequireResources(submission.Flow.Definition);
        var (job, isOwn) = await _active
            .GetOrMakeAsync(submission.Id, () => BeginOrLoadAsync(submission), cancellationToken)
            .ConfigureAwait(false);
        if (isOwn) return job;
        if (await IsForgottenAsync(job, cancellationToken).ConfigureAwait(false))
            return await SubmitAsync(submission, cancellationToken).ConfigureAwait(false);
        submission.RequireSameAs(await job.ReadAsync(s => s.Submitted!).ConfigureAwait(false));
        return job;
    }

    /// <summary>Goes on with a job that was interrupted, or opens one that has ended.</summary>
    /// <exception cref="JobNotFoundException">There is no such job.</exception>
    /// <exception cref="FlowChangedException">The flow is not the one that the job was submitted with.</exception>
    public Task<JobRef> OpenAsync(JobId id, ExecutableFlow flow, CancellationToken cancellationToken) =>
        OpenAsync(id, flow, ChangedFlow.Refuse, cancellationToken);

    /// <summary>Goes on with a job that was interrupted, or opens one that has ended.</summary>
    /// <param name="id">The job.</param>
    /// <param name="flow">Its flow.</param>
    /// <param name="changed">What to do if the job has another flow; one that has ended keeps it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="JobNotFoundException">There is no such job.</exception>
    /// <exception cref="FlowChangedException">The flow is not the one that the job was submitted with.</exception>
    /// <exception cref="JobRejectedException">
    /// The job runs here under another flow, or the flow cannot read its input.
    /// </exception>
    public async Task<JobRef> OpenAsync(
        JobId id, ExecutableFlow flow, ChangedFlow changed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(flow);
        RequireResources(flow.Definition);
        return (await OpenAsync(id, flow, first: null, changed, cancellationToken).ConfigureAwait(false)).Job;
    }

    /// <summary>Whoever holds a job that is there already must not take it for one of another flow.</summary>
    private static async Task RequireSameFlowAsync(JobRef job, ExecutableFlow flow, ChangedFlow changed)
    {
        var there = await job.ReadAsync(state => state.Submitted!).ConfigureAwait(false);
        var given = flow.As(there).Definition;
        if (job.Signals.HasEnded || changed == ChangedFlow.Refuse) FlowDifference.RequireSame(there, given);
        else if (there.FlowFingerprint != given.Fingerprint)
            throw new JobRejectedException(
                job.Id, "It runs here under the flow that it has, and cannot go on with another: "
                + $"{FlowDifference.Describe(there, given)}. Close the engine first, or cancel the job.");
    }

    /// <summary>Cancels a job, also one that was interrupted: nothing of it starts again.</summary>
    /// <returns>The job; with it null, or why it refused.</returns>
    /// <exception cref="JobNotFoundException">There is no such job.</exception>
    /// <exception cref="FlowChangedException">The flow is not the one that the job was submitted with.</exception>
    public async Task<(JobRef Job, Rejection? Rejection)> CancelAsync(
        JobId id, ExecutableFlow flow, string? reason, CancellationToken cancellationToken)
    {
        var ask = new CommandAsk(Threads, at => new JobCommand.CancelJob(at, reason));
        var (job, isOwn) = await OpenAsync(id, flow, ask, ChangedFlow.Refuse, cancellationToken)
            .ConfigureAwait(false);
        if (!isOwn) job.Post(ask);
        return (job, await ask.Answered.ConfigureAwait(false));
    }

    private async Task<(JobRef Job, bool IsOwn)> OpenAsync(
        JobId id, ExecutableFlow flow, Message? first, ChangedFlow changed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(flow);
        RequirePools(flow.Definition);
        var (job, isOwn) = await _active
            .GetOrMakeAsync(id, () => LoadAsync(id, flow, first: first, changed: changed), cancellationToken)
            .ConfigureAwait(false);
        if (isOwn) return (job, true);
        if (await IsForgottenAsync(job, cancellationToken).ConfigureAwait(false))
            return await OpenAsync(id, flow, first, changed, cancellationToken).ConfigureAwait(false);
        await RequireSameFlowAsync(job, flow, changed).ConfigureAwait(false);
        return (job, false);
    }

    /// <summary>
    /// Whether the journal has forgotten a job that ended, though somebody still has a hold of it: then it is not there
    /// any more.
    /// </summary>
    private async Task<bool> IsForgottenAsync(JobRef job, CancellationToken cancellationToken)
    {
        if (!job.Signals.HasEnded) return false;
        if (await Journal.FindAsync(job.Id, cancellationToken).ConfigureAwait(false) is not null) return false;
        _active.Drop(job);
        return true;
    }

    private async Task<JobRef> BeginOrLoadAsync(JobSubmission submission)
    {
        RequireOpen();
        var there = await Journal.FindAsync(submission.Id, CancellationToken.None).ConfigureAwait(false);
        if (there is not null)
            return await LoadAsync(submission.Id, submission.Flow, submission.RequireSameAs).ConfigureAwait(false);
        var job = new JobRef(this, submission.Id, submission.Flow);
        var taken = await TakeAsync(submission).ConfigureAwait(false);
        RequireOpen();
        job.Actor = new JobActor(job, this, new JobMachine(submission.Flow.Definition));
        var ask = new CommandAsk(Threads, at => new JobCommand.SubmitJob(at, submission.ToSubmitted(taken)));
        job.Post(ask);
        await ask.Answered.ConfigureAwait(false);
        _options.OnActive?.Invoke(new JobActivation(job, FromVersion: 1, IsResumed: false));
        return job;
    }

    /// <summary>What a fork begins with; null if the job is none.</summary>
    private async Task<TakenOver?> TakeAsync(JobSubmission submission)
    {
        if (submission.ForkedFrom is not { } origin) return null;
        var events = await Journal.ReadAsync(origin.Job, 1, CancellationToken.None).ConfigureAwait(false);
        if (events.Count == 0) throw new JobNotFoundException(origin.Job);
        submission.Flow.RequireInput(submission.Id, Payloads, submission.Input);
        return Takeover.Fork(JobPast.Of(events), submission.Flow.Definition, origin.Task, submission.Input);
    }

    internal IReadOnlyList<Pool> PoolsFor(Flow flow) => [.. flow.Pools.Names.Select(name => _pools[name])];

    internal ILogger LoggerFor(string flow, string task) =>
        _loggers.CreateLogger($"ActorFlow.{flow}.{task}");

    internal TaskLogFile? LogFor(AttemptResources attempt) =>
        _options.TaskLogs is { } files ? new TaskLogFile(files, attempt, _log) : null;

    private void RequirePools(Flow flow)
    {
        foreach (var pool in flow.Pools.Names)
            if (!_pools.ContainsKey(pool))
                throw new ActorFlowException(
                    $"Flow '{flow.Name}' uses pool '{pool}', and there is none. There are: "
                    + $"{string.Join(", ", _pools.Keys)}.{Suggestions.For(pool, _pools.Keys)} To have it: "
                    + $"Pools[\"{pool}\"] = N in the options of the engine, or --pool {pool}=N on the command line.");
    }

    // Not asked of a job that is to be cancelled: nothing of it starts any more.
    private void RequireResources(Flow flow)
    {
        var problems = flow.Policies
            .SelectMany(policy => Resources.Problems(policy.Needs).Select(what => $"{NameOf(flow, policy)} {what}"))
            .ToList();
        if (problems.Count == 0) return;
        throw new ActorFlowException(problems.Count == 1
            ? $"Flow '{flow.Name}': {problems[0]}"
            : $"Flow '{flow.Name}' cannot have what it needs, for {problems.Count} reasons:"
                + string.Concat(problems.Select(problem => $"\n  {problem}")));
    }

    private static string NameOf(Flow flow, TaskPolicy policy) =>
        flow.Tasks.FirstOrDefault(task => ReferenceEquals(task.Policy, policy)) is { } task
            ? $"task '{task.Name}'"
            : "a task of a flow that one of its tasks adds";

    internal void NoteAbandoned(JobActor job, FlowTask task, int attempt)
    {
        Interlocked.Increment(ref _abandoned);
        Log.AttemptAbandoned(_log, job.Id.Value, task.Name, attempt);
    }

    internal void NoteCallbackThrew(JobActor job, string task, int attempt, Exception error) =>
        Log.CallbackThrew(_log, error, job.Id.Value, task, attempt);

    internal void NoteScratchLeft(JobActor job, string task, int attempt, Exception error) =>
        Log.ScratchLeft(_log, error, job.Id.Value, task, attempt);

    internal void NoteDataset(DatasetUse use)
    {
        try
        {
            _options.OnDataset?.Invoke(use);
        }
        catch (Exception e)
        {
            Log.DatasetListenerThrew(_log, e, use.Job.Value, use.Task);
        }
    }

    internal void NoteProgress(AttemptProgress progress)
    {
        try
        {
            _options.OnProgress?.Invoke(progress);
        }
        catch (Exception e)
        {
            Log.ProgressListenerThrew(_log, e, progress.Job.Value, progress.Task);
        }
    }
}
