namespace ActorFlow.Api.Tests.UpToDate;

/// <summary>A test that needs a C compiler; skipped where there is none.</summary>
internal sealed class CompilerFact : FactAttribute
{
    public CompilerFact()
    {
        if (Compiler is null) Skip = "This machine has no 'cc': there is nothing to build a C project with.";
    }

    /// <summary>The compiler; null if there is none.</summary>
    public static string? Compiler { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(directory => Path.Combine(directory, "cc"))
        .FirstOrDefault(File.Exists);
}
