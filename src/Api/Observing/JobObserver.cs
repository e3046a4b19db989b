using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>Is told what happens to the jobs of an engine. Override what you care about.</summary>
/// <remarks>
/// An observer hears of one job's events in order, after they are durable, from one caller at a time; of several jobs
/// at once. It never holds up a job: one that is slow falls behind. One that throws is logged, and hears of the next
/// event. After a crash it hears of what happens from then on: events that it had not heard of yet are not told again,
/// and are in the journal.
/// </remarks>
public abstract class JobObserver
{
    /// <summary>A job was submitted, or goes on after an interruption.</summary>
    public virtual ValueTask OnJobStartedAsync(JobHandle job, CancellationToken cancellationToken) => default;

    /// <summary>A job has ended.</summary>
    public virtual ValueTask OnJobEndedAsync(JobHandle job, JobPhase outcome, CancellationToken cancellationToken) =>
        default;

    /// <summary>An attempt begins.</summary>
    public virtual ValueTask OnTaskStartedAsync(
        JobHandle job, FlowTask task, int attempt, CancellationToken cancellationToken) => default;

    /// <summary>A task has ended, however.</summary>
    public virtual ValueTask OnTaskEndedAsync(
        JobHandle job, FlowTask task, TaskPhase outcome, JobEvent fact, CancellationToken cancellationToken) => default;

    /// <summary>An attempt has failed.</summary>
    public virtual ValueTask OnAttemptFailedAsync(
        JobHandle job, FlowTask task, int attempt, Failure failure, CancellationToken cancellationToken) => default;

    /// <summary>A task is to be tried again.</summary>
    public virtual ValueTask OnRetryAsync(
        JobHandle job, FlowTask task, DateTimeOffset dueAt, Reason reason, CancellationToken cancellationToken) =>
            default;

    /// <summary>A task was skipped; also told as ended.</summary>
    public virtual ValueTask OnTaskSkippedAsync(
        JobHandle job, FlowTask task, Reason reason, FlowTask? cause, CancellationToken cancellationToken) => default;

    /// <summary>An attempt points at something; told of each marker by itself, while the attempt runs.</summary>
    public virtual ValueTask OnMarkerAsync(
        JobHandle job, FlowTask task, int attempt, Marker marker, CancellationToken cancellationToken) => default;

    /// <summary>Any event at all.</summary>
    public virtual ValueTask OnEventAsync(JobHandle job, JobEvent fact, CancellationToken cancellationToken) => default;

    /// <summary>An attempt says how far it is. Called at once on the task's thread: it must not block.</summary>
    public virtual void OnProgress(AttemptProgress progress) { }
}
