using ActorFlow.Engine;

namespace ActorFlow.Actors;

/// <summary>
/// The invariant that no job is ever stuck: what has not ended runs, has a time to wake, or waits for someone.
/// </summary>
internal static class Liveness
{
    /// <summary>Whether nothing would ever happen to the job again. Ask between two turns.</summary>
    public static bool IsStuck(JobActor job)
    {
        var state = job.State;
        if (state.Submitted is null || state.Phase.HasEnded()) return false;
        var waitsForSomeone = state.Phase == JobPhase.Paused || state.CountOf(TaskPhase.Held) > 0;
        return !waitsForSomeone && job.Effects.Running.IsEmpty && job.Effects.AlarmAt is null && !WaitsForSlot(job);
    }

    // Waiting for a slot is no dead end: a pool gives its slots to whoever waits.
    private static bool WaitsForSlot(JobActor job)
    {
        for (var pool = 0; pool < job.Flow.Pools.Names.Count; pool++)
            if (job.State.StartableIn(pool) > 0) return true;
        return false;
    }
}
