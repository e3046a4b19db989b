using System.Runtime.InteropServices;

namespace ActorFlow.Engine.Tests.Enumeration;

/// <summary>
/// All of a state that what comes next can hang on, packed: two histories that meet in it have the same futures.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StateKey(UInt128 Tasks, UInt128 Times, Budget Left)
{
    /// <summary>The key of a state.</summary>
    /// <param name="state">The state.</param>
    /// <param name="ledger">What the job's events say.</param>
    /// <param name="now">What time it is.</param>
    /// <param name="left">What may still happen in the history.</param>
    /// <param name="queue">The ready tasks in the order in which they would start.</param>
    public static StateKey Of(JobState state, Ledger ledger, DateTimeOffset now, Budget left, List<int> queue)
    {
        var (tasks, times) = ((UInt128)(int)state.Phase, UInt128.Zero);
        for (var task = 0; task < state.Flow.Tasks.Count; task++)
        {
            Add(ref tasks, 4, (int)state.PhaseOf(task));
            Add(ref tasks, 4, state.AttemptOf(task));
            Add(ref tasks, 2, ledger.FailuresOf(task));
            Add(ref tasks, 2, ledger.Lost[task]);
            Add(ref tasks, 5, (int)state.ReasonOf(task));
            Add(ref tasks, 3, state.CauseOf(task) + 1);
            Add(ref tasks, 3, state.PendingOf(task));
            Add(ref times, 24, (int)Wait(state, ledger, now, task).TotalSeconds);
        }

        foreach (var task in queue) Add(ref tasks, 3, task + 1);
        return new StateKey(tasks, times, left);
    }

    // An attempt that runs or stops has a deadline by when it began to, and a task that backs off by when it is due.
    private static TimeSpan Wait(JobState state, Ledger ledger, DateTimeOffset now, int task) =>
        state.PhaseOf(task) switch
        {
            TaskPhase.Running or TaskPhase.Stopping => now - ledger.Since[task],
            TaskPhase.BackingOff => state.DueAtOf(task)!.Value - now,
            _ => TimeSpan.Zero,
        };

    private static void Add(ref UInt128 number, int bits, int value)
    {
        if (value < 0 || value >= 1 << bits) throw new OverflowException($"{value} does not go into {bits} bits.");
        number = (number << bits) | (UInt128)value;
    }
}
