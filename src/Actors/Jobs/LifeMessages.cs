using ActorFlow.Engine;

namespace ActorFlow.Actors;

/// <summary>The job came from its journal: what ran when the process died is lost.</summary>
internal sealed class Recovery : Message
{
    public override void Deliver(JobActor job)
    {
        job.Ref.IsRecovering = true;
        var effects = job.Step.Effects;
        var before = effects.Count;
        job.Machine.Resume(job.Step);
        var resumed = effects.RemoveFrom(before);
        effects.AddRange(resumed.OfType<JobEffect.SetAlarm>());
        foreach (var attempt in resumed.OfType<JobEffect.StartAttempt>())
            job.Decide(new JobCommand.LoseAttempt(job.Now, attempt.Task, attempt.Attempt));
    }
}

/// <summary>Nothing new is to start in this process.</summary>
internal sealed class Draining(IThreads threads) : Message
{
    private readonly Promise<bool> _drained = new(threads);

    /// <summary>Completes when nothing runs any more.</summary>
    public Task Drained => _drained.Task;

    public override void Deliver(JobActor job) => job.Effects.Drain(_drained);

    public override void Refuse(Exception error) => _drained.Keep(true);
}

/// <summary>What runs is to stop; it is not a failure, and it runs again when the job is resumed.</summary>
internal sealed class Interruption : Message
{
    public override void Deliver(JobActor job) => job.Effects.Interrupt();
}

/// <summary>The process is done with the job.</summary>
internal sealed class Closing : Message
{
    public override void Deliver(JobActor job) => throw JobSystem.Closed;
}
