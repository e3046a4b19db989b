using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ActorFlow.Api.Tests.Samples;

/// <summary>What the documents show of C# compiles as it stands there.</summary>
public sealed class DocumentTests
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    [Theory]
    [InlineData("README.md", 1)]
    [InlineData("docs/dynamic.md", 1)]
    [InlineData("docs/changed-flows.md", 1)]
    [InlineData("docs/csharp.md", 8)]
    [InlineData("docs/reports.md", 3)]
    [InlineData("docs/caching.md", 2)]
    [InlineData("docs/datasets.md", 2)]
    [InlineData("docs/testing.md", 4)]
    [InlineData("docs/programs.md", 3)]
    public void Each_program_in_the_documents_compiles(string document, int programs)
    {
        var blocks = Blocks(File.ReadAllText(Path.Combine(Repository.Root, document))).ToList();
        Assert.Equal(programs, blocks.Count);
        foreach (var block in blocks) Assert.Empty(ErrorsOf(block));
    }

    private static IEnumerable<string> Blocks(string markdown) => markdown
        .Split("```csharp\n")
        .Skip(1)
        .Select(block => block[..block.IndexOf("```", StringComparison.Ordinal)]);

    private static IEnumerable<Diagnostic> ErrorsOf(string program)
    {
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var code = CSharpSyntaxTree.ParseText(program);
        var isProgram = code.GetRoot().ChildNodes().OfType<GlobalStatementSyntax>().Any();
        return CSharpCompilation.Create(
                "document",
                [CSharpSyntaxTree.ParseText(ImplicitUsings), code],
                platform.Select(path => MetadataReference.CreateFromFile(path)),
                new CSharpCompilationOptions(
                    isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
                    nullableContextOptions: NullableContextOptions.Enable))
            .GetDiagnostics()
            .Where(d => d.Severity >= DiagnosticSeverity.Warning);
    }
}
