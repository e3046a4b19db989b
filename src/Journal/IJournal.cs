namespace ActorFlow.Journal;

/// <summary>Port: where the events of jobs are kept.</summary>
/// <remarks>
/// <para>An append is atomic: all of its events become durable, or none. Appends of one job come one at a time, each
/// naming the version that it expects; appends of different jobs may come from any thread at once.</para>
/// <para>When <see cref="JournalWrite.Completed"/> is called without an error the events survive whatever the journal
/// promises to survive. After a <see cref="JournalWriteException"/> nobody knows whether they are there until the
/// journal is opened again; after any other error they are not there and never will be. Either way whoever appended
/// must not go on from what is in its memory, but read the job again.</para>
/// <para>The first event of a job, and no other, is that it was submitted. Numbering is by job: version n is the n-th
/// event, from 1, without gaps.</para>
/// <para>Ids are compared character by character; events come back as they were, times as the same moment and payloads
/// byte for byte. What was read stays as it is, whatever is appended later. Disposing waits until every append is
/// completed, and may be done twice.</para>
/// <para><c>JournalContract</c> of the test kit checks all this: see docs/testing.md.</para>
/// </remarks>
public interface IJournal : IAsyncDisposable
{
    /// <summary>
    /// Whether every append is completed before <see cref="Append"/> returns, and takes next to no time.
    /// </summary>
    bool IsImmediate => false;

    /// <summary>
    /// Appends the events of a write. Never throws for operating failures, nor because the journal was disposed of:
    /// those go to the write.
    /// </summary>
    /// <param name="write">Stays the caller's; its events must not change until it is completed.</param>
    /// <exception cref="ArgumentException">The write has no events, or begins a job in another way than by submitting
    /// it, or submits a job that has begun.</exception>
    void Append(JournalWrite write);

    /// <summary>The events of a job from a version on, in order; empty if there are none.</summary>
    /// <exception cref="JournalDamagedException">What is stored cannot be read.</exception>
    ValueTask<IReadOnlyList<JobEvent>> ReadAsync(JobId job, long fromVersion, CancellationToken cancellationToken);

    /// <summary>What jobs there are, in the order of their submission; also those that cannot be read.</summary>
    ValueTask<IReadOnlyList<JournaledJob>> ListAsync(CancellationToken cancellationToken);

    /// <summary>What there is of one job; null if it is not there.</summary>
    ValueTask<JournaledJob?> FindAsync(JobId job, CancellationToken cancellationToken);

    /// <summary>Forgets an ended job: its id is free again.</summary>
    /// <returns>False if it is not there.</returns>
    /// <exception cref="JournalException">The job has not ended, or its last events are not durable yet.</exception>
    ValueTask<bool> ForgetAsync(JobId job, CancellationToken cancellationToken);
}

/// <summary>One append: the events of one job, and who waits for them to be durable.</summary>
public abstract class JournalWrite
{
    /// <summary>The job.</summary>
    public abstract JobId Job { get; }

    /// <summary>How many events the job has before this append; 0 for a new job.</summary>
    public abstract long ExpectedVersion { get; }

    /// <summary>The events, at least one.</summary>
    public abstract IReadOnlyList<JobEvent> Events { get; }

    /// <summary>
    /// What the journal wants to find again at the next append of this write; nobody else looks at it. Meanwhile others
    /// may have appended to the job, or it was forgotten and submitted anew.
    /// </summary>
    public object? Place { get; set; }

    /// <summary>
    /// Called once, on the thread of the append or on another, when the events are durable or will not be. Must not
    /// throw: others wait for the same write.
    /// </summary>
    /// <param name="error">Why they are not; null if they are.</param>
    public abstract void Completed(Exception? error);
}

/// <summary>One line about a job.</summary>
/// <param name="Id">The job.</param>
/// <param name="FlowName">Its flow.</param>
/// <param name="SubmittedAt">When it was submitted.</param>
/// <param name="Version">How many events it has.</param>
/// <param name="Outcome">How it ended; null while it has not.</param>
/// <param name="EndedAt">When it ended; null while it has not.</param>
/// <param name="Counts">How many tasks ended how; null while it has not ended.</param>
public sealed record JournaledJob(
    JobId Id, string FlowName, DateTimeOffset SubmittedAt, long Version, JobPhase? Outcome, DateTimeOffset? EndedAt,
    TaskCounts? Counts)
{
    /// <summary>
    /// Why how it ended cannot be read, in a list, as when a newer ActorFlow has written it; null if that can be read,
    /// or it has not ended.
    /// </summary>
    public string? Problem { get; init; }
}
