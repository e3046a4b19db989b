namespace ActorFlow.Engine;

/// <summary>The journal holds an event that the job cannot have had.</summary>
internal static class Misfit
{
    public static ActorFlowException Of(JobEvent fact, string problem) => new(
        $"The job cannot have had the event {fact.GetType().Name} at {fact.At:O}: {problem} "
        + "[this is a bug in ActorFlow, or the journal was changed by hand].");
}
