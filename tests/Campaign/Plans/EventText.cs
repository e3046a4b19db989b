namespace ActorFlow.Campaign;

/// <summary>Events in a few words: what a host says of them, and what the journal must have then.</summary>
internal static class EventText
{
    public static string Of(JobEvent fact, IReadOnlyList<string> names) => fact switch
    {
        JobEvent.JobSubmitted => "submitted",
        JobEvent.JobEnded e => $"ended {e.Outcome}",
        JobEvent.TaskStarted e => Attempt("started", names[e.Task], e.Attempt),
        JobEvent.TaskSucceeded e => Attempt("succeeded", names[e.Task], e.Attempt),
        JobEvent.AttemptFailed e => Attempt("failed", names[e.Task], e.Attempt),
        _ when JobEvents.TaskOf(fact) is >= 0 and var task => $"{fact.GetType().Name} {names[task]}",
        _ => fact.GetType().Name,
    };

    public static string Attempt(string what, string task, int attempt) => $"{what} {task} {attempt}";
}
