namespace ActorFlow.Actors;

/// <summary>
/// What a task runs: made once per task of a flow, called once per attempt, possibly by many attempts at once.
/// </summary>
/// <remarks>
/// A body takes its inputs from the call, and gives its output back as a payload made by <see cref="TaskCall.Encode"/>.
/// It fails by throwing. When the call's cancellation token is cancelled it should end soon; after the grace time it is
/// abandoned and whatever it still does is ignored.
/// </remarks>
public abstract class TaskBody
{
    /// <summary>
    /// What the templates of its task run, in the order of <see cref="FlowTask.Templates"/>; none for most.
    /// </summary>
    public virtual IReadOnlyList<ExecutableFlow> Templates => [];

    /// <summary>Runs one attempt.</summary>
    /// <param name="call">
    /// The attempt: its inputs and its context. Must not be used after the attempt has ended.
    /// </param>
    /// <returns>The output; <see cref="Payload.None"/> if there is none.</returns>
    public abstract ValueTask<Payload> RunAsync(TaskCall call);
}

/// <summary>A flow together with what its tasks run.</summary>
public sealed class ExecutableFlow
{
    private readonly IReadOnlyList<TaskBody> _bodies;

    /// <summary>Joins a flow and the bodies of its tasks, by number.</summary>
    /// <exception cref="ArgumentException">There is not one body for each task.</exception>
    public ExecutableFlow(Flow definition, IReadOnlyList<TaskBody> bodies)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(bodies);
        if (bodies.Count != definition.Tasks.Count)
            throw new ArgumentException(
                $"Flow '{definition.Name}' has {definition.Tasks.Count} tasks, and {bodies.Count} bodies came with it.",
                nameof(bodies));
        Definition = definition;
        _bodies = bodies;
    }

    /// <summary>The flow.</summary>
    public Flow Definition { get; }

    /// <summary>
    /// What the flow can be built from again, kept with each job of it, so that a host without the flow can resume the
    /// job; null for flows in code.
    /// </summary>
    public Payload? Source { get; init; }

    /// <summary>What a task of the flow runs.</summary>
    public TaskBody BodyOf(int task) => _bodies[task];

    /// <summary>What a task of a job runs, which may be one that another has added.</summary>
    internal TaskBody BodyOf(JobGraph graph, int task)
    {
        if (graph.ScopeOf(task) is not { } scope) return _bodies[task];
        var part = scope.PartOf(task);
        var template = BodyOf(graph, scope.Owner.Number).Templates[scope.Expansion.Parts[part].Template];
        return template.BodyOf(task - scope.TasksOf(part).First);
    }
}
