namespace ActorFlow.Cli;

/// <content>What adds flows to a job while it runs.</content>
internal abstract partial record TaskRecipe
{
    /// <summary>Runs a flow as part of the job.</summary>
    /// <param name="Use">The flow.</param>
    public sealed record Nested(FlowUse Use) : TaskRecipe;

    /// <summary>Runs a flow for each of some items.</summary>
    /// <param name="Use">The flow.</param>
    /// <param name="Items">The items.</param>
    /// <param name="Options">How they are treated.</param>
    public sealed record Mapped(FlowUse Use, ItemSource Items, MapOptions Options) : TaskRecipe
    {
        /// <summary>Whether the output tells how each item ended, and failures fail nothing.</summary>
        public bool TellsOutcomes { get; init; }
    }

    /// <summary>Runs a flow again and again, on what the last round gave.</summary>
    /// <param name="Use">The flow.</param>
    /// <param name="Initial">What the first round is given.</param>
    /// <param name="MaxRounds">How many rounds there are at most.</param>
    public sealed record Repeated(FlowUse Use, ValueTemplate Initial, int MaxRounds) : TaskRecipe
    {
        /// <summary>What must hold for there to be another round, asked before each; null for nothing.</summary>
        public Expression? While { get; init; }

        /// <summary>What ends the rounds, asked after each; null for nothing.</summary>
        public Expression? Until { get; init; }
    }

    /// <summary>Runs the first of some flows whose condition holds; if none does, the task is skipped.</summary>
    /// <param name="Cases">The flows.</param>
    /// <param name="Match">The value that cases are for; null if each has a condition of its own.</param>
    public sealed record Chosen(IReadOnlyList<ChoiceCase> Cases, ValueTemplate? Match) : TaskRecipe;
}

/// <summary>A flow that a task adds to its job, and what that is given.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="Input">What it is given.</param>
internal sealed record FlowUse(FlowSource Flow, PartInput Input);

/// <summary>One of the flows that a task chooses from.</summary>
/// <param name="Name">What its run is called.</param>
/// <param name="Use">The flow.</param>
internal sealed record ChoiceCase(string Name, FlowUse Use)
{
    /// <summary>What must hold; null for nothing.</summary>
    public Expression? Condition { get; init; }

    /// <summary>The values that it is for; null for all.</summary>
    public IReadOnlyList<ValueTemplate>? Values { get; init; }
}
