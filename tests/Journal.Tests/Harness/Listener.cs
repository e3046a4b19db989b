namespace ActorFlow.Journal.Tests;

/// <summary>Submits a job, and does something when that is durable.</summary>
internal sealed class Listener(JobId job, Action whenDurable) : JournalWrite
{
    public override JobId Job => job;

    public override long ExpectedVersion => 0;

    public override IReadOnlyList<JobEvent> Events { get; } = [Facts.Submitted(job)];

    public override void Completed(Exception? error)
    {
        Assert.Null(error);
        whenDurable();
    }
}
