using ActorFlow.Journal;

namespace ActorFlow.Actors.Tests;

/// <summary>A journal in memory some of whose appends fail, by their numbers from 1.</summary>
internal sealed class FailingJournal(Func<int, Exception?> failure) : DelegatingJournal(new MemoryJournal())
{
    /// <summary>What a journal says that cannot be written any more.</summary>
    public static readonly JournalWriteException DiskFull = new("memory", new IOException("No space left on device."));

    private int _appends;

    public override void Append(JournalWrite write)
    {
        if (failure(Interlocked.Increment(ref _appends)) is { } error) write.Completed(error);
        else base.Append(write);
    }
}
