namespace ActorFlow.Simulation;

/// <summary>How a job has grown and how its tasks ended, read from its events alone.</summary>
internal sealed class Growth
{
    private readonly Dictionary<int, TaskPhase> _outcomes = [];

    public Growth(IEnumerable<JobEvent> events)
    {
        foreach (var fact in events) See(fact);
    }

    /// <summary>The names of all tasks, by number.</summary>
    public List<string> TaskNames { get; } = [];

    /// <summary>What tasks have added, in order, and the number of the first task of each.</summary>
    public List<(int Owner, Expansion Expansion, IReadOnlyList<string> Names, int First)> Expansions { get; } = [];

    /// <summary>How the parts ended of what a task has added last: failed, cancelled, or otherwise.</summary>
    public IReadOnlyList<TaskPhase> OutcomesOf(int owner, Expansion expansion)
    {
        var (_, added, names, first) = Expansions.Last(e => e.Owner == owner && e.Expansion.Key == expansion.Key);
        return [.. added.Parts.Select(part => OutcomeOf(Called(TaskNames[owner], part), names, first))];
    }

    // Which tasks are a part's is known by their names: those of one task are called as it is, others begin so.
    private TaskPhase OutcomeOf(string part, IReadOnlyList<string> names, int first)
    {
        foreach (var worst in (TaskPhase[])[TaskPhase.Failed, TaskPhase.Cancelled])
            for (var i = 0; i < names.Count; i++)
                if (IsOf(names[i], part) && _outcomes[first + i] == worst) return worst;
        return TaskPhase.Succeeded;
    }

    private static bool IsOf(string task, string part) =>
        task == part || task.StartsWith(part + ".", StringComparison.Ordinal);

    private static string Called(string owner, ExpansionPart part) =>
        part.Name.StartsWith('[') ? owner + part.Name : $"{owner}.{part.Name}";

    private void See(JobEvent fact)
    {
        switch (fact)
        {
            case JobEvent.JobSubmitted or JobEvent.FlowReplaced: Begin(JobEvents.BeginningIn(fact)!); break;
            case JobEvent.TaskExpanded e: Add(e.Task, e.Expansion, e.TaskNames); break;
            case JobEvent.TaskSucceeded or JobEvent.TaskIgnored: Note(fact, TaskPhase.Succeeded); break;
            case JobEvent.TaskFailed: Note(fact, TaskPhase.Failed); break;
            case JobEvent.TaskSkipped: Note(fact, TaskPhase.Skipped); break;
            case JobEvent.TaskCancelled: Note(fact, TaskPhase.Cancelled); break;
        }
    }

    // With another flow all is numbered anew.
    private void Begin(SubmittedJob job)
    {
        _outcomes.Clear();
        Expansions.Clear();
        TaskNames.Clear();
        TaskNames.AddRange(job.TaskNames);
        foreach (var scope in job.Taken?.Scopes ?? []) Add(scope.Owner, scope.Expansion, scope.TaskNames);
    }

    private void Add(int owner, Expansion expansion, IReadOnlyList<string> names)
    {
        Expansions.Add((owner, expansion, names, TaskNames.Count));
        TaskNames.AddRange(names);
    }

    private void Note(JobEvent fact, TaskPhase outcome) => _outcomes[JobEvents.TaskOf(fact)] = outcome;
}
