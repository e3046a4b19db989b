namespace ActorFlow;

/// <summary>Where one parameter of a task gets its value.</summary>
/// <param name="Parameter">The parameter's name; empty where nothing is handed over.</param>
public abstract record TaskInput(string Parameter)
{
    /// <summary>An edge: the output of a task, or one field of it.</summary>
    /// <param name="Parameter">The parameter's name; empty for an edge that only orders.</param>
    /// <param name="Task">The number of the upstream task.</param>
    /// <param name="Field">The path of the field, names separated by dots; null for the whole output.</param>
    /// <param name="Required">Whether the upstream task must succeed; otherwise its value may be missing.</param>
    public sealed record FromTask(string Parameter, int Task, string? Field, bool Required) : TaskInput(Parameter)
    {
        /// <summary>Whether the edge only orders and hands nothing over.</summary>
        public bool IsOrderOnly => Parameter.Length == 0;

        /// <summary>
        /// Whether a body that is bound by names gets how the task ended, be it without an output, in place of that.
        /// </summary>
        public bool IsOutcome { get; init; }
    }

    /// <summary>The input of the job, or one field of it.</summary>
    public sealed record FromJob(string Parameter, string? Field) : TaskInput(Parameter);

    /// <summary>A value that the flow names.</summary>
    public sealed record Constant(string Parameter, Payload Value) : TaskInput(Parameter)
    {
        /// <summary>What the configuration of the task calls the value; null if the flow itself names it.</summary>
        public string? Setting { get; init; }
    }
}
