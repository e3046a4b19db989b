namespace ActorFlow.Journal;
/// <summary>x</summary>
public interface IJournal : IAsyncDisposable
{
    /// <summary>x</summary>
    void Append(JournalWrite write);
    /// <summary>x</summary>
    ValueTask<IReadOnlyList<JobEvent>> ReadAsync(JobId job, long fromVersion, CancellationToken cancellationToken);
    /// <summary>x</summary>
    ValueTask<IReadOnlyList<JournaledJob>> ListAsync(CancellationToken cancellationToken);
    /// <summary>x</summary>
    ValueTask<JournaledJob?> FindAsync(JobId job, CancellationToken cancellationToken);
    /// <summary>x</summary>
    ValueTask<bool> ForgetAsync(JobId job, CancellationToken cancellationToken);
}
/// <summary>x</summary>
public abstract class JournalWrite
{
    /// <summary>x</summary>
    public abstract JobId Job { get; }
    /// <summary>x</summary>
    public abstract long ExpectedVersion { get; }
    /// <summary>x</summary>
    public abstract IReadOnlyList<JobEvent> Events { get; }
    /// <summary>x</summary>
    public abstract void Completed(Exception? error);
}
/// <summary>x</summary>
public sealed record JournaledJob(JobId Id, string FlowName, DateTimeOffset SubmittedAt, long Version, JobPhase? Outcome, DateTimeOffset? EndedAt, TaskCounts? Counts);
/// <summary>x</summary>
public sealed class JournalWriteException(string m) : ActorFlowException(m);
