using System.Text.Json;
using ActorFlow.Engine;

namespace ActorFlow;

/// <summary>What became of a job and of each of its tasks: a picture of one moment that does not change.</summary>
public sealed partial class JobReport
{
    private readonly ReportEntries _tasks;
    private readonly Lazy<IReadOnlyList<string>> _criticalPath;

    internal JobReport(ReportEntries tasks, Lazy<IReadOnlyList<string>> criticalPath)
    {
        _tasks = tasks;
        _criticalPath = criticalPath;
    }

    /// <summary>The job's id.</summary>
    public JobId Job { get; internal init; }

    /// <summary>The flow's name.</summary>
    public string Flow { get; internal init; } = "";

    /// <summary>Where the job stands.</summary>
    public JobPhase Phase { get; internal init; }

    /// <summary>What is to be said of it where its phase alone would say too little.</summary>
    public JobStanding Standing { get; internal init; }

    /// <summary>
    /// Where the job stands as the report file writes it, in lower case with hyphens: its phase, or its standing.
    /// </summary>
    public string Status => Standing == JobStanding.AsItsPhase ? ReportWords.Of(Phase) : ReportWords.Of(Standing);

    /// <summary>When the job was submitted.</summary>
    public DateTimeOffset StartedAt { get; internal init; }

    /// <summary>When it ended; null if it has not.</summary>
    public DateTimeOffset? EndedAt { get; internal init; }

    /// <summary>From submit to end; null if it has not ended.</summary>
    public TimeSpan? Elapsed => EndedAt - StartedAt;

    /// <summary>How many tasks ended how.</summary>
    public TaskCounts Counts { get; internal init; } = new(0, 0, 0, 0);

    /// <summary>Why it ended, or is to end, before its tasks did; None otherwise.</summary>
    public Reason StopReason { get; internal init; }

    /// <summary>What was said with it: the reason of a cancel, the task that failed fast; null for nothing.</summary>
    public string? StopDetail { get; internal init; }

    /// <summary>How many attempts did not heed the request to stop and were abandoned.</summary>
    public int AbandonedAttempts { get; internal init; }

    /// <summary>What ties the job to others and to logs; null if the caller gave nothing.</summary>
    public string? CorrelationId { get; internal init; }

    /// <summary>The job whose results this one shares, and from where on it ran; null if it is no fork.</summary>
    public ForkOrigin? ForkedFrom { get; internal init; }

    /// <summary>When the job's flow was replaced by the one of this report; null if it was not.</summary>
    public DateTimeOffset? FlowReplacedAt { get; internal init; }

    /// <summary>
    /// Whether there was nothing to do: the job succeeded, and all of its tasks that keep the state of their last run
    /// were up to date, at least one of them.
    /// </summary>
    public bool NothingToDo { get; internal init; }

    /// <summary>The report that this one is a part of; null if it is none.</summary>
    internal JobReport? Whole { get; init; }

    /// <summary>The names of the chain of tasks that determined when the job ended, first to last.</summary>
    /// <remarks>From the task that ended last, back along what each waited for longest; only tasks that ran.</remarks>
    public IReadOnlyList<string> CriticalPath => _criticalPath.Value;

    /// <summary>An entry per task, in topological order. Entries are made when they are asked for.</summary>
    public IReadOnlyList<TaskReport> Tasks => _tasks;

    /// <summary>The tasks that succeeded.</summary>
    public IEnumerable<TaskReport> Succeeded => _tasks.In(TaskPhase.Succeeded);

    /// <summary>The tasks that failed for good.</summary>
    public IEnumerable<TaskReport> Failed => _tasks.In(TaskPhase.Failed);

    /// <summary>The tasks that were skipped.</summary>
    public IEnumerable<TaskReport> Skipped => _tasks.In(TaskPhase.Skipped);

    /// <summary>The tasks that were cancelled.</summary>
    public IEnumerable<TaskReport> Cancelled => _tasks.In(TaskPhase.Cancelled);

    internal IEnumerable<TaskReport> In(TaskPhase phase) => _tasks.In(phase);

    internal IEnumerable<TaskReport> Noted => _tasks.Noted;

    /// <summary>The entry of a task by its name, without regard to case.</summary>
    /// <exception cref="ActorFlowException">The job has no task of that name.</exception>
    public TaskReport this[string name] => _tasks[PlaceOf(name)];

    /// <summary>Takes a picture of a job, whether it has ended or not.</summary>
    /// <remarks>Copies what the job keeps of each task, once; everything else is worked out when asked for.</remarks>
    /// <exception cref="ArgumentException">The job has not been submitted.</exception>
    public static JobReport Of(JobState state) => Of(state, JobStanding.AsItsPhase);

    /// <summary>Takes a picture of a job of which more is known than its state can tell.</summary>
    /// <param name="state">The job.</param>
    /// <param name="standing">Whether a process runs it, if it has not ended.</param>
    /// <exception cref="ArgumentException">The job has not been submitted.</exception>
    public static JobReport Of(JobState state, JobStanding standing)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Submitted is not { } submitted)
            throw new ArgumentException("There is nothing to report: the job has not been submitted.", nameof(state));
        var snapshot = new JobSnapshot(state, submitted.Input);
        return new JobReport(new SnapshotEntries(snapshot), new(() => ActorFlow.CriticalPath.Of(snapshot)))
        {
            Job = submitted.Id,
            Flow = submitted.FlowName,
            Phase = state.Phase,
            Standing = StandingOf(state.Phase, state.WaitsForOperator, standing),
            StartedAt = state.SubmittedAt,
            EndedAt = state.EndedAt,
            Counts = state.Counts,
            StopReason = state.StopReason,
            StopDetail = state.StopDetail,
            AbandonedAttempts = state.AbandonedAttempts,
            CorrelationId = submitted.CorrelationId,
            ForkedFrom = submitted.ForkedFrom,
            FlowReplacedAt = state.FlowReplacedAt,
            NothingToDo = state.Phase == JobPhase.Succeeded && snapshot.HadNothingToDo,
        };
    }

    internal static JobStanding StandingOf(JobPhase phase, bool waitsForOperator, JobStanding known)
    {
        if (phase.HasEnded()) return JobStanding.AsItsPhase;
        // Held for an operator is the same whether a process is there or not.
        if (waitsForOperator) return phase == JobPhase.Paused ? JobStanding.AsItsPhase : JobStanding.Held;
        return known;
    }

    /// <summary>Reads a report file.</summary>
    /// <exception cref="ActorFlowException">The text is not a report; the message says where.</exception>
    public static JobReport FromJson(string json) => ReportJsonReader.Read(json);

    /// <summary>The report as the text of a report file. Loses nothing.</summary>
    /// <param name="indented">Whether it is laid out for people; outputs stay as they are.</param>
    public string ToJson(bool indented = true) => ReportJsonWriter.ToJson(this, indented);

    /// <summary>Writes the report as one JSON object.</summary>
    /// <remarks>The writer is flushed now and then, so that a report of any size takes little memory.</remarks>
    public void WriteJson(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ReportJsonWriter.Write(writer, this);
    }

    /// <summary>The report as a plain table for terminals and pipes: failures first, no control codes.</summary>
    /// <param name="mostTasks">How many tasks are listed; the others are counted.</param>
    public string ToText(int mostTasks = 100) => ReportText.Of(this, mostTasks);

    /// <summary>The report as one HTML page: no script, nothing loaded from elsewhere, and all texts escaped.</summary>
    /// <param name="style">Colours, language, and what is shown; the defaults if null.</param>
    public string ToHtml(HtmlStyle? style = null) => new HtmlReport(this, style ?? new HtmlStyle()).Write();

    /// <inheritdoc />
    public override string ToString() => ReportText.Headline(this);
}
