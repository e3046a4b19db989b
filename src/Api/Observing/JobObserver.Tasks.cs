using ActorFlow.Actors;

namespace ActorFlow;

// What is told of tasks, in the order of a task's life; a new kind of event gets its call here, and its arm in
// ObserverPump.
public abstract partial class JobObserver
{
    /// <summary>An attempt begins that is not the task's first; told before <see cref="OnTaskStartedAsync"/>.</summary>
    /// <param name="job">The job.</param>
    /// <param name="task">The task.</param>
    /// <param name="attempt">The attempt that begins, from 2.</param>
    /// <param name="failure">
    /// Why the attempt before it failed; null if that was before the job began or went on here.
    /// </param>
    /// <param name="cancellationToken">Cancelled when the engine closes.</param>
    public virtual ValueTask OnRetryStartedAsync(
        JobHandle job, FlowTask task, int attempt, Failure? failure, CancellationToken cancellationToken) => default;

    /// <summary>An attempt begins.</summary>
    public virtual ValueTask OnTaskStartedAsync(
        JobHandle job, FlowTask task, int attempt, CancellationToken cancellationToken) => default;

    /// <summary>
    /// An attempt says that it is alive, and maybe how far it is. Called at once on the task's thread: it must not
    /// block. What it throws is logged.
    /// </summary>
    public virtual void OnProgress(AttemptProgress progress) { }

    /// <summary>An attempt was asked to stop.</summary>
    public virtual ValueTask OnAttemptStoppingAsync(
        JobHandle job, FlowTask task, int attempt, Reason reason, CancellationToken cancellationToken) => default;

    /// <summary>An attempt did not stop within its grace time, and nobody waits for it any more.</summary>
    public virtual ValueTask OnAttemptAbandonedAsync(
        JobHandle job, FlowTask task, int attempt, CancellationToken cancellationToken) => default;

    /// <summary>An attempt has failed.</summary>
    public virtual ValueTask OnAttemptFailedAsync(
        JobHandle job, FlowTask task, int attempt, Failure failure, CancellationToken cancellationToken) => default;

    /// <summary>
    /// An attempt has ended that was not the task's first; told after <see cref="OnAttemptFailedAsync"/>, or after
    /// <see cref="OnTaskEndedAsync"/> if it succeeded.
    /// </summary>
    public virtual ValueTask OnRetryEndedAsync(
        JobHandle job, FlowTask task, int attempt, bool succeeded, CancellationToken cancellationToken) => default;

    /// <summary>A task is to be tried again, and waits until then.</summary>
    public virtual ValueTask OnRetryAsync(
        JobHandle job, FlowTask task, DateTimeOffset dueAt, Reason reason, CancellationToken cancellationToken) =>
            default;

    /// <summary>A task's attempts are used up, and it waits for an operator.</summary>
    public virtual ValueTask OnTaskHeldAsync(
        JobHandle job, FlowTask task, Reason reason, CancellationToken cancellationToken) => default;

    /// <summary>An attempt points at something; told of each marker by itself, while the attempt runs.</summary>
    public virtual ValueTask OnMarkerAsync(
        JobHandle job, FlowTask task, int attempt, Marker marker, CancellationToken cancellationToken) => default;

    /// <summary>A task was skipped; also told as ended, after this.</summary>
    public virtual ValueTask OnTaskSkippedAsync(
        JobHandle job, FlowTask task, Reason reason, FlowTask? cause, CancellationToken cancellationToken) => default;

    /// <summary>A task has ended, however.</summary>
    /// <param name="job">The job.</param>
    /// <param name="task">The task.</param>
    /// <param name="outcome">How: one that went on with a default output has succeeded.</param>
    /// <param name="fact">The event that says so; it holds the output or the failure.</param>
    /// <param name="cancellationToken">Cancelled when the engine closes.</param>
    public virtual ValueTask OnTaskEndedAsync(
        JobHandle job, FlowTask task, TaskPhase outcome, JobEvent fact, CancellationToken cancellationToken) => default;
}
