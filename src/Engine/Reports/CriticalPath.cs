namespace ActorFlow;

/// <summary>The chain of tasks that determined when a job ended.</summary>
internal static class CriticalPath
{
    /// <summary>The names, first to last: from the task that ended last back along what each waited for.</summary>
    public static IReadOnlyList<string> Of(JobSnapshot job)
    {
        var path = new List<string>();
        for (var task = Last(job); task >= 0; task = Decisive(job, task))
            if (job.Cells[task].HasRun) path.Add(job.Graph[task].Name);
        path.Reverse();
        return path;
    }

    private static int Last(JobSnapshot job)
    {
        var last = -1;
        foreach (var task in job.Order)
            if (job.Cells[task] is { HasRun: true, EndedAt: not null } && IsLater(job, task, last)) last = task;
        return last;
    }

    /// <summary>The upstream task whose end made this one ready; one that ended later was not waited for.</summary>
    private static int Decisive(JobSnapshot job, int task)
    {
        ref readonly var cell = ref job.Cells[task];
        var ready = cell.ReadyAt ?? cell.EndedAt;
        var last = -1;
        foreach (var up in job.Graph.Upstream(task))
            if (job.Cells[up.Task].EndedAt is { } ended && ended <= ready && IsLater(job, up.Task, last))
                last = up.Task;
        return last;
    }

    // A fast job has ties: the later in topological order is nearer to the end; but a task that adds others and fails
    // with them ends behind them.
    private static bool IsLater(JobSnapshot job, int task, int than)
    {
        if (than < 0) return true;
        var order = job.Cells[task].EndedAt!.Value.CompareTo(job.Cells[than].EndedAt!.Value);
        if (order != 0) return order > 0;
        var isAdded = task >= job.Graph.Own;
        return isAdded == than >= job.Graph.Own ? job.Positions[task] > job.Positions[than] : !isAdded;
    }
}
