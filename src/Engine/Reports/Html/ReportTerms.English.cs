namespace ActorFlow;

/// <summary>A report in English.</summary>
internal sealed partial record ReportTerms
{
    private static ReportTerms English { get; } = new()
    {
        Job = "Job",
        Task = "Task",
        Tasks = "Tasks",
        Status = "Status",
        Attempts = "Attempts",
        Attempt = "attempt",
        ForkOf = "Fork of",
        FlowReplaced = "Flow replaced",
        Started = "Started",
        Ended = "Ended",
        Elapsed = "Elapsed",
        Why = "Why",
        Output = "Output",
        Errors = "Errors",
        Impact = "Skipped because of it",
        Inputs = "Inputs",
        Traces = "Traced values",
        StackTrace = "Stack trace",
        CriticalPath = "Critical path",
        Markers = "Markers",
        KeptFiles = "Kept files",
        More = "Tasks not listed",
        Lost = "lost",
        Steps = "steps",
        KeptResult = "kept",
        SharedFrom = "shared from",
        FromCache = "from the cache",
        UpToDate = "up to date",
        Because = "because of",
        FailuresOf = "Failures of",
        IsPaused = "the job is paused",
        TaskPhases =
        [
            "waiting", "ready", "running", "stopping", "backing off", "held", "succeeded", "failed", "skipped",
            "cancelled", "expanded",
        ],
        JobPhases =
        [
            "running", "paused", "stopping", "succeeded", "failed", "cancelled", "timed out",
        ],
        Standings = ["", "held", "interrupted", "unfinished"],
        Reasons = [.. Enum.GetValues<Reason>().Select(ReasonSentences.Of)],
    };
}
