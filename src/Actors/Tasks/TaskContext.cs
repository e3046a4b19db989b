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

    /// <summary>Leaves the scratch directory there when the attempt ends.</summary>
    public void KeepScratchDirectory() => _resources.KeepScratch();

    /// <summary>Says that the attempt is alive; with a heartbeat time-out, silence fails it.</summary>
    /// <param name="progress">How far it is, from 0 to 1, if it knows.</param>
    public void Heartbeat(double? progress = null) => _resources.Heartbeat(progress, message: null);

    /// <summary>Tells observers how far it is; a sign of life too.</summary>
    /// <param name="progress">From 0 to 1.</param>
    /// <param name="message">What it is doing.</param>
    public void Report(double progress, string? message = null) => _resources.Heartbeat(progress, message);
}
