namespace ActorFlow.Cli;

/// <content>What runs a flow that comes up only then.</content>
internal abstract partial record TaskRecipe
{
    /// <summary>Runs a command, and then the flow that it has printed.</summary>
    /// <param name="Command">The command.</param>
    public sealed record Generated(Shell Command) : TaskRecipe
    {
        /// <summary>The needs of the task, which the flow gets if it takes them.</summary>
        public IReadOnlyList<string> Needs { get; init; } = [];

        /// <summary>Further values for its input.</summary>
        public IReadOnlyList<(string Name, ValueTemplate Value)> With { get; init; } = [];

        /// <summary>The services that its .NET tasks see behind its own; null for none.</summary>
        public ServiceScope? Services { get; init; }
    }
}
