using System.Text.RegularExpressions;
using ActorFlow.House.Tests.Tree;

namespace ActorFlow.House.Tests;

/// <summary>The documents hang together: links lead somewhere, and each can be reached.</summary>
public sealed partial class DocumentTests
{
    private static IEnumerable<TreeFile> Documents =>
        SourceTree.Files.Where(file => file.Path.EndsWith(".md", StringComparison.Ordinal));

    [Fact]
    public void Every_relative_link_leads_to_a_file() => Findings.AreNone(
        "Links are relative to the document that has them.",
        from document in Documents
        from link in Links(document)
        where !Exists(link.Target)
        select $"{document.Path}: {link.Text}");

    [Fact]
    public void Every_link_to_a_heading_leads_to_one() => Findings.AreNone(
        "The anchor of a heading is its text in lower case, with hyphens for blanks.",
        from document in Documents
        from link in Links(document)
        where link.Anchor.Length > 0 && Documents.FirstOrDefault(each => each.Path == link.Target) is { } target
            && !Anchors(target).Contains(link.Anchor, StringComparer.Ordinal)
        select $"{document.Path}: {link.Text}");

    [Fact]
    public void Every_document_is_linked_from_another() => Findings.AreNone(
        "Link it from README.md or from a document that readers find.",
        SourceTree.Files.Where(file => file.IsIn("docs")).Select(file => file.Path).Except(
            from document in Documents
            from link in Links(document)
            where link.Target != document.Path
            select link.Target));

    [Fact]
    public void Links_are_read_outside_of_code_only()
    {
        var document = new TreeFile(
            "docs/a.md", "[b](b.md#part) [web](https://a.org)\n```\n[c](c.md)\n```\n`[d](d.md)` ![e](../e.svg)\n");

        Assert.Equal(["docs/b.md", "e.svg"], Links(document).Select(link => link.Target));
        Assert.Equal("part", Links(document).First().Anchor);
    }

    [Fact]
    public void Headings_have_anchors() =>
        Assert.Equal(["the-journal-and-its-files"], Anchors(new TreeFile("a.md", "## The journal, and `its` files\n")));

    private static IEnumerable<Link> Links(TreeFile document) => LinkPattern()
        .Matches(CodePattern().Replace(document.Text, ""))
        .Select(match => match.Groups[1].Value)
        .Where(target => !target.Contains(':', StringComparison.Ordinal))
        .Select(target => Link.From(document, target));

    private static IEnumerable<string> Anchors(TreeFile document) => document.Lines
        .Where(line => line.StartsWith('#'))
        .Select(line => line.TrimStart('#').Trim().ToLowerInvariant())
        .Select(heading => string.Concat(heading.Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')))
        .Select(heading => heading.Replace(' ', '-'));

    private static bool Exists(string path)
    {
        var full = Path.Combine(Repository.Root, path);
        return File.Exists(full) || Directory.Exists(full);
    }

    [GeneratedRegex(@"\]\(\s*<?([^)\s>]+)")]
    private static partial Regex LinkPattern();

    [GeneratedRegex(@"^```.*?^```|`[^`\n]*`", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodePattern();

    /// <summary>One link of a document.</summary>
    private sealed record Link(string Text, string Target, string Anchor)
    {
        public static Link From(TreeFile document, string text)
        {
            var parts = text.Split('#', 2);
            var folder = Path.GetDirectoryName(document.Path)!;
            var target = parts[0].Length == 0
                ? document.Path
                : Path.GetRelativePath(Repository.Root, Path.Combine(Repository.Root, folder, parts[0]));
            return new Link(text, target.Replace('\\', '/'), parts.Length > 1 ? parts[1] : "");
        }
    }
}
