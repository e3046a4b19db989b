namespace ActorFlow.Actors;

/// <summary>Makes the flow that a task adds to its job, and what its tasks run.</summary>
public interface IExecutableFlowMaker : IFlowMaker
{
    /// <summary>The flow that <see cref="IFlowMaker.Make"/> gives, with the bodies of its tasks.</summary>
    /// <remarks>It is asked for each attempt of a task of the flow: it should know what it has made.</remarks>
    /// <param name="source">What an attempt gave as <see cref="Expansion.Source"/>.</param>
    ExecutableFlow MakeExecutable(Payload source);
}
