using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ActorFlow.Samples.CBuild;

/// <summary>A program in C of many sources on the disk, with a makefile beside it that builds the same.</summary>
/// <remarks>
/// Header n includes header n / 2, so that a change of one reaches some of the sources and not the others.
/// </remarks>
internal sealed class CProject : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("actorflow-c-build-").FullName;

    public CProject(int modules)
    {
        Directory.CreateDirectory(Sources);
        Directory.CreateDirectory(MadeByMake);
        for (var module = 1; module <= modules; module++)
        {
            WriteHeader(module, factor: module);
            Write($"m{module}.c", $$"""
                #include "m{{module}}.h"
                long m{{module}}(long x)
                {
                    return (x * FACTOR_{{module}} + FACTOR_{{Math.Max(1, module / 2)}}) % 1000003;
                }
                """);
        }

        WriteMain(modules);
        // Recipes that say what they do, and dependencies that the compiler finds.
        File.WriteAllText(Path.Combine(MadeByMake, "makefile"), $"""
            names := $(notdir $(basename $(wildcard {Sources}/*.c)))
            program: $(names:%=%.o); @echo link; cc -o $@ $(sort $^)
            %.o: {Sources}/%.c; @echo $*.c; cc -c $< -o $@ -MMD
            -include *.d
            """);
    }

    public string Sources => Path.Combine(_directory, "src");

    public string Data => Path.Combine(_directory, "data");

    private string MadeByMake => Path.Combine(_directory, "make");

    public void WriteHeader(int module, int factor)
    {
        var outer = module > 1 ? $"#include \"m{module / 2}.h\"\n" : "";
        Write($"m{module}.h", $"#pragma once\n{outer}#define FACTOR_{module} {factor}\nlong m{module}(long x);\n");
    }

    public void Write(string name, string text) => File.WriteAllText(Path.Combine(Sources, name), text + "\n");

    /// <summary>Builds with make.</summary>
    /// <returns>The sources that it compiled, and "link" if it linked.</returns>
    public string[] Make() => [.. Run("make", "-C", MadeByMake, "-j2", "--no-print-directory")
        .Split('\n').Where(line => line.EndsWith(".c", StringComparison.Ordinal) || line == "link")
        .Order(StringComparer.Ordinal)];

    /// <summary>What the program prints that make has built.</summary>
    public string RunMade() => Run(Path.Combine(MadeByMake, "program"));

    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it prints.</returns>
    public static string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new IOException($"{program} ended with {process.ExitCode}.");
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private void WriteMain(int modules)
    {
        var text = new StringBuilder("#include <stdio.h>\n");
        for (var module = 1; module <= modules; module++)
            text.Append(CultureInfo.InvariantCulture, $"#include \"m{module}.h\"\n");
        text.Append("int main(void) {\n  long x = 1;\n");
        for (var module = 1; module <= modules; module++)
            text.Append(CultureInfo.InvariantCulture, $"  x = m{module}(x);\n");
        Write("main.c", text.Append("  printf(\"%ld\\n\", x);\n  return 0;\n}").ToString());
    }
}
