using ActorFlow.Journal;

namespace ActorFlow.TestKit;

/// <summary>Appends that often take their time: meanwhile others have their turns, or the power fails.</summary>
internal sealed class SlowJournal(IJournal inner, SimulatedThreads threads, Random random) : DelegatingJournal(inner)
{
    public override void Append(JournalWrite write)
    {
        if (random.Next(2) == 0) Inner.Append(write);
        else threads.Schedule(() => Inner.Append(write));
    }
}
