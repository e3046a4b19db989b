namespace ActorFlow.Engine;

/// <summary>What attempts note down: it is kept, and nothing follows from it.</summary>
public sealed partial class JobMachine
{
    private void Mark(JobCommand.MarkAttempt command, DateTimeOffset at)
    {
        if (!IsUnderWay(command.Task, command.Attempt)) return;
        var room = Limits.MarkersOfTask - State.MarkersOf(command.Task).Count;
        if (room <= 0 || command.Markers.Count == 0) return;
        // A task that is tried for ever must not fill the memory: its last marker says that there were more.
        IReadOnlyList<Marker> markers = command.Markers.Count < room ? command.Markers :
        [
            .. command.Markers.Take(room - 1),
            new Marker(Severity.Warning, $"The task has {Limits.MarkersOfTask} markers; no further ones are kept."),
        ];
        Emit(new JobEvent.TaskMarked(at, command.Task, command.Attempt, markers));
    }

    private void NoteKept(JobCommand.NoteKept command, DateTimeOffset at)
    {
        if (IsUnderWay(command.Task, command.Kept.Attempt))
            Emit(new JobEvent.TaskKept(at, command.Task, command.Kept));
    }

    private bool IsUnderWay(int task, int attempt) =>
        Standing(task, attempt) is TaskPhase.Running or TaskPhase.Stopping;
}
