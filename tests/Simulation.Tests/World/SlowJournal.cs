using ActorFlow.Journal;

namespace ActorFlow.Simulation;

/// <summary>Appends that often take their time: meanwhile others have their turns, or the power fails.</summary>
internal sealed class SlowJournal(IJournal inner, SimulatedThreads threads, Random random) : IJournal
{
    public void Append(JournalWrite write)
    {
        if (random.Next(2) == 0) inner.Append(write);
        else threads.Schedule(() => inner.Append(write));
    }

    public ValueTask<IReadOnlyList<JobEvent>> ReadAsync(
        JobId job, long fromVersion, CancellationToken cancellationToken) =>
        inner.ReadAsync(job, fromVersion, cancellationToken);

    public ValueTask<IReadOnlyList<JournaledJob>> ListAsync(CancellationToken cancellationToken) =>
        inner.ListAsync(cancellationToken);

    public ValueTask<JournaledJob?> FindAsync(JobId job, CancellationToken cancellationToken) =>
        inner.FindAsync(job, cancellationToken);

    public ValueTask<bool> ForgetAsync(JobId job, CancellationToken cancellationToken) =>
        inner.ForgetAsync(job, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
