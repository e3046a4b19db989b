namespace ActorFlow;

/// <summary>Makes the flow that a task adds to its job out of what an attempt of it gave.</summary>
/// <remarks>
/// The source is in the journal, the flow is not: it is made anew wherever the job is read. The same source has to give
/// the same flow always, in every process.
/// </remarks>
public interface IFlowMaker
{
    /// <summary>The pools that tasks of its flows may take their slots from.</summary>
    IReadOnlyList<string> Pools { get; }

    /// <summary>The flow that a source stands for.</summary>
    /// <param name="source">What an attempt gave as <see cref="Expansion.Source"/>.</param>
    /// <exception cref="ActorFlowException">It stands for none.</exception>
    FlowTemplate Make(Payload source);
}
