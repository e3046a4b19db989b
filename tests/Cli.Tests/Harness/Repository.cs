namespace ActorFlow.Cli.Tests;

/// <summary>Finds the files of the repository that these tests were built from.</summary>
internal static class Repository
{
    private static readonly string Root = Find();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "ActorFlow.sln"))) return at.FullName;
        throw new InvalidOperationException("There is no ActorFlow.sln above the tests.");
    }
}
