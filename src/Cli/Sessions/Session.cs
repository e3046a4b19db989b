using System.Runtime.InteropServices;
using ActorFlow.Actors;
using ActorFlow.Journal;
using Serilog;

namespace ActorFlow.Cli;

/// <summary>One command that runs jobs: its engine, its display, and what Ctrl-C does.</summary>
internal sealed class Session : IAsyncDisposable
{
    private readonly Terminal _terminal;
    private readonly SessionSettings _settings;
    private readonly ActorFlowEngine _engine;
    private readonly Serilog.Core.Logger _log;
    private readonly EndNotices _notices;
    private int _leftOut;
    private readonly CancellationTokenSource _interrupted = new();
    private readonly HookObserver _hooks;
    private readonly List<MadeServices> _services = [];

    private Session(Terminal terminal, SessionSettings settings)
    {
        _terminal = terminal;
        _settings = settings;
        // Before anything runs: an address that makes no sense, and a file that cannot be written, are bad usage.
        _notices = new EndNotices(terminal, settings.NotifyWebhook);
        if (settings.ReportFile is { } report) ReportFile.RequireWritable(report);
        if (settings.MustExist) _ = DataDirectory.JournalOf(settings.DataDirectory);
        _log = Logs.Create(terminal, settings);
        _hooks = new HookObserver(terminal);
        _engine = ActorFlowEngine.Create(OptionsOf(settings));
    }

    private ActorFlowOptions OptionsOf(SessionSettings settings)
    {
        var options = new ActorFlowOptions
        {
            DataDirectory = settings.DataDirectory,
            InMemory = settings.InMemory,
            ComputePoolSize = settings.Parallel ?? Environment.ProcessorCount,
            HasOnePool = true,
            TaskLogs = settings.InMemory ? null : new TaskLogOptions(),
            LoggerFactory = new Serilog.Extensions.Logging.SerilogLoggerFactory(_log),
            Observers = { new ConsoleObserver(_terminal, settings, _log), _hooks },
        };
        foreach (var (name, size) in settings.Pools) options.Pools[name] = size;
        foreach (var (name, units) in settings.Resources) options.Resources[name] = units;
        return options;
    }

    private TaskLogFiles? TaskLogs => _engine.TaskLogs;

    /// <summary>
    /// Opens a session, does the work in it, and closes it; turns an interruption into its exit code.
    /// </summary>
    public static async Task<int> RunAsync(Terminal terminal, SessionSettings settings, Func<Session, Task<int>> work)
    {
        await using var session = new Session(terminal, settings);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, session.Interrupt);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, session.Interrupt);
        using var quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, session.Interrupt);
        // The terminal is closed; whoever was started by nohup goes on without it.
        using var hangUp = IgnoredSignals.HangUp
            ? null
            : PosixSignalRegistration.Create(PosixSignal.SIGHUP, session.Interrupt);
        return await work(session).ConfigureAwait(false);
    }

    private void Interrupt(PosixSignalContext context)
    {
        context.Cancel = true;
        _interrupted.Cancel();
    }

    /// <summary>Begins a job, or finds the one that is there.</summary>
    public Task<JobHandle> SubmitAsync(
        JobPackage package, Payload input, JobId? id, CancellationToken cancellationToken)
    {
        // What is wrong with the flow comes first.
        var flow = ReadyOf(package);
        RequireNotices(package);
        return _engine.SubmitAsync(flow, input, new JobOptions { Id = id }, cancellationToken);
    }

    // Before anything runs: a variable that is not set is bad usage.
    private static void RequireNotices(JobPackage package)
    {
        foreach (var notice in package.Telling.Notices) _ = notice.Open();
    }

    private ExecutableFlow ReadyOf(JobPackage package)
    {
        var flow = package.Executable(TaskLogs);
        if (package.Services is { } services) _services.Add(services);
        _notices.Add(flow.Definition, package.Telling);
        _hooks.Add(flow.Definition, package.Telling.Hooks, package.Directory);
        return flow;
    }

    /// <summary>Opens a job of the journal; an unfinished one goes on.</summary>
    public async Task<JobHandle> OpenAsync(JobId id, CancellationToken cancellationToken)
    {
        var package = await FindAsync(id, cancellationToken).ConfigureAwait(false);
        return await _engine.OpenAsync(id, ReadyOf(package), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Cancels a job; nothing of it starts again.</summary>
    public async Task CancelAsync(JobId id, string? reason, CancellationToken cancellationToken)
    {
        var package = await FindAsync(id, cancellationToken).ConfigureAwait(false);
        var job = await _engine.CancelAsync(id, ReadyOf(package), reason, cancellationToken).ConfigureAwait(false);
        await job.WaitAsync(cancellationToken).ConfigureAwait(false);
        await _notices.TellAsync([job], [await job.GetReportAsync(cancellationToken).ConfigureAwait(false)])
            .ConfigureAwait(false);
    }

    private async Task<JobPackage> FindAsync(JobId id, CancellationToken cancellationToken) =>
        JobPackage.FromJob(await FindSubmittedAsync(id, cancellationToken).ConfigureAwait(false));

    private async Task<SubmittedJob> FindSubmittedAsync(JobId id, CancellationToken cancellationToken) =>
        await _engine.FindSubmittedAsync(id, cancellationToken).ConfigureAwait(false)
            ?? throw new ActorFlowException($"There is no job '{id}' in '{_settings.DataDirectory}'."
                + Suggestions.For(id.Value, (await _engine.ListAsync(cancellationToken).ConfigureAwait(false))
                    .Select(job => job.Id.Value)));

    /// <summary>Goes on with one unfinished job, or with all.</summary>
    /// <param name="only">The job; null for all.</param>
    /// <param name="changed">What to do if its flow has changed; null to go on with the flow that it keeps.</param>
    /// <param name="flow">Where its flow is now; null for where it was.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<JobHandle>> ResumeAsync(
        JobId? only, ChangedFlow? changed, string? flow, CancellationToken cancellationToken)
    {
        var handles = new List<JobHandle>();
        var jobs = await _engine.ListAsync(cancellationToken).ConfigureAwait(false);
        if (only is { } id)
        {
            handles.Add(await ResumeAsync(id, changed, flow, cancellationToken).ConfigureAwait(false));
            var ended = EndedLine.Of(id, jobs.First(job => job.Id == id).Outcome, DataOption());
            if (ended is not null && !_settings.Quiet)
                await _terminal.Errors.WriteLineAsync($"actorflow: {ended}").ConfigureAwait(false);
            return handles;
        }

        foreach (var job in jobs)
            if (job.Outcome is null)
                await TryResumeAsync(job.Id, handles, changed, cancellationToken).ConfigureAwait(false);
        if (handles.Count == 0 && _leftOut == 0 && !_settings.Quiet)
            await _terminal.Output.WriteLineAsync("There are no unfinished jobs.").ConfigureAwait(false);
        return handles;
    }

    // One that cannot go on keeps no other.
    private async Task TryResumeAsync(
        JobId id, List<JobHandle> handles, ChangedFlow? changed, CancellationToken cancellationToken)
    {
        try
        {
            handles.Add(await ResumeAsync(id, changed, flow: null, cancellationToken).ConfigureAwait(false));
        }
        catch (ActorFlowException e) when (e is (not JournalException) or JournalDamagedException)
        {
            _leftOut++;
            await _terminal.Errors.WriteLineAsync($"actorflow: Job '{id}' stays as it is: {ErrorText.Of(e)}")
                .ConfigureAwait(false);
        }
    }

    private async Task<JobHandle> ResumeAsync(
        JobId id, ChangedFlow? changed, string? flow, CancellationToken cancellationToken)
    {
        var package = await FindAsync(id, cancellationToken).ConfigureAwait(false);
        if (flow is not null || changed is not null)
        {
            package = package.Anew(flow);
            var jobs = await _engine.ListAsync(cancellationToken).ConfigureAwait(false);
            if (jobs.Any(job => job.Id == id && job.Outcome is not null))
                throw new ActorFlowException(
                    $"Job '{id}' has ended and keeps its flow. With another one it runs as a job of its own: "
                    + $"actorflow fork {id} FLOW --from TASK.");
        }

        return await _engine
            .OpenAsync(id, ReadyOf(package), changed ?? ChangedFlow.Refuse, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Begins a job that shares the results of an ended one.</summary>
    /// <param name="fork">What to fork.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<JobHandle> ForkAsync(Fork fork, CancellationToken cancellationToken)
    {
        var old = await FindSubmittedAsync(fork.Job, cancellationToken).ConfigureAwait(false);
        var package = JobPackage.FromJob(old);
        if (fork.Flow is not null) package = package.Anew(fork.Flow);
        var input = fork.InputFile is not null ? package.ReadInput(fork.InputFile, fork.Settings, Console.In)
            // Another flow may have inputs with defaults that the job has not recorded.
            : fork.Settings.Count > 0 || fork.Flow is not null ? package.ReadInput(old.Input, fork.Settings)
            : null;
        RequireNotices(package);
        var flow = ReadyOf(package);
        fork.RequireOwnTask(flow.Definition);
        return await _engine.ForkAsync(
            fork.Job, fork.From, flow, input, new JobOptions { Id = fork.Id }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits for jobs, shows how they go and how they ended, and writes their reports.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> FinishAsync(IReadOnlyList<JobHandle> jobs)
    {
        try
        {
            await ProgressView.WatchAsync(_terminal, _settings, jobs, _interrupted.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_interrupted.IsCancellationRequested)
        {
            return await StopAsync(jobs).ConfigureAwait(false);
        }

        foreach (var job in jobs) await TellHeldAsync(job).ConfigureAwait(false);
        var reports = new List<JobReport>();
        foreach (var job in jobs) reports.Add(await job.GetReportAsync().ConfigureAwait(false));
        foreach (var report in reports) await ShowAsync(report).ConfigureAwait(false);
        if (_settings.ReportFile is { } file) ReportFile.Write(file, reports);
        await _notices.TellAsync(jobs, reports).ConfigureAwait(false);
        if (_leftOut > 0) return ExitCodes.BadUsage;
        return reports.TrueForAll(report =>
            report.Phase == JobPhase.Succeeded) ? ExitCodes.Success : ExitCodes.JobFailed;
    }

    private async Task ShowAsync(JobReport report)
    {
        var data = _settings.InMemory ? null : _settings.DataDirectory;
        try
        {
            if (!_settings.Quiet)
                await _terminal.Output.WriteLineAsync(ShortReport.Of(report, data)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The job has ended as it has, whoever can read of it.
            await Terminal.TryWriteLineAsync(
                _terminal.Errors, $"actorflow: how job {report.Job} ended could not be printed: {e.Message}")
                .ConfigureAwait(false);
        }

        if (_settings.Quiet && FailureLine.Of(report) is { } line)
            await Terminal.TryWriteLineAsync(_terminal.Errors, $"actorflow: {line}").ConfigureAwait(false);
    }

    private async Task TellHeldAsync(JobHandle job)
    {
        if (!await job.WaitsForOperatorAsync().ConfigureAwait(false)) return;
        var held = HeldLine.Of(job.Id, await HeldAsync(job).ConfigureAwait(false), DataOption());
        await _terminal.Errors.WriteLineAsync($"actorflow: {held}").ConfigureAwait(false);
    }

    private static async Task<IReadOnlyList<string>> HeldAsync(JobHandle job)
    {
        if (!await job.WaitsForOperatorAsync().ConfigureAwait(false)) return [];
        var report = await job.GetReportAsync().ConfigureAwait(false);
        return [.. report.Tasks.Where(task => task.Phase == TaskPhase.Held).Select(task => task.Name)];
    }

    /// <summary>Tries again what is held for an operator; in a job that has ended, what failed.</summary>
    public static async Task RetryAsync(JobHandle job, CancellationToken cancellationToken)
    {
        var held = await HeldAsync(job).ConfigureAwait(false);
        foreach (var task in held)
            await job.SettleAsync(task, Directive.Retry, output: null, cancellationToken).ConfigureAwait(false);
        if (held.Count == 0) await job.RetryFailedAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<int> StopAsync(IReadOnlyList<JobHandle> jobs)
    {
        await _engine.DisposeAsync().ConfigureAwait(false);
        foreach (var job in jobs)
            await _terminal.Errors.WriteLineAsync(_settings.InMemory
                ? $"actorflow: interrupted; job {job.Id} was in memory only and is lost."
                : $"actorflow: interrupted. To go on: actorflow resume {job.Id}{DataOption()}").ConfigureAwait(false);
        return ExitCodes.Interrupted;
    }

    private string DataOption() => ShortReport.DataOption(_settings.DataDirectory);

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync().ConfigureAwait(false);
        foreach (var services in _services)
            await services.EndAsync(e => _terminal.Errors.WriteLine(
                $"actorflow: a service could not be disposed of: {e.Message}")).ConfigureAwait(false);
        await _log.DisposeAsync().ConfigureAwait(false);
        _interrupted.Dispose();
    }
}
