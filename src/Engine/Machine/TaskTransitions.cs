namespace ActorFlow.Engine;

/// <summary>
/// Every legal move of a task, as one table: a row for where it stands, a column for where it may go.
/// </summary>
public static class TaskTransitions
{
    private static readonly ushort[] Table =
    [
        /* Waiting    */ To(TaskPhase.Ready, TaskPhase.Expanded, TaskPhase.Skipped, TaskPhase.Cancelled),
        /* Ready      */ To(TaskPhase.Running, TaskPhase.Failed, TaskPhase.Cancelled),
        /* Running    */ To(TaskPhase.Stopping, TaskPhase.BackingOff, TaskPhase.Succeeded, TaskPhase.Expanded,
                            TaskPhase.Skipped),
        /* Stopping   */ To(TaskPhase.Stopping, TaskPhase.BackingOff),
        /* BackingOff */ To(TaskPhase.BackingOff, TaskPhase.Ready, TaskPhase.Expanded, TaskPhase.Held,
                            TaskPhase.Succeeded, TaskPhase.Failed, TaskPhase.Skipped, TaskPhase.Cancelled),
        /* Held       */ To(TaskPhase.BackingOff, TaskPhase.Succeeded, TaskPhase.Failed,
                            TaskPhase.Skipped, TaskPhase.Cancelled),
        /* Succeeded  */ To(),
        /* Failed     */ To(TaskPhase.Waiting),
        /* Skipped    */ To(TaskPhase.Waiting),
        /* Cancelled  */ To(TaskPhase.Waiting),
        /* Expanded   */ To(TaskPhase.Expanded, TaskPhase.Ready, TaskPhase.Running, TaskPhase.Stopping,
                            TaskPhase.BackingOff, TaskPhase.Succeeded, TaskPhase.Skipped),
    ];

    /// <summary>Whether a task may go from one phase to another.</summary>
    public static bool Allows(TaskPhase from, TaskPhase to) => (Table[(int)from] & (1 << (int)to)) != 0;

    private static ushort To(params ReadOnlySpan<TaskPhase> phases)
    {
        ushort row = 0;
        foreach (var phase in phases) row |= (ushort)(1 << (int)phase);
        return row;
    }
}
