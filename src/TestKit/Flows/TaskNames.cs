namespace ActorFlow.TestKit;

/// <summary>The names that tasks of a job can have: those of its flow, and of what is added while it runs.</summary>
internal static class TaskNames
{
    /// <summary>Requires that a task of a job of the flow can be called so.</summary>
    /// <exception cref="ActorFlowException">None can.</exception>
    public static void Require(Flow flow, string name)
    {
        if (flow.TryFind(name, out _)) return;
        // What is added is called after the task that adds it; more is not known before.
        foreach (var task in flow.Tasks)
            if (task.MayGrow && name.Length > task.Name.Length && name[task.Name.Length] is '[' or '.'
                && name.StartsWith(task.Name, StringComparison.OrdinalIgnoreCase))
                return;
        _ = flow[name];
    }

    /// <summary>Requires that something expected is about the job, or about a task that it can have.</summary>
    /// <exception cref="ActorFlowException">It is about none.</exception>
    public static void Require(Flow flow, Expectation expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        if (expected.Task is { } task) Require(flow, task);
    }
}
