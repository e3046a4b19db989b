namespace ActorFlow;

/// <summary>What a report says in one language.</summary>
internal sealed partial record ReportTerms
{
    public required string Job { get; init; }

    public required string Task { get; init; }

    public required string Tasks { get; init; }

    public required string Status { get; init; }

    public required string Attempts { get; init; }

    /// <summary>Before the number of one.</summary>
    public required string Attempt { get; init; }

    /// <summary>Before the job that this one is a fork of.</summary>
    public required string ForkOf { get; init; }

    /// <summary>Before the time at which the job went on with another flow.</summary>
    public required string FlowReplaced { get; init; }

    public required string Started { get; init; }

    public required string Ended { get; init; }

    public required string Elapsed { get; init; }

    public required string Why { get; init; }

    public required string Output { get; init; }

    public required string Errors { get; init; }

    public required string Impact { get; init; }

    public required string Inputs { get; init; }

    public required string Traces { get; init; }

    public required string StackTrace { get; init; }

    public required string CriticalPath { get; init; }

    /// <summary>Before the number of markers, and over them.</summary>
    public required string Markers { get; init; }

    /// <summary>Over the directories that attempts have left.</summary>
    public required string KeptFiles { get; init; }

    /// <summary>Before the number of tasks that are not listed.</summary>
    public required string More { get; init; }

    /// <summary>Behind the number of attempts that were lost to crashes.</summary>
    public required string Lost { get; init; }

    /// <summary>Before the number of attempts that were steps of a task that adds others.</summary>
    public required string Steps { get; init; }

    /// <summary>Of a result that was kept when the job's flow was replaced.</summary>
    public required string KeptResult { get; init; }

    /// <summary>Before the id of the job that has recorded a result which this one shares.</summary>
    public required string SharedFrom { get; init; }

    /// <summary>Of a result that came from a cache.</summary>
    public required string FromCache { get; init; }

    /// <summary>Of a task that had nothing to do since its last run.</summary>
    public required string UpToDate { get; init; }

    /// <summary>Before the name of the task that another was skipped for.</summary>
    public required string Because { get; init; }

    /// <summary>Before the flow's name, in the subject of a message about failures alone.</summary>
    public required string FailuresOf { get; init; }

    /// <summary>Why a task waits that would start if its job were not paused.</summary>
    public required string IsPaused { get; init; }

    /// <summary>By the number of the phase.</summary>
    public required IReadOnlyList<string> TaskPhases { get; init; }

    /// <summary>By the number of the phase.</summary>
    public required IReadOnlyList<string> JobPhases { get; init; }

    /// <summary>By the number of the standing; none of the first, which is the phase.</summary>
    public required IReadOnlyList<string> Standings { get; init; }

    /// <summary>By the number of the reason.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    public static ReportTerms Of(ReportLanguage language) => language switch
    {
        ReportLanguage.Es => Spanish,
        ReportLanguage.Pt => Portuguese,
        ReportLanguage.Fr => French,
        ReportLanguage.De => German,
        ReportLanguage.It => Italian,
        _ => English,
    };

    public string Of(TaskPhase phase) => TaskPhases[(int)phase];

    public string Of(JobPhase phase) => JobPhases[(int)phase];

    /// <summary>Where a job stands.</summary>
    public string StatusOf(JobReport report) =>
        report.Standing == JobStanding.AsItsPhase ? Of(report.Phase) : Standings[(int)report.Standing];

    public string Of(Reason reason) => Reasons[(int)reason];
}
