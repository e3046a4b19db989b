using ActorFlow.Engine;

namespace ActorFlow.Actors;

/// <summary>An attempt has kept its scratch directory.</summary>
internal sealed class FilesKept(int task, KeptFiles kept) : Message
{
    public override void Deliver(JobActor job) => job.Decide(new JobCommand.NoteKept(At, task, kept));
}
