using Microsoft.Extensions.Logging;

namespace ActorFlow.Actors;

/// <summary>What one attempt has asked for beyond its inputs: made on first use, given back at its end.</summary>
internal sealed class AttemptResources(TaskActor actor, JobActor job, FlowTask task, int attempt) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationToken _cancellation = actor.CancellationToken;
    private readonly ResourcePools.Holding? _held = actor.Held;
    private readonly SignsOfLife? _signs = task.Policy.Timeouts.Heartbeat is not null
        ? new SignsOfLife(job.Ref.Post, job.System.Time, task.Number, attempt)
        : null;
    private AttemptMarks? _marks;
    private int _programs;
    private ILogger? _logger;
    private TaskLogFile? _log;
    private TraceBag? _traces;
    private IServiceScopeHandle? _scope;
    private IServiceProvider? _services;
    private string? _scratch;
    private bool _keepScratch;
    private bool _ended;
    private Datasets? _datasets;
    private string? _runDirectory;

    /// <summary>The run that keeps its state for the next; null for tasks that keep none.</summary>
    public TaskRun? Run { get; set; }

    public TaskCall Call => new(actor);

    public string TaskName => task.Name;

    public string FlowName => job.Flow.Name;

    public JobId Job => job.Id;

    public int Attempt => attempt;

    public string CorrelationId => job.State.Submitted?.CorrelationId ?? job.Id.Value;

    public CancellationToken CancellationToken => _cancellation;

    public TimeProvider Time => job.System.Time;

    public ILogger Logger
    {
        get
        {
            lock (_gate)
            {
                if (_logger is not null) return _logger;
                if (!_ended) _log = job.System.LogFor(this);
                return _logger = new AttemptLogger(job.System.LoggerFor(job.Flow.Name, task.Name), _log, this);
            }
        }
    }

    public IServiceProvider Services
    {
        get
        {
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_ended, typeof(TaskContext));
                if (_services is not null) return _services;
                _scope = job.System.Services.OpenScope();
                return _services = Provide?.Invoke(_scope.Services) ?? _scope.Services;
            }
        }
    }

    /// <summary>Makes what the attempt sees of the host's services; null for nothing but them.</summary>
    public Func<IServiceProvider, IServiceProvider>? Provide { get; set; }

    public string ScratchDirectory
    {
        get
        {
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_ended, typeof(TaskContext));
                return _scratch ??= job.System.Scratch.Create(job.Id, task.Name, attempt);
            }
        }
    }

    public void KeepScratch() => _keepScratch = true;

    public void Trace(string name, object? value)
    {
        lock (_gate)
        {
            if (!_ended) (_traces ??= new TraceBag()).Note(name, value);
        }
    }

    /// <summary>The failure of the attempt, with what it noted down; its log is told.</summary>
    public Failure Explain(Failure failure)
    {
        if (_traces is not null) failure = failure with { Traces = [.. _traces.Render(), .. failure.Traces] };
        _log?.WriteFailure(failure);
        return failure;
    }

    public Datasets Datasets => _datasets ??= new Datasets(job.System.Stores, (key, action) =>
    {
        if (action == DatasetAction.Saved) Note(new AttemptNotes { Saved = [key] });
        job.System.NoteDataset(new DatasetUse(job.Id, task.Name, attempt, key, action));
    });

    public void KeepDatasetsIn(IDatasetStore store) => _datasets = Datasets.In(store);

    public string RunDirectory
    {
        get
        {
            lock (_gate)
            {
                if (Run is { } run) return run.Directory;
                _runDirectory ??= job.System.Stores.Runs.DirectoryOf(job.Flow.Name, task.Name);
                return Directory.CreateDirectory(_runDirectory).FullName;
            }
        }
    }

    public bool InputsChanged =>
        Run?.InputsChanged ?? actor.UpstreamNotes.Values.Any(notes => notes is not { IsUnchanged: true });

    public void HasChangedNothing()
    {
        // Who keeps the state of the run decides: an attempt before this one may have changed something.
        if (Run is { } run) run.IsUnchanged = true;
        else Note(new AttemptNotes { IsUnchanged = true });
    }

    // Code may save several datasets at once, and may still do so when its attempt is over.
    private void Note(AttemptNotes notes)
    {
        lock (_gate)
        {
            if (!_ended) actor.Note(notes);
        }
    }

    public TaskRun RequireRun() => Run ?? throw new ActorFlowException(
        $"Task '{task.Name}' of flow '{job.Flow.Name}' keeps no state from run to run; declare it with UpToDate().");

    public IProcesses Processes => job.System.Processes;

    /// <summary>What its programs are known by.</summary>
    public string ProcessMark => AttemptMark.Of(job.Id, job.State.SubmittedAt, task.Name, attempt);

    /// <summary>Whether the task has needs of its own, and holds them.</summary>
    public bool HoldsUnits => _held is not null;

    /// <summary>What its programs take their units from.</summary>
    public ResourcePools Pools => _held?.Pools ?? job.System.Resources;

    public ProgramRun BeginProgram(ProcessSpec spec) => new(this, spec, Interlocked.Increment(ref _programs));

    /// <summary>Notes a marker; after the attempt's end there is nobody to hear of it.</summary>
    public void Mark(Marker marker)
    {
        lock (_gate)
        {
            if (!_ended) (_marks ??= new AttemptMarks(job, task.Number, attempt)).Add(marker);
        }
    }

    public Task<string> WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        job.System.Scratch.WriteAsync(ScratchDirectory, path, content, cancellationToken);

    public void Heartbeat(double? progress, string? message)
    {
        if (_ended) return;
        _signs?.Give();
        job.System.NoteProgress(new AttemptProgress(job.Id, task.Name, attempt, progress, message));
    }

    /// <summary>The attempt has ended, or was abandoned.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_ended) return;
            _ended = true;
            _marks?.End();
        }

        // Nothing more is made from here on. Services may wait for code that still logs, and it asks at the gate.
        try
        {
            _log?.Dispose();
            _scope?.Dispose();
        }
        finally
        {
            if (_scratch is not null) Leave(_scratch);
        }
    }

    // What a program has left there may be anybody's: it does not undo what the attempt has done.
    private void Leave(string directory)
    {
        try
        {
            if (!_keepScratch) job.System.Scratch.Delete(directory);
            else NoteKept(directory);
        }
        catch (Exception e)
        {
            job.System.NoteScratchLeft(job, task.Name, attempt, e);
        }
    }

    private void NoteKept(string directory)
    {
        var (files, more) = job.System.Scratch.List(directory, Limits.KeptFiles);
        job.Ref.Post(new FilesKept(task.Number, new KeptFiles(attempt, directory, files, more)));
    }
}
