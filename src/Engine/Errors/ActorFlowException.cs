namespace ActorFlow;

/// <summary>The base of every exception that ActorFlow itself throws.</summary>
public class ActorFlowException : Exception
{
    /// <summary>Says what was wrong, where, and what would be right.</summary>
    public ActorFlowException(string message) : base(message) { }

    /// <summary>Says what was wrong, and keeps what it came from.</summary>
    public ActorFlowException(string message, Exception? inner) : base(message, inner) { }
}

/// <summary>A flow cannot be built; <see cref="Faults"/> lists everything that is wrong with it.</summary>
public sealed class FlowDefinitionException : ActorFlowException
{
    /// <summary>With so many faults, 10,000, nobody looks for more: they have few causes.</summary>
    public const int MostFaults = 10_000;

    /// <summary>Lists what is wrong with a flow.</summary>
    public FlowDefinitionException(string flow, IReadOnlyList<FlowFault> faults) : base(Describe(flow, faults))
    {
        Flow = flow;
        Faults = faults;
    }

    /// <summary>The flow's name.</summary>
    public string Flow { get; }

    /// <summary>Everything that is wrong, up to 10,000 faults, in the order of the tasks.</summary>
    public IReadOnlyList<FlowFault> Faults { get; }

    private static string Describe(string flow, IReadOnlyList<FlowFault> faults) =>
        faults.Count == 1
            ? $"Flow '{flow}' is not valid: {faults[0]}"
            : $"Flow '{flow}' is not valid, for {(faults.Count < MostFaults ? "" : "at least ")}{faults.Count} reasons:"
                + string.Concat(faults.Select(f => $"\n  {f}"));
}

/// <summary>A job cannot do what was asked of it in the phase that it is in.</summary>
public sealed class JobRejectedException(JobId job, string message) : ActorFlowException($"Job '{job}': {message}")
{
    /// <summary>The job.</summary>
    public JobId Job { get; } = job;
}

/// <summary>There is a job of that id already, and it is not the same job.</summary>
public sealed class JobConflictException(JobId job, string difference)
    : ActorFlowException($"Job '{job}' is there already, with {difference}. Choose another id, or submit the same.")
{
    /// <summary>The job.</summary>
    public JobId Job { get; } = job;

    /// <summary>What differs.</summary>
    public string Difference { get; } = difference;
}

/// <summary>There is no job of that id.</summary>
public sealed class JobNotFoundException(JobId job) : ActorFlowException($"There is no job '{job}'.")
{
    /// <summary>The job.</summary>
    public JobId Job { get; } = job;
}

/// <summary>The flow of a job is not the one that it was submitted with.</summary>
public sealed class FlowChangedException(JobId job, string difference)
    : ActorFlowException($"Job '{job}' cannot go on, because its flow changed: {difference}.")
{
    /// <summary>The job.</summary>
    public JobId Job { get; } = job;

    /// <summary>What changed.</summary>
    public string Difference { get; } = difference;
}

/// <summary>A task cannot add what it wants to add to its job.</summary>
public sealed class ExpansionException(string message) : ActorFlowException(message);

/// <summary>
/// A journal holds an event that its job cannot have had: a defect of ActorFlow or a damaged journal.
/// </summary>
public sealed class ImpossibleTransitionException : ActorFlowException
{
    /// <summary>Names the task, its phase and the event that does not fit.</summary>
    public ImpossibleTransitionException(string task, TaskPhase phase, JobEvent fact, IReadOnlyList<JobEvent> story)
        : base($"Task '{task}' is {phase} and cannot take {fact.GetType().Name} [this is a bug in ActorFlow, or the "
            + $"journal was changed by hand]. Its story:{string.Concat(story.Select(e => $"\n  {e}"))}\n  {fact}")
    {
        Task = task;
        Phase = phase;
        Story = story;
        Fact = fact;
    }

    /// <summary>The task.</summary>
    public string Task { get; }

    /// <summary>Where the task stands.</summary>
    public TaskPhase Phase { get; }

    /// <summary>The event that does not fit.</summary>
    public JobEvent Fact { get; }

    /// <summary>The task's events so far, as far as the one who threw knows them.</summary>
    public IReadOnlyList<JobEvent> Story { get; }
}
