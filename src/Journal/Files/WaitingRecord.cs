using System.Runtime.InteropServices;

namespace ActorFlow.Journal;

/// <summary>Somebody who waits for a record to be durable.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WaitingRecord(
    JobStream Job, JournalWrite? Write, TaskCompletionSource? Forgotten, RecordPlace Place, bool HasEnded)
{
    public void Tell(Exception? error)
    {
        Write?.Completed(error);
        if (Forgotten is null) return;
        if (error is null) Forgotten.SetResult();
        else Forgotten.SetException(error);
    }
}
