namespace ActorFlow;

/// <content>Questions about the graph. Names are taken without regard to case.</content>
public sealed partial class Flow
{
    /// <summary>All tasks that need a task, directly or not, in the order of their numbers.</summary>
    public IReadOnlyList<int> Dependants(int task) => Reached(task, isDownstream: true);

    /// <summary>All tasks that a task needs, directly or not, in the order of their numbers.</summary>
    public IReadOnlyList<int> Dependencies(int task) => Reached(task, isDownstream: false);

    /// <summary>All tasks that need a task, directly or not, in declared order.</summary>
    /// <exception cref="ActorFlowException">There is no task of that name.</exception>
    public IReadOnlyList<FlowTask> DependantsOf(string task) => [.. Dependants(this[task].Number).Select(At)];

    /// <summary>All tasks that a task needs, directly or not, in declared order.</summary>
    /// <exception cref="ActorFlowException">There is no task of that name.</exception>
    public IReadOnlyList<FlowTask> DependenciesOf(string task) => [.. Dependencies(this[task].Number).Select(At)];

    /// <summary>The tasks that need a task directly, in declared order.</summary>
    /// <exception cref="ActorFlowException">There is no task of that name.</exception>
    public IReadOnlyList<FlowTask> DownstreamOf(string task) => InOrder(Edges.Downstream(this[task].Number));

    /// <summary>The tasks that a task needs directly, in declared order.</summary>
    /// <exception cref="ActorFlowException">There is no task of that name.</exception>
    public IReadOnlyList<FlowTask> UpstreamOf(string task) => InOrder(Edges.Upstream(this[task].Number));

    /// <summary>
    /// The tasks in an order in which each comes after what it needs; ties go by declaration, so it is always the same.
    /// </summary>
    public IReadOnlyList<FlowTask> TopologicalOrder() => [.. Edges.TopologicalOrder().Select(At)];

    /// <summary>
    /// The tasks in generations: the first needs nothing, each other needs something of the one before. The tasks of
    /// one could run side by side. It is a way to look at a flow; a job starts a task as soon as what it needs has
    /// ended.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<FlowTask>> Levels()
    {
        var levels = new List<List<FlowTask>>();
        var levelOf = new int[Tasks.Count];
        foreach (var task in Edges.TopologicalOrder())
        {
            foreach (var up in Edges.Upstream(task)) levelOf[task] = Math.Max(levelOf[task], levelOf[up.Task] + 1);
            if (levelOf[task] == levels.Count) levels.Add([]);
        }

        foreach (var task in Tasks) levels[levelOf[task.Number]].Add(task);
        return levels;
    }

    /// <summary>The chain of tasks that takes longest, if each takes as long as is said.</summary>
    /// <param name="durationOf">How long a task takes; zero or more.</param>
    /// <exception cref="ActorFlowException">A duration is negative.</exception>
    public FlowPath CriticalPath(Func<FlowTask, TimeSpan> durationOf)
    {
        ArgumentNullException.ThrowIfNull(durationOf);
        var ends = new TimeSpan[Tasks.Count];
        var before = new int[Tasks.Count];
        var last = 0;
        foreach (var task in Edges.TopologicalOrder())
        {
            before[task] = -1;
            foreach (var up in Edges.Upstream(task))
                if (before[task] < 0 || ends[up.Task] > ends[before[task]]) before[task] = up.Task;
            var duration = durationOf(Tasks[task]);
            if (duration < TimeSpan.Zero)
                throw new ActorFlowException($"Task '{Tasks[task].Name}' cannot take {duration}; zero is the least.");
            ends[task] = duration + (before[task] < 0 ? TimeSpan.Zero : ends[before[task]]);
            if (ends[task] > ends[last]) last = task;
        }

        var path = new List<FlowTask>();
        for (var task = last; task >= 0; task = before[task]) path.Add(Tasks[task]);
        path.Reverse();
        return new FlowPath(path, ends[last]);
    }

    /// <summary>
    /// The chain of tasks that takes longest, if each takes as long as it did in a job. What a job really waited for,
    /// slots of pools included, is <see cref="JobReport.CriticalPath"/>.
    /// </summary>
    /// <param name="report">A report of a job of this flow; a task that has not ended counts as zero.</param>
    /// <exception cref="ActorFlowException">The report has no task of some name.</exception>
    public FlowPath CriticalPath(JobReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return CriticalPath(task => report[task.Name].Elapsed ?? TimeSpan.Zero);
    }

    private int[] Reached(int task, bool isDownstream)
    {
        var seen = new SortedSet<int>();
        var open = new Stack<int>([task]);
        while (open.TryPop(out var next))
            foreach (var edge in isDownstream ? Edges.Downstream(next) : Edges.Upstream(next))
                if (seen.Add(edge.Task)) open.Push(edge.Task);
        return [.. seen];
    }

    private FlowTask[] InOrder(ReadOnlySpan<EdgeEnd> ends)
    {
        var tasks = new FlowTask[ends.Length];
        for (var i = 0; i < ends.Length; i++) tasks[i] = Tasks[ends[i].Task];
        Array.Sort(tasks, static (a, b) => a.Number.CompareTo(b.Number));
        return tasks;
    }

    private FlowTask At(int task) => Tasks[task];
}

/// <summary>A chain of tasks, each needed by the next, and how long they take together.</summary>
/// <param name="Tasks">The tasks, first to last.</param>
/// <param name="Duration">The sum of their durations.</param>
public sealed record FlowPath(IReadOnlyList<FlowTask> Tasks, TimeSpan Duration)
{
    /// <inheritdoc />
    public override string ToString() => $"{string.Join(" -> ", Tasks)} ({Duration})";
}
