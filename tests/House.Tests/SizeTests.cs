using ActorFlow.House.Tests.Tree;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ActorFlow.House.Tests;

/// <summary>Files, methods and lines stay small enough to be read at one sitting.</summary>
public sealed class SizeTests
{
    private const int SourceLines = 300;
    private const int TestLines = 500;
    private const int MethodLines = 60;
    private const int LineLength = 120;
    private const int JobActorLines = 150;

    [Fact]
    public void No_file_is_too_long() => Findings.AreNone(
        $"Source files have at most {SourceLines} lines, test files {TestLines}: split what is longer by subject.",
        SourceTree.Code.SelectMany(LongFiles));

    [Fact]
    public void No_method_is_too_long() => Findings.AreNone(
        $"Methods have at most {MethodLines} lines.", SourceTree.Code.SelectMany(LongMethods));

    [Fact]
    public void No_line_is_too_long() => Findings.AreNone(
        $"Lines of C# have at most {LineLength} characters.", SourceTree.Code.SelectMany(LongLines));

    [Fact]
    public void The_job_actor_stays_a_page() => Findings.AreNone(
        $"JobActor.cs has at most {JobActorLines} lines: what decides belongs into the job machine.",
        SourceTree.Code
            .Where(file => file.Path.EndsWith("/JobActor.cs", StringComparison.Ordinal))
            .Where(file => file.File.Lines.Count > JobActorLines)
            .Select(file => $"{file.Path}: {file.File.Lines.Count} lines"));

    [Theory]
    [InlineData(60, 0)]
    [InlineData(61, 1)]
    public void A_method_is_measured_from_its_first_to_its_last_line(int lines, int findings)
    {
        var body = string.Concat(Enumerable.Repeat("        Next();\n", lines - 3));
        var file = CodeFile.Of("src/A.cs", $"class A\n{{\n    // Why.\n    void Run()\n    {{\n{body}    }}\n}}\n");

        Assert.Equal(findings, LongMethods(file).Count());
    }

    [Fact]
    public void A_file_of_the_tests_may_be_longer_than_one_of_the_source()
    {
        var text = string.Concat(Enumerable.Repeat("// A line.\n", SourceLines + 1));

        Assert.Equal(["src/A.cs: 301 lines"], LongFiles(CodeFile.Of("src/A.cs", text)));
        Assert.Empty(LongFiles(CodeFile.Of("tests/A.cs", text)));
    }

    private static IEnumerable<string> LongFiles(CodeFile file)
    {
        var limit = file.IsTest ? TestLines : SourceLines;
        if (file.File.Lines.Count > limit) yield return $"{file.Path}: {file.File.Lines.Count} lines";
    }

    private static IEnumerable<string> LongMethods(CodeFile file) => file.Syntax.DescendantNodes()
        .Where(IsMethod)
        .Where(node => CodeFile.LineCount(node) > MethodLines)
        .Select(node => $"{file.Place(node)}: {CodeFile.LineCount(node)} lines");

    private static bool IsMethod(SyntaxNode node) =>
        node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax;

    private static IEnumerable<string> LongLines(CodeFile file)
    {
        for (var i = 0; i < file.File.Lines.Count; i++)
            if (file.File.Lines[i].Length > LineLength)
                yield return $"{file.Path}:{i + 1}: {file.File.Lines[i].Length} characters";
    }
}
