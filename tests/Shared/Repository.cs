namespace ActorFlow.Tests;

/// <summary>Finds the files of the repository that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } =
        Above(folder => File.Exists(Path.Combine(folder, "ActorFlow.sln")) ? folder : null)
        ?? throw new DirectoryNotFoundException($"No folder above '{AppContext.BaseDirectory}' holds ActorFlow.sln.");

    /// <summary>The real workflows, which lie beside the repository; null if they are not there.</summary>
    public static string? SharedData { get; } =
        Above(folder => Path.Combine(folder, "shared", "data") is var data && Directory.Exists(data) ? data : null);

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string? Above(Func<string, string?> find)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (find(at.FullName) is { } found) return found;
        return null;
    }
}
