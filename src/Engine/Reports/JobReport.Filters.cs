namespace ActorFlow;

/// <summary>Parts of a report: reports of the same job with fewer tasks.</summary>
public sealed partial class JobReport
{
    /// <summary>The report of some of the tasks: those of these names, without regard to case.</summary>
    /// <remarks>See <see cref="Where"/> for what a part says of the job.</remarks>
    /// <param name="tasks">The names; none for a report without tasks.</param>
    /// <exception cref="ActorFlowException">The job has no task of one of the names.</exception>
    public JobReport Only(params IEnumerable<string> tasks)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        var places = new SortedSet<int>();
        foreach (var name in tasks) places.Add(PlaceOf(name));
        return Part([.. places]);
    }

    /// <summary>The report of the tasks that failed for good.</summary>
    /// <remarks>See <see cref="Where"/> for what a part says of the job.</remarks>
    public JobReport OnlyFailed() =>
        Part([.. Enumerable.Range(0, _tasks.Count).Where(place => _tasks.PhaseAt(place) == TaskPhase.Failed)]);

    /// <summary>The report of the tasks for which something holds.</summary>
    /// <remarks>
    /// A part has the tasks in the same order, and counts only them. What it says of the job, its critical path and
    /// what is downstream of a failure is that of the whole. Parts of parts are parts.
    /// </remarks>
    /// <param name="holds">Whether a task is in the part.</param>
    public JobReport Where(Func<TaskReport, bool> holds)
    {
        ArgumentNullException.ThrowIfNull(holds);
        return Part([.. Enumerable.Range(0, _tasks.Count).Where(place => holds(_tasks[place]))]);
    }

    private JobReport Part(int[] places)
    {
        var tasks = new ChosenEntries(_tasks, places);
        return new JobReport(tasks, _criticalPath)
        {
            Job = Job,
            Flow = Flow,
            Phase = Phase,
            Standing = Standing,
            StartedAt = StartedAt,
            EndedAt = EndedAt,
            Counts = new TaskCounts(
                tasks.CountOf(TaskPhase.Succeeded), tasks.CountOf(TaskPhase.Failed),
                tasks.CountOf(TaskPhase.Skipped), tasks.CountOf(TaskPhase.Cancelled)),
            StopReason = StopReason,
            StopDetail = StopDetail,
            AbandonedAttempts = AbandonedAttempts,
            CorrelationId = CorrelationId,
            ForkedFrom = ForkedFrom,
            FlowReplacedAt = FlowReplacedAt,
            NothingToDo = NothingToDo,
            Whole = Whole ?? this,
        };
    }

    private int PlaceOf(string name) => _tasks.IndexOf(name) is >= 0 and var place
        ? place
        : throw new ActorFlowException($"Job '{Job}' has no task '{name}'.{Suggestions.For(name, _tasks.Names)}");
}
