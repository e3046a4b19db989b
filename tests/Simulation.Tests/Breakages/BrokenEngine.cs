using System.Diagnostics;
using System.Text;
using ActorFlow.Tests;

namespace ActorFlow.Simulation;

/// <summary>
/// A copy of the sources in which every breakage can be switched on: built once, it lives seeds in a process of its
/// own.
/// </summary>
public sealed class BrokenEngine : IDisposable
{
    private const string Switch = "ACTORFLOW_BREAKAGE";

    private static readonly string[] Copied =
        ["src/Engine", "src/Journal", "src/Actors", "src/TestKit", "tests/Simulation", "tests/Engine.Tests"];

    private readonly DirectoryInfo _copy = Directory.CreateTempSubdirectory("actorflow-broken-");

    public BrokenEngine()
    {
        foreach (var file in Directory.GetFiles(Repository.Root)) File.Copy(file, PathOf(Path.GetFileName(file)));
        foreach (var folder in Copied) Copy(folder);
        File.Copy(Repository.PathOf("tests", "Directory.Build.props"), PathOf("tests/Directory.Build.props"));
        File.WriteAllText(PathOf("src/Engine/Broken.cs"), $$"""
            namespace ActorFlow;

            public static class Broken
            {
                private static readonly string? Way = System.Environment.GetEnvironmentVariable("{{Switch}}");

                public static bool Is(string way) => Way == way;
            }
            """);
        foreach (var breakage in Breakage.All)
            foreach (var edit in breakage.Edits) Make(breakage, edit);
        var built = Run(null, "build", PathOf("tests/Simulation"), "-c", "Release", "--nologo", "-nodeReuse:false",
            "-p:RunAnalyzers=false", "-p:TreatWarningsAsErrors=false", "-p:GenerateDocumentationFile=false");
        Assert.True(built.ExitCode == 0, built.Output);
    }

    /// <summary>Lives seeds from the first on until one fails.</summary>
    /// <returns>What was printed; the exit code is 1 if one failed.</returns>
    internal (int ExitCode, string Output) Live(Breakage? breakage, int seeds) => Run(
        breakage?.Name, PathOf("artifacts/bin/ActorFlow.Simulation/release/ActorFlow.Simulation.dll"), "--first",
        "--seeds", $"{seeds}");

    public void Dispose() => _copy.Delete(recursive: true);

    private string PathOf(string path) => Path.Combine(_copy.FullName, path);

    private void Copy(string folder)
    {
        foreach (var file in Directory.GetFiles(Repository.PathOf(folder), "*", SearchOption.AllDirectories))
        {
            var to = PathOf(Path.GetRelativePath(Repository.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
    }

    private void Make(Breakage breakage, Edit edit)
    {
        var text = File.ReadAllText(PathOf(edit.File));
        var parts = text.Split(edit.Right);
        // What an earlier breakage has wrapped stands there still, inside of it.
        Assert.True(parts.Length > 1, $"Breakage '{breakage.Name}': {edit.File} has no '{edit.Right}' any more.");
        Assert.True(parts.Length == 2, $"Breakage '{breakage.Name}': {edit.File} has '{edit.Right}' more than once.");
        File.WriteAllText(PathOf(edit.File), $"{parts[0]}{Switched(breakage.Name, edit)}{parts[1]}");
    }

    private static string Switched(string name, Edit edit)
    {
        if (edit.IsInsertion) return $"{edit.Wrong}\n{edit.Right}";
        var isBroken = $"ActorFlow.Broken.Is(\"{name}\")";
        return edit.Right.EndsWith(';')
            ? $"if ({isBroken}) {{ {edit.Wrong} }} else {{ {edit.Right} }}"
            : $"({isBroken} ? ({edit.Wrong}) : ({edit.Right}))";
    }

    private static (int ExitCode, string Output) Run(string? breakage, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        // What the build that runs these tests has set is not for another one.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.Ordinal)))
            start.Environment.Remove(name);
        start.Environment[Switch] = breakage;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
