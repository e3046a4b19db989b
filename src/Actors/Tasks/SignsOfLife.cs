using ActorFlow.Engine;

namespace ActorFlow.Actors;

/// <summary>The signs of life of one attempt on their way to its supervisor.</summary>
/// <remarks>
/// One message is on its way at most, and the last sign counts: code that gives signs in a tight loop fills no mailbox
/// while the journal takes its time.
/// </remarks>
internal sealed class SignsOfLife(Action<Message> post, TimeProvider time, int task, int attempt)
{
    private long _lastAt;
    private int _isOnItsWay;

    /// <summary>The attempt is alive.</summary>
    public void Give()
    {
        Volatile.Write(ref _lastAt, time.GetUtcNow().UtcTicks);
        if (Interlocked.Exchange(ref _isOnItsWay, 1) == 0) post(new Heartbeat(this));
    }

    private void Deliver(JobActor job)
    {
        // In this order: what comes from here on gets a message of its own.
        Interlocked.Exchange(ref _isOnItsWay, 0);
        var at = new DateTimeOffset(Volatile.Read(ref _lastAt), TimeSpan.Zero);
        job.Decide(new JobCommand.NoteHeartbeat(at, task, attempt));
    }

    private sealed class Heartbeat(SignsOfLife signs) : Message
    {
        public override void Deliver(JobActor job) => signs.Deliver(job);
    }
}
