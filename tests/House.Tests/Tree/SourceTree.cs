namespace ActorFlow.House.Tests.Tree;

/// <summary>The files of the repository, found from wherever the tests run.</summary>
internal static class SourceTree
{
    private static readonly HashSet<string> NotOurs = new(StringComparer.Ordinal)
    {
        ".git", ".actorflow", ".vs", ".idea", "artifacts", "bin", "obj", "TestResults", "BenchmarkDotNet.Artifacts",
    };

    private static readonly HashSet<string> TextEndings = new(StringComparer.Ordinal)
    {
        "", ".cs", ".csproj", ".props", ".targets", ".sln", ".md", ".json", ".yaml", ".yml", ".xml", ".sh", ".txt",
        ".editorconfig", ".gitignore", ".gitattributes", ".config", ".conf", ".svg", ".html", ".css", ".js",
    };

    /// <summary>Every text file of the repository.</summary>
    public static IReadOnlyList<TreeFile> Files { get; } = Read();

    /// <summary>Every C# file of the repository.</summary>
    public static IReadOnlyList<CodeFile> Code { get; } = [.. Files
        .Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal))
        .Select(file => new CodeFile(file))];

    /// <summary>Every project file of the repository.</summary>
    public static IEnumerable<ProjectFile> Projects =>
        Files.Where(file => file.Path.EndsWith(".csproj", StringComparison.Ordinal)).Select(ProjectFile.Read);

    private static List<TreeFile> Read()
    {
        var files = new List<TreeFile>();
        Collect(new DirectoryInfo(Repository.Root), files);
        files.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        return files;
    }

    private static void Collect(DirectoryInfo folder, List<TreeFile> files)
    {
        foreach (var file in folder.EnumerateFiles())
        {
            if (NotOurs.Contains(file.Name) || !TextEndings.Contains(file.Extension)) continue;
            var path = Path.GetRelativePath(Repository.Root, file.FullName).Replace('\\', '/');
            files.Add(new TreeFile(path, File.ReadAllText(file.FullName)));
        }

        foreach (var child in folder.EnumerateDirectories())
            if (!NotOurs.Contains(child.Name)) Collect(child, files);
    }
}
