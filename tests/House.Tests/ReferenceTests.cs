using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using ActorFlow.House.Tests.Tree;

namespace ActorFlow.House.Tests;

/// <summary>References point inward only: towards the pure core, which references nothing.</summary>
public sealed class ReferenceTests
{
    private const string Engine = "ActorFlow.Engine";
    private const string Journal = "ActorFlow.Journal";
    private const string Actors = "ActorFlow.Actors";
    private const string Api = "ActorFlow";
    private const string Notify = "ActorFlow.Notify";
    private const string Cli = "ActorFlow.Cli";
    private const string TestKit = "ActorFlow.TestKit";
    private const string Logging = "Microsoft.Extensions.Logging.Abstractions";

    private static readonly string[] Hosting =
    [
        "Microsoft.Extensions.Configuration.Abstractions",
        "Microsoft.Extensions.DependencyInjection.Abstractions",
        "Microsoft.Extensions.Diagnostics.Abstractions",
        "Microsoft.Extensions.Hosting.Abstractions",
        "Microsoft.Extensions.Options",
    ];

    /// <summary>What each assembly may reference besides the platform; the command line may use any package.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        [Engine] = [],
        [Journal] = [Engine],
        [Actors] = [Engine, Journal, Logging],
        [Api] = [Engine, Journal, Actors, Logging, .. Hosting],
        [Notify] = [Engine, Api, Logging, .. Hosting],
        [Cli] = [Engine, Journal, Actors, Api, Notify],
        [TestKit] = [Engine, Journal, Actors, Logging],
    };

    public static TheoryData<string> Assemblies => new(Allowed.Keys);

    private static IEnumerable<ProjectFile> SourceProjects =>
        SourceTree.Projects.Where(project => project.Path.StartsWith("src/", StringComparison.Ordinal));

    [Fact]
    public void Every_project_of_the_source_has_its_allowed_references() =>
        Assert.Equal(Allowed.Keys.Order(), SourceProjects.Select(project => project.AssemblyName).Order());

    [Fact]
    public void Assemblies_do_not_differ_by_case_alone() => Findings.AreNone(
        "The runtime compares the names of assemblies without regard to case: it would load one for the other.",
        SourceTree.Projects.GroupBy(project => project.AssemblyName, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1)
            .Select(group => string.Join(" and ", group.Select(each => $"{each.AssemblyName} ({each.Path})"))));

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Project_references_only_what_it_may(string assembly)
    {
        var project = SourceProjects.Single(each => each.AssemblyName == assembly);
        var names = SourceTree.Projects.ToDictionary(each => each.Name, each => each.AssemblyName);
        var references = project.ProjectReferences.Select(name => names[name]);
        var packages = assembly == Cli ? [] : project.PackageReferences;

        Findings.AreNone(
            $"{assembly} may reference {Listed(assembly)}.", references.Concat(packages).Except(Allowed[assembly]));
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Compiled_assembly_references_only_what_it_may(string assembly)
    {
        var references = ReferencesOf(assembly).Where(name => !IsPlatform(name));
        if (assembly == Cli) references = references.Where(IsOurs);

        Findings.AreNone($"{assembly} may reference {Listed(assembly)}.", references.Except(Allowed[assembly]));
    }

    [Fact]
    public void Tests_and_benchmarks_are_referenced_by_nothing_that_ships() => Findings.AreNone(
        "Projects under src reference projects under src.",
        from project in SourceProjects
        from reference in project.ProjectReferences
        where SourceProjects.All(each => each.Name != reference)
        select $"{project.Path} -> {reference}");

    private static List<string> ReferencesOf(string assembly)
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));
        using var image = new PEReader(file);
        var metadata = image.GetMetadataReader();
        return [.. metadata.AssemblyReferences
            .Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }

    private static bool IsOurs(string name) => name == Api || name.StartsWith("ActorFlow.", StringComparison.Ordinal);

    private static bool IsPlatform(string name) =>
        File.Exists(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, name + ".dll"));

    private static string Listed(string assembly) =>
        Allowed[assembly] is { Length: > 0 } allowed ? string.Join(", ", allowed) : "nothing but the platform";
}
