using System.Xml.Linq;

namespace ActorFlow.House.Tests.Tree;

/// <summary>One project, as its csproj file says.</summary>
/// <param name="Path">Its path from the root.</param>
/// <param name="Content">The file's XML.</param>
internal sealed record ProjectFile(string Path, XElement Content)
{
    /// <summary>Reads one.</summary>
    public static ProjectFile Read(TreeFile file) => new(file.Path, XElement.Parse(file.Text));

    /// <summary>The project's name: its file's name without the ending.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>The name of what it compiles to.</summary>
    public string AssemblyName => Property("AssemblyName") ?? Name;

    /// <summary>The folder it lies in.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path)!.Replace('\\', '/');

    /// <summary>The names of the projects that it references.</summary>
    public IEnumerable<string> ProjectReferences =>
        Includes("ProjectReference").Select(path => System.IO.Path.GetFileNameWithoutExtension(path));

    /// <summary>The packages that it passes on to who references it; analyzers are none.</summary>
    public IEnumerable<string> PackageReferences => Content.Descendants("PackageReference")
        .Where(item => (string?)item.Attribute("PrivateAssets") != "all")
        .Select(item => (string)item.Attribute("Include")!);

    /// <summary>What a property is set to in the file itself; null if it is not.</summary>
    public string? Property(string name) => (string?)Content.Descendants(name).LastOrDefault();

    private IEnumerable<string> Includes(string item) =>
        Content.Descendants(item).Select(each => (string)each.Attribute("Include")!);
}
