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
    internal Flow(ExecutableFlow executable, int? resultTask) : base(executable, resultTask) { }
}
