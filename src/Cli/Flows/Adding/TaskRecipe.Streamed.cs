namespace ActorFlow.Cli;

/// <content>What runs something for each line that a command prints.</content>
internal abstract partial record TaskRecipe
{
    /// <summary>Runs a command, and a flow for each line that it prints, as it comes.</summary>
    /// <param name="Command">The command.</param>
    /// <param name="Each">The flow.</param>
    /// <param name="Form">What a line is.</param>
    /// <param name="Buffer">How many items are under way at most.</param>
    public sealed record Streamed(Shell Command, FlowUse Each, ItemForm Form, int Buffer) : TaskRecipe;
}

/// <summary>What a line is that a command prints as an item.</summary>
internal enum ItemForm
{
    /// <summary>A text.</summary>
    Lines,

    /// <summary>A value in JSON; empty lines are none.</summary>
    Json,
}
