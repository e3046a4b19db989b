using ActorFlow.House.Tests.Tree;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ActorFlow.House.Tests;

/// <summary>Names say what a thing is for, types start with a sentence, and tests by what they show.</summary>
public sealed class NameTests
{
    private static readonly string[] Hollow = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utilities"];

    [Fact]
    public void Tests_are_named_by_a_sentence() => Findings.AreNone(
        "Name a test by what it shows: Late_result_of_an_old_attempt_is_ignored.",
        from file in SourceTree.Code
        where file.IsTest
        from method in file.All<MethodDeclarationSyntax>()
        where Attributes(method).Any(IsTestAttribute) && !IsSentence(method.Identifier.ValueText)
        select $"{file.Place(method)}: {method.Identifier}");

    [Fact]
    public void No_test_is_skipped_for_good() => Findings.AreNone(
        "A test that cannot pass is repaired or removed; one that needs what is not there has its own attribute.",
        SourceTree.Code.Where(file => file.IsTest).SelectMany(SkippedTests));

    [Fact]
    public void No_type_has_a_hollow_name() => Findings.AreNone(
        "Name a type by its subject; these words say nothing.",
        from file in SourceTree.Code
        from type in file.All<BaseTypeDeclarationSyntax>()
        where Array.Exists(Hollow, word => type.Identifier.ValueText.EndsWith(word, StringComparison.Ordinal))
        select $"{file.Place(type)}: {type.Identifier}");

    [Fact]
    public void No_two_log_messages_have_one_event_id() => Findings.AreNone(
        "Who filters logs goes by the ids of events; take one that is free.",
        from file in SourceTree.Code
        where file.File.IsIn("src")
        from attribute in file.All<AttributeSyntax>()
        where attribute.Name.ToString() == "LoggerMessage"
        group file.Place(attribute) by attribute.ArgumentList!.Arguments[0].ToString() into places
        where places.Count() > 1
        select $"{places.Key}: {string.Join(", ", places)}");

    [Fact]
    public void Every_type_of_the_source_says_what_it_is_for() => Findings.AreNone(
        "A type starts with one sentence in <summary> that says what it is for.",
        SourceTree.Code.Where(file => file.File.IsIn("src")).SelectMany(Silent));

    [Theory]
    [InlineData("[Fact(Skip = \"later\")] public void A_b() { }", 1)]
    [InlineData("[Theory(DisplayName = \"x\", Skip = \"later\")] public void A_b() { }", 1)]
    [InlineData("[Fact] public void A_b() { }", 0)]
    public void A_skip_is_found_on_any_test_attribute(string method, int findings) =>
        Assert.Equal(findings, SkippedTests(CodeFile.Of("tests/A.cs", $"class A {{ {method} }}")).Count());

    [Theory]
    [InlineData("public class A { }", 1)]
    [InlineData("class A { }", 1)]
    [InlineData("/// <summary> </summary>\npublic class A { }", 1)]
    [InlineData("/// <summary>One.</summary>\npublic class A { private class B { } }", 0)]
    [InlineData("/// <summary>One.</summary>\npublic class A { public class B { } }", 1)]
    [InlineData("/// <summary>One.</summary>\npublic class A;\n/// <inheritdoc />\npublic class B : A;", 0)]
    [InlineData("/// <summary>One.</summary>\npublic partial class A;\npublic partial class A;", 0)]
    public void A_type_without_a_sentence_is_found(string code, int findings) =>
        Assert.Equal(findings, Silent(CodeFile.Of("src/A.cs", code)).Count());

    private static IEnumerable<string> SkippedTests(CodeFile file) =>
        from attribute in file.All<AttributeSyntax>()
        where IsTestAttribute(attribute)
        from argument in attribute.ArgumentList?.Arguments ?? []
        where argument.NameEquals?.Name.Identifier.ValueText == "Skip"
        select file.Place(attribute);

    private static IEnumerable<string> Silent(CodeFile file) => file.All<MemberDeclarationSyntax>()
        .Where(member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax)
        .Where(type => type is not ExtensionBlockDeclarationSyntax && !IsHidden(type) && !HasSentence(type))
        .Where(type => !type.Modifiers.Any(SyntaxKind.PartialKeyword) || !IsSaidElsewhere(type))
        .Select(type => $"{file.Place(type)}: {type.ToString().Split('\n')[0].Trim()}");

    /// <summary>Nested types are private, or internal to one that explains them, unless they say otherwise.</summary>
    private static bool IsHidden(MemberDeclarationSyntax type) =>
        type.Ancestors().OfType<TypeDeclarationSyntax>().Any() && !type.Modifiers.Any(SyntaxKind.PublicKeyword);

    private static bool HasSentence(MemberDeclarationSyntax type) => type.GetLeadingTrivia()
        .Select(trivia => trivia.GetStructure())
        .OfType<DocumentationCommentTriviaSyntax>()
        .SelectMany(comment => comment.Content)
        .Any(node => node is XmlEmptyElementSyntax { Name.LocalName.ValueText: "inheritdoc" } || IsSummary(node));

    private static bool IsSummary(XmlNodeSyntax node) =>
        node is XmlElementSyntax { StartTag.Name.LocalName.ValueText: "summary" } element
        && element.Content.ToString().Any(char.IsLetter);

    /// <summary>One part of a partial type speaks for all.</summary>
    private static bool IsSaidElsewhere(MemberDeclarationSyntax type)
    {
        var name = ((BaseTypeDeclarationSyntax)type).Identifier.ValueText;
        return SourceTree.Code.Where(file => file.File.IsIn("src"))
            .SelectMany(file => file.All<BaseTypeDeclarationSyntax>())
            .Concat(type.SyntaxTree.GetRoot().DescendantNodes().OfType<BaseTypeDeclarationSyntax>())
            .Any(other => other.Identifier.ValueText == name && HasSentence(other));
    }

    private static IEnumerable<AttributeSyntax> Attributes(MethodDeclarationSyntax method) =>
        method.AttributeLists.SelectMany(list => list.Attributes);

    private static bool IsTestAttribute(AttributeSyntax attribute)
    {
        var name = attribute.Name.ToString();
        return name.EndsWith("Fact", StringComparison.Ordinal) || name.EndsWith("Theory", StringComparison.Ordinal);
    }

    private static bool IsSentence(string name) => char.IsUpper(name[0]) && name.Contains('_');
}
