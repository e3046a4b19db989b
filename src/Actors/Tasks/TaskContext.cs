using ActorFlow.Actors;
using Microsoft.Extensions.Logging;

namespace ActorFlow;

/// <summary>What an attempt knows of itself and may ask for. Use it only while the attempt runs.</summary>
public sealed partial class TaskContext
{
    private readonly AttemptResources _resources;

    internal TaskContext(AttemptResources resources) => _resources = resources;

    internal AttemptResources Resources => _resources;

    /// <summary>The attempt as its body sees it: for libraries that offer ways to run tasks.</summary>
    public TaskCall Call => _resources.Call;

    /// <summary>The task's name.</summary>
    public string TaskName => _resources.TaskName;

    /// <summary>The flow's name.</summary>
    public string FlowName => _resources.FlowName;

    /// <summary>The job.</summary>
    public JobId JobId => _resources.Job;

    /// <summary>
    /// Which attempt this is, from 1. With job and task it makes an idempotency key for the outside world.
    /// </summary>
    public int Attempt => _resources.Attempt;

    /// <summary>Ties together jobs and logs of one cause: what the submitter gave, or the job's id.</summary>
    public string CorrelationId => _resources.CorrelationId;

    /// <summary>Logs with job, task and attempt on every line.</summary>
    public ILogger Logger => _resources.Logger;

    /// <summary>Cancelled when the attempt is to stop.</summary>
    public CancellationToken CancellationToken => _resources.CancellationToken;

    /// <summary>The host's services, in a scope of this attempt; empty if the engine was created without.</summary>
    public IServiceProvider Services => _resources.Services;

    /// <summary>The engine's clock: use it for delays, so that tests can turn time.</summary>
    public TimeProvider Time => _resources.Time;

    /// <summary>A directory of this attempt alone: made on first use, removed at the end unless it is kept.</summary>
    public string ScratchDirectory => _resources.ScratchDirectory;

    /// <summary>
    /// A directory of this task that stays from job to job of the flow; made on first use. Other than the scratch
    /// directory it is never emptied: what the last run left is there.
    /// </summary>
    /// <remarks>Of two jobs at once only tasks that are declared with <c>UpToDate()</c> wait for each other.</remarks>
    public string RunDirectory => _resources.RunDirectory;

    /// <summary>What the task remembers from its last run that succeeded.</summary>
    /// <exception cref="ActorFlowException">The task is not declared with <c>UpToDate()</c>.</exception>
    public TaskMemento Memento => _resources.RequireRun().Memento;

    /// <summary>
    /// Whether something that this task needs may have changed: a task before it ran, and did not say that it changed
    /// nothing. Tasks that are declared with <c>UpToDate()</c> know it exactly, since their own last run.
    /// </summary>
    public bool InputsChanged => _resources.InputsChanged;

    /// <summary>Datasets, which stay when the job is over. What this attempt saves is named in the report.</summary>
    public Datasets Datasets => _resources.Datasets;

    /// <summary>Keeps the datasets of this attempt in another store from now on.</summary>
    /// <param name="store">The store; a flow names one for all of its tasks by <c>SaveIn</c>.</param>
    public void KeepDatasetsIn(IDatasetStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        _resources.KeepDatasetsIn(store);
    }

    /// <summary>Says that the task has read files: it runs again when they change.</summary>
    /// <param name="files">The files; relative ones are below the run directory.</param>
    /// <exception cref="ActorFlowException">The task is not declared with <c>UpToDate()</c>.</exception>
    public void HasRead(params IEnumerable<string> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        foreach (var file in files) _resources.RequireRun().Read.Enqueue(file);
    }

    /// <summary>Says that the task has written files: it runs again when they are changed or gone.</summary>
    /// <param name="files">The files; relative ones are below the run directory.</param>
    /// <exception cref="ActorFlowException">The task is not declared with <c>UpToDate()</c>.</exception>
    public void HasWritten(params IEnumerable<string> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        foreach (var file in files) _resources.RequireRun().Written.Enqueue(file);
    }

    /// <summary>
    /// Says that all is as it was before the attempt: whoever needs this task has no reason to run because of it.
    /// Of a task that keeps its state it counts if the attempt before this one succeeded.
    /// </summary>
    public void HasChangedNothing() => _resources.HasChangedNothing();

    /// <summary>Leaves the scratch directory there when the attempt ends.</summary>
    public void KeepScratchDirectory() => _resources.KeepScratch();

    /// <summary>Notes down a value, so that the report can show it should the attempt fail.</summary>
    /// <remarks>
    /// The last value under a name counts. It is written down as JSON when the attempt fails and only then, as it is
    /// by then: what has no JSON form by its type and text, what is long is cut after 1000 bytes. 64 names are kept.
    /// It goes into the journal and into reports: trace no secrets.
    /// </remarks>
    /// <param name="name">What it is.</param>
    /// <param name="value">The value.</param>
    public void Trace(string name, object? value)
    {
        ArgumentNullException.ThrowIfNull(name);
        _resources.Trace(name, value);
    }

    /// <summary>Says that the attempt is alive; with a heartbeat time-out, silence fails it.</summary>
    /// <param name="progress">How far it is, from 0 to 1, if it knows.</param>
    public void Heartbeat(double? progress = null) => _resources.Heartbeat(progress, message: null);

    /// <summary>Tells observers how far it is; a sign of life too.</summary>
    /// <param name="progress">From 0 to 1.</param>
    /// <param name="message">What it is doing.</param>
    public void Report(double progress, string? message = null) => _resources.Heartbeat(progress, message);
}
