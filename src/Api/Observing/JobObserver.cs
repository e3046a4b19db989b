using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>Is told what happens to the jobs of an engine. Override what you care about.</summary>
/// <remarks>
/// <para>
/// An observer hears of one job's events in order, after they are durable, one call at a time; of several jobs at once.
/// That the engine has started is told before anything else, and that it has stopped behind all else. It holds up
/// neither a job nor another observer: one that is slow falls behind. One that throws is logged, and gets its next
/// call.
/// </para>
/// <para>
/// Of each event it hears at most once in a process: first <see cref="OnEventAsync"/>, and then what the event means,
/// as the calls say below. After a crash it hears of what happens from then on: events that it had not heard of yet are
/// not told again, and are in the journal. When the engine closes, the tokens of its calls are cancelled, and what has
/// happened and was not told yet is told still, with a token that is not.
/// </para>
/// <para>
/// Closing an engine waits for its observers: a call must not wait for <see cref="ActorFlowEngine.DisposeAsync"/> of
/// its own engine, which would wait for the call. It may begin it.
/// </para>
/// <para>
/// Two calls come at once, on the threads of tasks: <see cref="OnProgress"/> and <see cref="OnDataset"/>. Those that
/// come while the observer still hears of the engine's start are made when it has, at most 1000 of them; those that
/// come when it has stopped are not made.
/// </para>
/// </remarks>
public abstract partial class JobObserver
{
    /// <summary>The engine was created; nothing of its jobs was told before.</summary>
    public virtual ValueTask OnEngineStartedAsync(ActorFlowEngine engine, CancellationToken cancellationToken) =>
        default;

    /// <summary>
    /// The engine closes: nothing runs any more, and nothing is told after. Reports can still be asked for.
    /// </summary>
    public virtual ValueTask OnEngineStoppedAsync(ActorFlowEngine engine, CancellationToken cancellationToken) =>
        default;

    /// <summary>Any event at all; told before what it means.</summary>
    public virtual ValueTask OnEventAsync(JobHandle job, JobEvent fact, CancellationToken cancellationToken) => default;

    /// <summary>A job was submitted, goes on after an interruption, or goes on after its end.</summary>
    public virtual ValueTask OnJobStartedAsync(JobHandle job, CancellationToken cancellationToken) => default;

    /// <summary>A job was paused: nothing new of it starts.</summary>
    public virtual ValueTask OnJobPausedAsync(JobHandle job, CancellationToken cancellationToken) => default;

    /// <summary>The pause of a job is over.</summary>
    public virtual ValueTask OnJobContinuedAsync(JobHandle job, CancellationToken cancellationToken) => default;

    /// <summary>A job is to end before its tasks have; what runs was asked to stop.</summary>
    /// <param name="job">The job.</param>
    /// <param name="outcome">How it is going to end.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Cancelled when the engine closes.</param>
    public virtual ValueTask OnJobStoppingAsync(
        JobHandle job, JobPhase outcome, Reason reason, CancellationToken cancellationToken) => default;

    /// <summary>A job has ended.</summary>
    public virtual ValueTask OnJobEndedAsync(JobHandle job, JobPhase outcome, CancellationToken cancellationToken) =>
        default;
}
