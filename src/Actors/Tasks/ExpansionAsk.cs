using ActorFlow.Engine;

namespace ActorFlow.Actors;

/// <summary>A running attempt adds to the job, and waits for what it added.</summary>
internal sealed class ExpansionAsk(IThreads threads, TaskActor actor, int task, int attempt, Expansion expansion)
    : Message
{
    private readonly Promise<ExpansionOutcome> _answer = new(threads);

    /// <summary>How it came out.</summary>
    public Task<ExpansionOutcome> Answered => _answer.Task;

    public override void Deliver(JobActor job)
    {
        // The attempt is over meanwhile, but if it was abandoned its code runs still, and waits.
        if ((actor.Task, actor.Attempt) != (task, attempt) || !job.Effects.Running.Holds(actor))
        {
            _answer.Break(AwaitedParts.IsOver());
            return;
        }

        var rejection = job.Decide(new JobCommand.ExpandAttempt(At, task, attempt, expansion));
        if (rejection is not null) _answer.Break(new ExpansionException(rejection.Message));
        else job.Effects.Await(actor, expansion.Key!, _answer);
    }

    public override void Refuse(Exception error) => _answer.Break(error);
}
