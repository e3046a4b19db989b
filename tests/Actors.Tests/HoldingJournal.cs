using ActorFlow.Journal;

namespace ActorFlow.Actors.Tests;

/// <summary>A journal in memory that can keep an append waiting, and knows how large the largest was.</summary>
internal sealed class HoldingJournal() : DelegatingJournal(new MemoryJournal())
{
    private TaskCompletionSource? _holds;
    private JournalWrite? _held;

    public long LargestAppend { get; private set; }

    /// <summary>Completes when the next append has come, and waits.</summary>
    public Task HoldNext()
    {
        _holds = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _holds.Task;
    }

    public void Release() => base.Append(_held!);

    public override void Append(JournalWrite write)
    {
        LargestAppend = Math.Max(LargestAppend, write.Events.Sum(fact => fact switch
        {
            JobEvent.TaskSucceeded e => (long)e.Output.Json.Length,
            JobEvent.TaskIgnored e => e.Output.Json.Length,
            _ => 0,
        }));
        if (Interlocked.Exchange(ref _holds, null) is { } holds)
        {
            _held = write;
            holds.SetResult();
        }
        else
        {
            base.Append(write);
        }
    }
}
