using System.Runtime.ExceptionServices;
using ActorFlow.Engine;
using ActorFlow.Journal;

namespace ActorFlow.Actors;

/// <summary>One job's appends, one at a time: the same object for all of them.</summary>
internal sealed class JobAppend(JobActor job, EventList events, long version) : JournalWrite
{
    private const int Calling = 0;
    private const int Done = 1;
    private const int Left = 2;

    private readonly bool _isImmediate = job.System.Journal.IsImmediate;
    private long _begun;
    private int _standing;
    private long _version = version;
    private Exception? _error;

    public override JobId Job => job.Id;

    public override long ExpectedVersion => _version;

    public override IReadOnlyList<JobEvent> Events => events;

    /// <summary>How long the last one took.</summary>
    public TimeSpan Took { get; private set; }

    /// <summary>Whether a thread that has something else to do had better not wait for the next one.</summary>
    public bool TakesLong => Took > ParkedThread.HandOver;

    /// <summary>Appends.</summary>
    /// <returns>Whether it is done already; otherwise the actor gets a turn when it is.</returns>
    public bool TryComplete(IJournal journal)
    {
        // No clock and no interlocked operation where there is nothing to wait for: this is on the way of every task.
        if (!_isImmediate)
        {
            _standing = Calling;
            _begun = job.System.Time.GetTimestamp();
        }

        journal.Append(this);
        return _isImmediate || Interlocked.CompareExchange(ref _standing, Left, Calling) == Done;
    }

    public override void Completed(Exception? error)
    {
        _error = error;
        if (error is null) _version += events.Count;
        if (_isImmediate) return;
        Took = job.System.Time.GetElapsedTime(_begun);
        if (Interlocked.Exchange(ref _standing, Done) == Left) job.System.Threads.Supervise(job);
    }

    public void ThrowIfFailed()
    {
        if (_error is not null) ExceptionDispatchInfo.Throw(_error);
    }
}
