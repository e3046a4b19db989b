using System.Runtime.CompilerServices;
using ActorFlow.Engine;

namespace ActorFlow.Actors;

/// <summary>A job in this process, however often its actor starts again; works on after the job has ended.</summary>
public sealed class JobRef
{
    private readonly JobSystem _system;
    private volatile JobActor _actor = null!;

    internal JobRef(JobSystem system, JobId id, ExecutableFlow flow)
    {
        _system = system;
        Id = id;
        Flow = flow;
        Signals = new JobSignals(system.Threads);
    }

    /// <summary>The job.</summary>
    public JobId Id { get; }

    /// <summary>The flow that it runs.</summary>
    public ExecutableFlow Flow { get; internal set; }

    /// <summary>Completes with the outcome when the job has ended; fails if it cannot go on in this process.</summary>
    public Task<JobPhase> WhenEnded => Signals.WhenEnded;

    internal JobSignals Signals { get; }

    /// <summary>How often in a row its actor was made anew without getting anything into the journal.</summary>
    internal int Restarts { get; set; }

    /// <summary>Whether all that its actor has done is to go on from the journal.</summary>
    internal bool IsRecovering { get; set; }

    /// <summary>Whether it has had an actor in this process before: then nothing is left over of another one.</summary>
    internal bool HasActor => _actor is not null;

    internal JobActor Actor
    {
        get => _actor;
        set => _actor = value;
    }

    /// <summary>
    /// Reads the state in the job's own time. The function must be short and keep nothing of the state.
    /// </summary>
    public Task<T> ReadAsync<T>(Func<JobState, T> read) => AskAsync(job => read(job.State));

    /// <summary>Puts a command to the job; completes when what it led to is durable.</summary>
    /// <returns>Null, or why the job refused.</returns>
    public Task<Rejection?> CommandAsync(Func<DateTimeOffset, JobCommand> command)
    {
        var ask = new CommandAsk(_system.Threads, command);
        Post(ask);
        return ask.Answered;
    }

    /// <summary>The events of the job from a version on that are durable by now.</summary>
    public ValueTask<IReadOnlyList<JobEvent>> ReadEventsAsync(long fromVersion, CancellationToken cancellationToken) =>
        _system.Journal.ReadAsync(Id, fromVersion, cancellationToken);

    /// <summary>The events of the job from a version on, and those to come, until its end.</summary>
    /// <remarks>They are read from the journal: a slow reader costs no memory and misses nothing.</remarks>
    /// <exception cref="JobNotFoundException">The job was forgotten before all of it was read.</exception>
    public async IAsyncEnumerable<JobEvent> FollowAsync(
        long fromVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = Math.Max(1, fromVersion);
        while (true)
        {
            var known = Signals.Version;
            var events = await ReadEventsAsync(next, cancellationToken).ConfigureAwait(false);
            foreach (var fact in events) yield return fact;
            next += events.Count;
            if (events is [.., JobEvent.JobEnded]) yield break;
            // Who asks for what is behind the end is not to wait for it.
            if (events.Count == 0 && Signals.HasEndedBefore(next)) yield break;
            // What was there and is not there any more will not come again.
            if (events.Count == 0 && known >= next) throw new JobNotFoundException(Id);
            await Signals.WhenBeyond(next - 1).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    internal Task<T> AskAsync<T>(Func<JobActor, T> question)
    {
        var ask = new StateAsk<T>(_system.Threads, question);
        Post(ask);
        return ask.Answered;
    }

    /// <summary>What somebody says in the place of a task's output, as the journal keeps it.</summary>
    /// <exception cref="PayloadException">It cannot be kept, or not be read as what the task gives.</exception>
    public Payload StandIn(JobGraph graph, FlowTask task, Payload? output) =>
        StandIns.Kept(_system.Payloads, task.Name, Flow.BodyOf(graph, task.Number).Output, output);

    internal void Post(Message message)
    {
        message.At = _system.Time.GetUtcNow();
        _actor.Post(message);
    }
}
