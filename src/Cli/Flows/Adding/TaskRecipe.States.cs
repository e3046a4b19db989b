namespace ActorFlow.Cli;

/// <content>What goes from state to state.</content>
internal abstract partial record TaskRecipe
{
    /// <summary>Runs the flow of one state after the other, each on what the last one gave.</summary>
    /// <param name="All">The states; the first is where it begins.</param>
    /// <param name="Initial">What the first visit is given.</param>
    /// <param name="MaxVisits">More visits than these are a failure.</param>
    public sealed record States(IReadOnlyList<FlowState> All, ValueTemplate Initial, int MaxVisits) : TaskRecipe;
}

/// <summary>A state: what runs in it, and where it goes from there.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Use">What runs in it.</param>
/// <param name="Ways">The ways from here; the first that is open is gone, and none is the end.</param>
internal sealed record FlowState(string Name, FlowUse Use, IReadOnlyList<StateWay> Ways);

/// <summary>A way from one state to another, or to the same.</summary>
/// <param name="Condition">What must hold; null for nothing.</param>
/// <param name="To">The number of the state that it leads to.</param>
internal sealed record StateWay(Expression? Condition, int To);
