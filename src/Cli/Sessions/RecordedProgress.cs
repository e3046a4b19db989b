namespace ActorFlow.Cli;

/// <summary>How far a job is that has not ended, as its events tell without its flow.</summary>
internal sealed class RecordedProgress
{
    private readonly List<TaskPhase> _tasks = [];
    private JobPhase _phase = JobPhase.Running;

    private RecordedProgress() { }

    /// <summary>How many tasks it has, as far as they are known.</summary>
    public int Tasks => _tasks.Count;

    /// <summary>How many of them ended how.</summary>
    public TaskCounts Counts => new(
        CountOf(TaskPhase.Succeeded), CountOf(TaskPhase.Failed), CountOf(TaskPhase.Skipped),
        CountOf(TaskPhase.Cancelled));

    private bool Runs => CountOf(TaskPhase.Running) + CountOf(TaskPhase.Stopping) > 0;

    /// <summary>Folds the events of a job.</summary>
    public static RecordedProgress Of(IReadOnlyList<JobEvent> events)
    {
        var progress = new RecordedProgress();
        foreach (var fact in events) progress.Apply(fact);
        return progress;
    }

    /// <summary>Where it stands, in a word.</summary>
    /// <param name="known">What is known of whether a process runs it.</param>
    public string StatusOf(JobStanding known) => known switch
    {
        // These are the same whether a process is there or not.
        _ when !Runs && _phase == JobPhase.Paused => Word(_phase),
        _ when !Runs && CountOf(TaskPhase.Held) > 0 && CountOf(TaskPhase.BackingOff) == 0 => Word(JobStanding.Held),
        JobStanding.AsItsPhase => Word(_phase),
        _ => Word(known),
    };

    private void Apply(JobEvent fact)
    {
        if (JobEvents.BeginningIn(fact) is { } begun) Begin(begun);
        else if (fact is JobEvent.TaskExpanded expanded) Grow(expanded.TaskNames.Count);
        else if (fact is JobEvent.JobReopened) Reopen();
        _phase = fact switch
        {
            JobEvent.JobPaused => JobPhase.Paused,
            JobEvent.JobContinued or JobEvent.JobReopened or JobEvent.FlowReplaced => JobPhase.Running,
            JobEvent.JobStopping => JobPhase.Stopping,
            _ => _phase,
        };
        if (JobEvents.TaskOf(fact) is >= 0 and var task && task < _tasks.Count)
            _tasks[task] = PhaseAfter(fact, _tasks[task]);
    }

    private static TaskPhase PhaseAfter(JobEvent fact, TaskPhase before) => fact switch
    {
        JobEvent.TaskStarted => TaskPhase.Running,
        // It may have been asked to stop meanwhile.
        JobEvent.TaskContinued when before == TaskPhase.Expanded => TaskPhase.Running,
        JobEvent.TaskExpanded or JobEvent.TaskAwaits => TaskPhase.Expanded,
        JobEvent.AttemptStopping => TaskPhase.Stopping,
        JobEvent.AttemptFailed or JobEvent.RetryScheduled => TaskPhase.BackingOff,
        JobEvent.RetryDue => TaskPhase.Ready,
        JobEvent.TaskHeld => TaskPhase.Held,
        JobEvent.TaskSucceeded or JobEvent.TaskIgnored => TaskPhase.Succeeded,
        JobEvent.TaskFailed => TaskPhase.Failed,
        JobEvent.TaskSkipped => TaskPhase.Skipped,
        JobEvent.TaskCancelled => TaskPhase.Cancelled,
        _ => before,
    };

    private void Begin(SubmittedJob job)
    {
        _tasks.Clear();
        Grow(job.TaskNames.Count);
        if (job.Taken is not { } taken) return;
        foreach (var scope in taken.Scopes) Grow(scope.TaskNames.Count);
        foreach (var result in taken.Tasks)
            if (result.Task < _tasks.Count) _tasks[result.Task] = result.Phase;
    }

    private void Grow(int count) => _tasks.AddRange(Enumerable.Repeat(TaskPhase.Waiting, count));

    private void Reopen()
    {
        for (var task = 0; task < _tasks.Count; task++)
            if (_tasks[task] != TaskPhase.Succeeded) _tasks[task] = TaskPhase.Waiting;
    }

    private int CountOf(TaskPhase phase) => _tasks.Count(each => each == phase);

    private static string Word<T>(T value) where T : struct, Enum => PlainText.Hyphenated(value.ToString());
}
