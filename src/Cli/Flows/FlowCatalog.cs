using ActorFlow.Journal;

namespace ActorFlow.Cli;

/// <summary>A flow that was found, or what was found instead.</summary>
/// <param name="Target">What names it on a command line.</param>
/// <param name="Flow">The flow; null if it cannot be read.</param>
/// <param name="Problem">Why it cannot; null if it can.</param>
internal sealed record CatalogEntry(string Target, Flow? Flow, string? Problem)
{
    /// <summary>What its jobs take, as a reader would say it; null if anything.</summary>
    public string? Takes { get; init; }

    /// <summary>The name of a library, which is no flow; null for all others.</summary>
    public string? Library { get; init; }
}

/// <summary>Finds the flows of a file, of a folder, or of an assembly.</summary>
internal static class FlowCatalog
{
    private static readonly string[] Extensions = [".yaml", ".yml"];

    /// <summary>All flows under a path; those that cannot be read too, each with the reason.</summary>
    /// <exception cref="ActorFlowException">There is no such path; or it names one flow, which is none.</exception>
    public static IReadOnlyList<CatalogEntry> Of(string path)
    {
        var target = FlowTarget.Parse(path);
        if (target.IsAssembly && target.Name is null) return OfAssembly(target);
        if (target.IsAssembly || !Directory.Exists(path)) return [One(path)];
        return
        [
            .. Directory.EnumerateFiles(path)
                .Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal)
                .Select(Try),
        ];
    }

    /// <summary>The jobs of each flow in a data directory, flows in the order of their names.</summary>
    public static IEnumerable<IGrouping<string, JournaledJob>> OfJobs(IEnumerable<JournaledJob> jobs) =>
        jobs.GroupBy(job => job.FlowName, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal);

    private static List<CatalogEntry> OfAssembly(FlowTarget target)
    {
        var flows = new FlowRegistry().AddAssembly(LoadedAssembly.Load(target.Path));
        var entries = flows.Flows.Select(flow =>
            new CatalogEntry($"{target.Path}:{flow.Name}", flow.Executable.Definition, null)
            {
                Takes = flow.InputType is { } type ? new TaskParameter("", type, true).TypeName : null,
            });
        return [.. entries, .. flows.Problems.Select(problem => new CatalogEntry(target.Path, null, problem))];
    }

    private static CatalogEntry One(string path)
    {
        var package = JobPackage.Of(path);
        var takes = package.Inputs.Fields is { } fields
            ? string.Join(", ", fields.Select(field => field.IsRequired ? field.Name : $"{field.Name}?"))
            : null;
        try
        {
            return new CatalogEntry(path, package.Define(), null) { Takes = takes };
        }
        catch (LibraryException e)
        {
            var flows = string.Join(", ", e.Flows.Select(flow => flow.Name));
            return new CatalogEntry(path, null, $"a library of flows to import: {flows}") { Library = e.Name };
        }
    }

    private static CatalogEntry Try(string path)
    {
        try
        {
            return One(path);
        }
        catch (Exception e) when (e is ActorFlowException or IOException or UnauthorizedAccessException)
        {
            return new CatalogEntry(path, null, e.Message);
        }
    }
}
