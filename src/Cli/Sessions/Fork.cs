namespace ActorFlow.Cli;

/// <summary>What a command line says of a fork.</summary>
/// <param name="Job">The job to share results with.</param>
/// <param name="From">The task from which on the fork runs itself.</param>
internal sealed record Fork(JobId Job, string From)
{
    /// <summary>The id of the fork; null for a new one.</summary>
    public JobId? Id { get; init; }

    /// <summary>Where its flow is; null for the one that the job keeps.</summary>
    public string? Flow { get; init; }

    /// <summary>The file with its input; null for that of the job.</summary>
    public string? InputFile { get; init; }

    /// <summary>Single fields of the input, as <c>NAME=VALUE</c>.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>Refuses a task that another one adds while a job runs: it runs again with that.</summary>
    /// <param name="flow">The flow of the fork.</param>
    /// <exception cref="ActorFlowException">It is one.</exception>
    public void RequireOwnTask(Flow flow)
    {
        if (flow.TryFind(From, out _)) return;
        var owner = flow.Tasks.Select(task => task.Name).Where(IsBefore).MaxBy(name => name.Length);
        if (owner is not null)
            throw new ActorFlowException(
                $"Task '{From}' is one that '{owner}' adds while a job runs: fork from '{owner}'.");

        bool IsBefore(string name) => From.StartsWith(name, StringComparison.OrdinalIgnoreCase)
            && From[name.Length..] is ['[' or '.', ..];
    }
}
