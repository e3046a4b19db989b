namespace ActorFlow.Cli;

/// <summary>What a command line names: a flow file, a folder, an assembly, or one thing in an assembly.</summary>
/// <param name="Path">The file or folder.</param>
/// <param name="Name">The flow or task in an assembly; null if none is named.</param>
internal sealed record FlowTarget(string Path, string? Name)
{
    private const string Extension = ".dll";

    public bool IsAssembly => Path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);

    /// <summary>Takes <c>PATH</c> or <c>ASSEMBLY.dll:NAME</c> apart.</summary>
    public static FlowTarget Parse(string text)
    {
        var at = text.LastIndexOf(Extension + ":", StringComparison.OrdinalIgnoreCase);
        if (at < 0) return new(text, null);
        var name = text[(at + Extension.Length + 1)..];
        return new(text[..(at + Extension.Length)], name.Length == 0 ? null : name);
    }

    /// <summary>The flow of an assembly: the one that is named, or else its only one.</summary>
    /// <exception cref="ActorFlowException">There is none of that name, or several and none is named.</exception>
    public RegisteredFlow FindFlow()
    {
        var flows = new FlowRegistry().AddAssembly(LoadedAssembly.Load(Path));
        if (Name is not null)
            return flows.TryFind(Name, out var named, out var problem)
                ? named
                : throw new ActorFlowException($"'{Path}': {problem}");
        var all = flows.Flows.ToList();
        if (all.Count == 1) return all[0];
        var names = string.Join(", ", all.Select(flow => $"'{System.IO.Path.GetFileName(Path)}:{flow.Name}'"));
        throw new ActorFlowException(all.Count > 1
            ? $"'{Path}' gives {all.Count} flows; name one: {names}."
            : $"'{Path}' gives no flow: {string.Join(' ', flows.Problems.DefaultIfEmpty(
                "no public static property, or method without parameters, is of type Flow<,>."))}");
    }
}
