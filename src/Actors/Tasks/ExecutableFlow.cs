namespace ActorFlow.Actors;

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

    /// <summary>
    /// Refuses an input that the flow cannot read, by throwing; null where that shows only when tasks run.
    /// </summary>
    public Action<IPayloadCodec, Payload>? InputCheck { get; init; }

    /// <summary>The flow, which refuses inputs that it cannot read; this one stays as it is.</summary>
    /// <param name="check">Throws if it cannot read an input.</param>
    public ExecutableFlow CheckingInput(Action<IPayloadCodec, Payload> check) =>
        new(Definition, _bodies) { Source = Source, InputCheck = check };

    /// <summary>What a task of the flow runs.</summary>
    public TaskBody BodyOf(int task) => _bodies[task];

    /// <summary>What a task of a job runs, which may be one that another has added.</summary>
    internal TaskBody BodyOf(JobGraph graph, int task)
    {
        if (graph.ScopeOf(task) is not { } scope) return _bodies[task];
        var part = scope.PartOf(task);
        var template = scope.Expansion.Source is { } source
            ? ((IExecutableFlowMaker)scope.Owner.Maker!).MakeExecutable(source)
            : BodyOf(graph, scope.Owner.Number).Templates[scope.Expansion.Parts[part].Template];
        return template.BodyOf(task - scope.TasksOf(part).First);
    }

    /// <summary>The flow with one more task; this one stays as it is. It has no source.</summary>
    /// <inheritdoc cref="Flow.With"/>
    public ExecutableFlow With(TaskDraft task, TaskBody body)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(body);
        return new(Definition.With(task), [.. _bodies, body]) { InputCheck = InputCheck };
    }

    /// <summary>The flow without some tasks; this one stays as it is. It has no source.</summary>
    /// <inheritdoc cref="Flow.Without"/>
    public ExecutableFlow Without(params IReadOnlyList<string> tasks)
    {
        var changed = Definition.Without(tasks);
        return new(changed, [.. changed.TaskNames.Select(name => _bodies[Definition[name].Number])])
        {
            InputCheck = InputCheck,
        };
    }

    /// <summary>The flow with one more edge that only orders; this one stays as it is. It has no source.</summary>
    /// <inheritdoc cref="Flow.WithDependency"/>
    public ExecutableFlow WithDependency(string task, string needs, bool required = true) =>
        new(Definition.WithDependency(task, needs, required), _bodies) { InputCheck = InputCheck };

    /// <summary>What a job keeps to build the flow again from; null if that takes nothing but the code.</summary>
    internal Payload? Kept => Source ?? Definition.Settings();

    /// <summary>Makes sure that the flow can read an input which it was not given for.</summary>
    /// <exception cref="JobRejectedException">It cannot.</exception>
    internal void RequireInput(JobId job, IPayloadCodec codec, Payload input)
    {
        try
        {
            InputCheck?.Invoke(codec, input);
        }
        catch (ActorFlowException e)
        {
            throw new JobRejectedException(job, $"Flow '{Definition.Name}' cannot read its input: {e.Message}");
        }
    }

    /// <summary>The flow with what a job of it took from the configuration when it was submitted.</summary>
    internal ExecutableFlow As(SubmittedJob job) => job.FlowSource is { } source && Definition.HasSettings
        ? new(Definition.WithSettings(source), _bodies) { Source = Source, InputCheck = InputCheck }
        : this;
}
