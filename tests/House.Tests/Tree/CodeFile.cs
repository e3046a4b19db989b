using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ActorFlow.House.Tests.Tree;

/// <summary>One C# file, read as syntax.</summary>
internal sealed class CodeFile(TreeFile file)
{
    private static readonly CSharpParseOptions Options =
        new(LanguageVersion.Latest, DocumentationMode.Parse, SourceCodeKind.Regular);

    private readonly Lazy<SyntaxNode> _syntax = new(() => CSharpSyntaxTree.ParseText(file.Text, Options).GetRoot());

    /// <summary>A file that exists only as text, to try a rule on.</summary>
    public static CodeFile Of(string path, string text) => new(new TreeFile(path, text));

    /// <summary>The file itself.</summary>
    public TreeFile File { get; } = file;

    /// <summary>Its path from the root.</summary>
    public string Path => File.Path;

    /// <summary>Its syntax.</summary>
    public SyntaxNode Syntax => _syntax.Value;

    /// <summary>Whether it lies under <c>tests</c>.</summary>
    public bool IsTest => File.IsIn("tests");

    /// <summary>All nodes of one kind.</summary>
    public IEnumerable<T> All<T>() where T : SyntaxNode => Syntax.DescendantNodes().OfType<T>();

    /// <summary>Where something stands: <c>src/Engine/Flow.cs:12</c>.</summary>
    public string Place(SyntaxNodeOrToken at) => $"{Path}:{FirstLine(at)}";

    /// <summary>Where a piece of trivia stands.</summary>
    public string Place(SyntaxTrivia at) => $"{Path}:{at.GetLocation().GetLineSpan().StartLinePosition.Line + 1}";

    /// <summary>How many lines something takes, without the comments above it.</summary>
    public static int LineCount(SyntaxNode node)
    {
        var span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    private static int FirstLine(SyntaxNodeOrToken at) =>
        at.GetLocation()!.GetLineSpan().StartLinePosition.Line + 1;
}
