using ActorFlow.House.Tests.FeatureText;
using ActorFlow.House.Tests.Tree;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ActorFlow.House.Tests;

/// <summary>Every capability and every case that docs/features.md lists has a test that proves it.</summary>
public sealed class FeatureTests
{
    private const string Rule = "In docs/features.md each row names tests that exist.";

    private static readonly string[] Cases =
    [
        .. Numbered("P", 1, 2, 3, 4, 5, 8, 9, 10, 11, 12, 13, 14, 16, 17, 18, 22, 23, 24),
        .. Numbered("T", 1, 2, 3, 4, 5, 6, 8, 11, 15, 16, 17, 18, 19, 20, 21),
        .. Numbered("D", 1, 2, 3, 4, 5, 7, 9, 10, 11, 12, 13, 14, 15),
        .. Numbered("G", 1, 2, 3, 5, 7, 8, 9, 10, 11),
        .. Numbered("M", 1, 2, 3, 4, 5, 7, 8),
    ];

    private static TreeFile Document => SourceTree.Files.Single(file => file.Path == "docs/features.md");

    private static FeatureTable Capabilities => FeatureTable.Below("Capabilities", Document);

    private static FeatureTable PortedCases => FeatureTable.Below("Cases", Document);

    [Fact]
    public void Every_capability_is_there_once() =>
        Findings.AreNone(Rule, Capabilities.WrongKeys(Enumerable.Range(1, 92).Select(number => $"{number}")));

    [Fact]
    public void Every_case_is_there_once() => Findings.AreNone(Rule, PortedCases.WrongKeys(Cases));

    [Fact]
    public void Every_capability_is_proved_by_a_test() =>
        Findings.AreNone(Rule, Capabilities.WrongTests(TestsIn(SourceTree.Code)));

    [Fact]
    public void Every_case_is_proved_by_a_test() =>
        Findings.AreNone(Rule, PortedCases.WrongTests(TestsIn(SourceTree.Code)));

    [Theory]
    [InlineData("`ATests.A_b`", "")]
    [InlineData("`ATests.A_b`, `ATests.C_d`", "1: there is no test ATests.C_d")]
    [InlineData("`ATests.Not_a_test`", "1: there is no test ATests.Not_a_test")]
    [InlineData("`A_b`", "1: names no test, and does not say 'Not yet: ' and why")]
    [InlineData("", "1: names no test, and does not say 'Not yet: ' and why")]
    [InlineData("Not yet: later", "1: names no test, and does not say 'Not yet: ' and why")]
    [InlineData("Not yet: an engine is one process so far", "")]
    [InlineData("Not yet: an engine is one process so far, but `ATests.C_d`", "1: there is no test ATests.C_d")]
    public void A_row_without_a_test_that_exists_is_found(string proof, string finding)
    {
        var code = CodeFile.Of("tests/A.cs", "class ATests { [Fact] void A_b() { } void Not_a_test() { } }");

        Assert.Equal(finding, string.Join(", ", Table($"| 1 | a | {proof} |").WrongTests(TestsIn([code]))));
    }

    [Fact]
    public void A_row_that_is_missing_double_or_unknown_is_found() => Assert.Equal(
        ["3: is missing", "x: is no row of this table", "2: is double"],
        Table("| 1 | a | b |\n| | *heading* | |\n| 2 | a | b \\| c |\n| 2 | a | b |\n| x | a | b |")
            .WrongKeys(["1", "2", "3"]));

    [Fact]
    public void Only_tests_and_samples_prove_a_row() => Assert.Empty(
        TestsIn([CodeFile.Of("src/A.cs", "class ATests { [Fact] void A_b() { } }")]));

    private static FeatureTable Table(string rows) => FeatureTable.Below("Here", new TreeFile(
        "a.md", $"## There\n| 9 | x |\n## Here\n\n| # | what | test |\n|--|--|--|\n{rows}\n\n## Then\n"));

    private static HashSet<string> TestsIn(IEnumerable<CodeFile> code) =>
    [
        .. from file in code
           where file.IsTest || file.File.IsIn("samples")
           from method in file.All<MethodDeclarationSyntax>()
           where method.AttributeLists.SelectMany(list => list.Attributes).Any(IsTest)
           select $"{method.Ancestors().OfType<TypeDeclarationSyntax>().First().Identifier}.{method.Identifier}",
    ];

    private static bool IsTest(AttributeSyntax attribute)
    {
        var name = attribute.Name.ToString();
        return name.EndsWith("Fact", StringComparison.Ordinal) || name.EndsWith("Theory", StringComparison.Ordinal);
    }

    private static IEnumerable<string> Numbered(string letter, params IEnumerable<int> numbers) =>
        numbers.Select(number => $"{letter}{number}");
}
