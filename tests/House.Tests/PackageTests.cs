using System.Xml.Linq;
using ActorFlow.House.Tests.Tree;

namespace ActorFlow.House.Tests;

/// <summary>What is packed, under which name, and that every build restores the same packages.</summary>
public sealed class PackageTests
{
    private const string TestCommand = "dotnet test ActorFlow.sln -c Release";

    private static readonly string[] PackageIds =
    [
        "ActorFlow", "ActorFlow.Actors", "ActorFlow.Cli", "ActorFlow.Engine", "ActorFlow.Journal", "ActorFlow.Notify",
        "ActorFlow.TestKit",
    ];

    private static XElement CommonProperties => XElement.Parse(Text("Directory.Build.props"));

    [Fact]
    public void What_is_packed_are_the_projects_of_the_source() => Assert.Equal(
        PackageIds,
        SourceTree.Projects.Where(project => project.Property("IsPackable") == "true")
            .Select(project => project.Property("PackageId")).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_package_says_what_it_is() => Findings.AreNone(
        "A package has a <Description>, and a library the documents of its types.",
        from project in SourceTree.Projects
        where project.Property("IsPackable") == "true"
        where string.IsNullOrWhiteSpace(project.Property("Description"))
            || (project.Property("OutputType") is null && project.Property("GenerateDocumentationFile") != "true")
        select project.Path);

    [Fact]
    public void The_command_line_is_a_tool_named_actorflow()
    {
        var tool = SourceTree.Projects.Single(project => project.Property("PackAsTool") == "true");

        Assert.Equal("ActorFlow.Cli", tool.Property("PackageId"));
        Assert.Equal("actorflow", tool.Property("ToolCommandName"));
    }

    [Theory]
    [InlineData("PackageReadmeFile", "README.md")]
    [InlineData("PackageLicenseExpression", "Apache-2.0")]
    [InlineData("IncludeSymbols", "true")]
    [InlineData("SymbolPackageFormat", "snupkg")]
    [InlineData("Deterministic", "true")]
    [InlineData("IsPackable", "false")]
    [InlineData("RestorePackagesWithLockFile", "true")]
    [InlineData("TreatWarningsAsErrors", "true")]
    public void All_projects_share_a_property(string name, string value) =>
        Assert.Equal(value, CommonProperties.Descendants(name).Single().Value);

    [Fact]
    public void A_build_in_ci_restores_exactly_what_is_locked() => Assert.Equal(
        "'$(CI)' == 'true'", CommonProperties.Descendants("RestoreLockedMode").Single().Attribute("Condition")?.Value);

    [Fact]
    public void Every_project_has_its_lock_file() => Findings.AreNone(
        "Restore the project and commit its packages.lock.json.",
        SourceTree.Projects.Select(project => $"{project.Folder}/packages.lock.json")
            .Except(SourceTree.Files.Select(file => file.Path)));

    [Fact]
    public void Versions_of_packages_are_kept_in_one_place() => Findings.AreNone(
        "Versions stand in Directory.Packages.props.",
        from project in SourceTree.Projects
        from reference in project.Content.Descendants("PackageReference")
        where reference.Attribute("Version") is not null || reference.Attribute("VersionOverride") is not null
        select $"{project.Path}: {reference}");

    [Fact]
    public void Every_project_is_in_the_solution() => Findings.AreNone(
        "Add it with dotnet sln add.",
        SourceTree.Projects.Select(project => project.Path)
            .Where(path => !Text("ActorFlow.sln").Contains(path.Replace('/', '\\'), StringComparison.Ordinal)));

    [Theory]
    [InlineData("README.md")]
    [InlineData("CONTRIBUTING.md")]
    [InlineData(".ci/run")]
    public void Everyone_runs_the_tests_with_the_same_command(string path) =>
        Assert.Contains(TestCommand, Text(path), StringComparison.Ordinal);

    private static string Text(string path) => SourceTree.Files.Single(file => file.Path == path).Text;
}
