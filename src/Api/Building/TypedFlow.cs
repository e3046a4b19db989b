using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>A flow in code, whatever its input and result.</summary>
public abstract class TypedFlow
{
    private protected TypedFlow(ExecutableFlow executable, int? resultTask)
    {
        Executable = executable;
        ResultTask = resultTask;
    }

    /// <summary>Its name.</summary>
    public string Name => Definition.Name;

    /// <summary>The flow without its types.</summary>
    public Flow Definition => Executable.Definition;

    /// <summary>The flow together with what its tasks run.</summary>
    public ExecutableFlow Executable { get; }

    /// <summary>The number of the task whose output is the job's result; null if there is no result.</summary>
    public int? ResultTask { get; }

    internal FlowTemplate Template => new(Definition, ResultTask);
}

/// <summary>A flow that knows the types of its input and its result.</summary>
/// <typeparam name="TIn">What a job of it takes; <see cref="Nothing"/> if it takes nothing.</typeparam>
/// <typeparam name="TOut">What a job of it gives; <see cref="Nothing"/> if it gives nothing.</typeparam>
public sealed class Flow<TIn, TOut> : TypedFlow
{
    internal Flow(ExecutableFlow executable, int? resultTask) : base(Checking(executable), resultTask) { }

    private static ExecutableFlow Checking(ExecutableFlow flow) =>
        flow.InputCheck is not null || typeof(TIn) == typeof(Nothing)
            ? flow
            : flow.CheckingInput((codec, input) => codec.Decode<TIn>(input));

    /// <summary>The flow with what is added; this one stays as it is.</summary>
    /// <param name="add">
    /// Adds tasks, takes outputs of those that are there by <see cref="FlowBuilder{TIn}.Output{TOut}(string)"/>, and
    /// may change policies.
    /// </param>
    /// <exception cref="FlowDefinitionException">The new flow would have faults: all of them are listed.</exception>
    public Flow<TIn, TOut> With(Action<FlowBuilder<TIn>> add)
    {
        ArgumentNullException.ThrowIfNull(add);
        var plan = new FlowPlan(Executable);
        add(new FlowBuilder<TIn>(plan));
        return new(plan.Build(null), ResultTask);
    }

    /// <summary>
    /// The flow in which tasks run something else: each that is added takes the place of the one of its name, and what
    /// others take from it. This one stays as it is.
    /// </summary>
    /// <param name="add">
    /// Adds tasks of the names and output types of those that they replace; what they need, their configuration and
    /// their policies are said anew. The code of a lambda is not part of the fingerprint: give it a version to tell the
    /// flows apart.
    /// </param>
    /// <exception cref="FlowDefinitionException">
    /// There is no task of such a name, it gives something else, or the new flow would have other faults.
    /// </exception>
    public Flow<TIn, TOut> Replace(Action<FlowBuilder<TIn>> add)
    {
        ArgumentNullException.ThrowIfNull(add);
        var plan = new FlowPlan(Executable);
        add(new FlowBuilder<TIn>(plan));
        plan.Replace(from: Definition.Tasks.Count);
        return new(plan.Build(null), ResultTask);
    }

    /// <summary>The flow without some tasks, named without regard to case; this one stays as it is.</summary>
    /// <exception cref="FlowDefinitionException">
    /// One is not there, a task that stays needs it, or its output is the result.
    /// </exception>
    public Flow<TIn, TOut> Without(params IReadOnlyList<string> tasks)
    {
        var changed = Executable.Without(tasks);
        if (ResultTask is not { } number) return new(changed, null);
        var result = Definition.TaskNames[number];
        if (changed.Definition.TryFind(result, out number)) return new(changed, number);
        throw new FlowDefinitionException(Name, [new FlowFault(
            FlowFaultCode.StillNeeded,
            result,
            $"Task '{result}' cannot be removed, because its output is the result; choose another with Returns().")]);
    }

    /// <summary>The flow with one more edge that only orders; this one stays as it is.</summary>
    /// <inheritdoc cref="Flow.WithDependency"/>
    public Flow<TIn, TOut> WithDependency(string task, string needs, bool required = true) =>
        new(Executable.WithDependency(task, needs, required), ResultTask);

    /// <summary>The flow with another result: the output of a task, by its name without regard to case.</summary>
    /// <exception cref="ActorFlowException">There is no such task, or its output is of another type.</exception>
    public Flow<TIn, TResult> Returns<TResult>(string task)
    {
        ArgumentNullException.ThrowIfNull(task);
        var result = Definition[task];
        OutputTypes.Require<TResult>(result.Name, Executable.BodyOf(result.Number).Output);
        return new(Executable, result.Number);
    }
}
