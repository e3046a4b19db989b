using ActorFlow.Engine;

namespace ActorFlow.Actors;

/// <summary>A message that somebody waits for an answer to, which comes when what it led to is durable.</summary>
internal abstract class Ask : Message
{
    /// <summary>What it led to is durable.</summary>
    public abstract void Answer();
}

/// <summary>The asks of one batch, until it is durable.</summary>
internal sealed class Answers
{
    private readonly List<Ask> _asks = [];

    public void Add(Ask ask) => _asks.Add(ask);

    /// <summary>What the batch decided is durable.</summary>
    public void Give()
    {
        foreach (var ask in _asks) ask.Answer();
        _asks.Clear();
    }

    /// <summary>It never will be.</summary>
    public void Refuse(Exception error)
    {
        foreach (var ask in _asks) ask.Refuse(error);
        _asks.Clear();
    }
}

/// <summary>A command from outside.</summary>
internal sealed class CommandAsk(IThreads threads, Func<DateTimeOffset, JobCommand> command) : Ask
{
    private readonly Promise<Rejection?> _answer = new(threads);
    private Rejection? _rejection;

    /// <summary>Null, or why the job refused.</summary>
    public Task<Rejection?> Answered => _answer.Task;

    public override void Deliver(JobActor job)
    {
        var given = command(At);
        if (given is JobCommand.SettleTask { Output: { } output }) job.OutputBytes += output.Json.Length;
        _rejection = job.Decide(given);
        job.AnswerLater(this);
    }

    public override void Answer() => _answer.Keep(_rejection);

    public override void Refuse(Exception error) => _answer.Break(error);
}

/// <summary>A question about the state, asked in the actor's turn.</summary>
internal sealed class StateAsk<T>(IThreads threads, Func<JobActor, T> question) : Ask
{
    private readonly Promise<T> _answer = new(threads);
    private JobActor? _job;

    public Task<T> Answered => _answer.Task;

    public override void Deliver(JobActor job)
    {
        _job = job;
        job.AnswerLater(this);
    }

    // Asked only when the batch is durable: nobody is told of what might not have happened.
    public override void Answer()
    {
        try
        {
            _answer.Keep(question(_job!));
        }
        catch (Exception e)
        {
            _answer.Break(e);
        }
    }

    public override void Refuse(Exception error) => _answer.Break(error);
}

/// <summary>The alarm went off.</summary>
internal sealed class Alarm : Message
{
    public override void Deliver(JobActor job)
    {
        job.Effects.AlarmWentOff();
        job.Decide(new JobCommand.WakeUp(At));
    }
}

/// <summary>A pool has reserved a slot for the job.</summary>
internal sealed class SlotOffer(SlotClaim claim) : Message
{
    public override void Deliver(JobActor job) => job.Effects.TakeOffer(claim);

    public override void Refuse(Exception error)
    {
        claim.Released++;
        claim.Pool.Exchange(claim, wanted: 0);
    }
}

/// <summary>An attempt was abandoned: its slot is free, though no report came with it.</summary>
internal sealed class SlotFreed(SlotClaim claim) : Message
{
    public override void Deliver(JobActor job) => claim.Released++;

    public override void Refuse(Exception error)
    {
        claim.Released++;
        claim.Pool.Exchange(claim, wanted: 0);
    }
}
