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
        if (state.Submitted is null || state.Phase.HasEnded() || job.Effects.IsDraining) return false;
        return !state.WaitsForOperator && job.Effects.Running.IsEmpty && job.Effects.AlarmAt is null
            && !job.Effects.WaitsForSlot();
    }
}
