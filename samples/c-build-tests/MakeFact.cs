namespace ActorFlow.Samples.CBuild;

/// <summary>A test that needs a C compiler and make; skipped where one is not there.</summary>
internal sealed class MakeFact : FactAttribute
{
    public MakeFact()
    {
        string[] missing = [.. new[] { "cc", "make" }.Where(program => !IsThere(program))];
        if (missing.Length > 0) Skip = $"This machine has no {string.Join(" and no ", missing.Select(p => $"'{p}'"))}.";
    }

    private static bool IsThere(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(directory => File.Exists(Path.Combine(directory, program)));
}
