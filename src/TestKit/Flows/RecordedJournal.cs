using ActorFlow.Journal;

namespace ActorFlow.TestKit;

/// <summary>
/// The journal of a test: it outlives its processes, tells what happens, and may end one right after an event.
/// </summary>
internal sealed class RecordedJournal(Action<JobEvent> happened, Func<bool> isDead)
    : DelegatingJournal(new MemoryJournal())
{
    public override void Append(JournalWrite write)
    {
        // A dead process appends nothing any more, and hears nothing.
        if (!isDead()) base.Append(new Recorded(write, happened, isDead));
    }

    private sealed class Recorded(JournalWrite write, Action<JobEvent> happened, Func<bool> isDead) : JournalWrite
    {
        public override JobId Job => write.Job;

        public override long ExpectedVersion => write.ExpectedVersion;

        public override IReadOnlyList<JobEvent> Events => write.Events;

        public override void Completed(Exception? error)
        {
            if (error is null)
                foreach (var fact in write.Events) happened(fact);
            if (!isDead()) write.Completed(error);
        }
    }
}
