using ActorFlow.Journal;

namespace ActorFlow.TestKit;

/// <summary>An append that remembers what it was told and how often, and can be used again.</summary>
internal sealed class TrialWrite(JobId job) : JournalWrite
{
    private TaskCompletionSource<Exception?> _told = NewAnswer();
    private long _expectedVersion;
    private IReadOnlyList<JobEvent> _events = [];
    private int _times;

    public override JobId Job => job;

    public override long ExpectedVersion => _expectedVersion;

    public override IReadOnlyList<JobEvent> Events => _events;

    /// <summary>Ends with what came of it: null if the events are durable.</summary>
    public Task<Exception?> Told => _told.Task;

    /// <summary>How often it was told.</summary>
    public int Times => Volatile.Read(ref _times);

    /// <summary>What the append threw; null if it returned.</summary>
    public Exception? Thrown { get; private set; }

    /// <summary>Is done when it is told, on the thread that tells.</summary>
    public Action? WhenTold { get; init; }

    /// <summary>Makes it the next append.</summary>
    public TrialWrite For(long expectedVersion, IReadOnlyList<JobEvent> events)
    {
        (_expectedVersion, _events, _times, Thrown, _told) = (expectedVersion, events, 0, null, NewAnswer());
        return this;
    }

    public override void Completed(Exception? error)
    {
        Interlocked.Increment(ref _times);
        WhenTold?.Invoke();
        _told.TrySetResult(error);
    }

    /// <summary>The append threw: most rules take that for an answer, and one does not.</summary>
    public void Refuse(Exception thrown)
    {
        Thrown = thrown;
        _told.TrySetResult(thrown);
    }

    public override string ToString() =>
        $"the append of {_events.Count} events to job '{job}' at version {_expectedVersion}";

    private static TaskCompletionSource<Exception?> NewAnswer() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);
}
