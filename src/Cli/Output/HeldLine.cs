namespace ActorFlow.Cli;

/// <summary>Says in one line that a job waits for an operator, and what is to be done.</summary>
internal static class HeldLine
{
    private const int MostNamed = 3;

    /// <summary>The line.</summary>
    /// <param name="job">The job.</param>
    /// <param name="tasks">The names of the tasks that are held.</param>
    /// <param name="options">What a command needs to find the job, with a space before it; empty for nothing.</param>
    public static string Of(JobId job, IReadOnlyList<string> tasks, string options)
    {
        if (tasks.Count == 0) return $"job {job} has not ended: it waits for an operator.";
        var names = string.Join(", ", tasks.Take(MostNamed))
            + (tasks.Count > MostNamed ? $" and {tasks.Count - MostNamed} more" : "");
        return $"job {job} has not ended: {(tasks.Count == 1 ? "task" : "tasks")} {PlainText.OneLine(names)} "
            + $"{(tasks.Count == 1 ? "is" : "are")} held. To try again: actorflow retry {job}{options}";
    }
}
