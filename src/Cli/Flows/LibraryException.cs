namespace ActorFlow.Cli;

/// <summary>A file without tasks of its own was taken for a flow: it has only flows for others to import.</summary>
internal sealed class LibraryException : ActorFlowException
{
    public LibraryException(string name, IReadOnlyList<Flow> flows)
        : base($"'{name}' has no tasks of its own: it is a library of flows for others to import"
            + $"{(flows.Count == 0 ? "" : $", {string.Join(", ", flows.Take(20).Select(flow => $"'{flow.Name}'"))}")}"
            + $"{(flows.Count > 20 ? $" and {flows.Count - 20} more" : "")}.") => (Name, Flows) = (name, flows);

    /// <summary>The name of the library.</summary>
    public string Name { get; }

    /// <summary>Its flows, and those that it imports.</summary>
    public IReadOnlyList<Flow> Flows { get; }
}
