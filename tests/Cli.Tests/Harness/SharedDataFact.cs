namespace ActorFlow.Cli.Tests;

/// <summary>A test on the real workflows, which lie beside the repository; skipped where they do not.</summary>
internal sealed class SharedDataFact : FactAttribute
{
    public SharedDataFact()
    {
        if (Directory is null) Skip = "There is no 'shared/data' beside the repository: no real workflows to run.";
    }

    /// <summary>Where they are; null if they are not there.</summary>
    public static string? Directory { get; } = Find();

    private static string? Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var data = Path.Combine(at.FullName, "shared", "data");
            if (System.IO.Directory.Exists(data)) return data;
        }

        return null;
    }
}
