namespace ActorFlow.Bench.Runs;

/// <summary>Finds the real workflows, which lie beside the repository.</summary>
internal static class SharedData
{
    /// <summary>The directory; null if it is not there.</summary>
    public static string? Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var data = Path.Combine(at.FullName, "shared", "data");
            if (Directory.Exists(data)) return data;
        }

        return null;
    }
}
