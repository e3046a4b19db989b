using System.Text.RegularExpressions;
using ActorFlow.House.Tests.Tree;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ActorFlow.House.Tests;

/// <summary>Marks that do not belong in a finished repository: work put off, faults hidden, tests that wait.</summary>
public sealed partial class MarkTests
{
    [Fact]
    public void No_work_is_put_off_in_a_comment() => Findings.AreNone(
        "Do it now, or open an issue.",
        SourceTree.Code.SelectMany(PutOff).Concat(SourceTree.Files.Where(IsProse).SelectMany(PutOff)));

    [Fact]
    public void No_warning_is_switched_off_and_no_code_folded_away() => Findings.AreNone(
        "A rule that makes no sense is turned off in .editorconfig, with the reason; a region is a type that waits.",
        SourceTree.Code.SelectMany(Directives));

    [Fact]
    public void No_exception_is_swallowed() => Findings.AreNone(
        "A catch block does something; one that names its exception may explain instead why it does not.",
        SourceTree.Code.SelectMany(EmptyCatches));

    [Fact]
    public void No_code_sleeps() => Findings.AreNone(
        "Threads do not sleep, and tests wait for what happens, or on a TimeProvider.",
        SourceTree.Code.SelectMany(Sleeps));

    [Fact]
    public void Nothing_asks_whether_it_is_replaying() => Findings.AreNone(
        "State folded from events and state lived are the same: nothing may tell them apart.",
        from file in SourceTree.Code
        from token in file.Syntax.DescendantTokens()
        where token.IsKind(SyntaxKind.IdentifierToken)
        where token.ValueText.Contains("isreplaying", StringComparison.OrdinalIgnoreCase)
        select file.Place(token));

    [Theory]
    [InlineData("// TO" + "DO: later", 1)]
    [InlineData("/// <summary>T" + "BD</summary>", 1)]
    [InlineData("// What is to do, and a mastodon.", 0)]
    [InlineData("var text = \"HA" + "CK\";", 0)]
    public void Comments_are_searched_for_marks_and_strings_are_not(string code, int findings) =>
        Assert.Equal(findings, PutOff(Body(code)).Count());

    [Theory]
    [InlineData("try { Go(); } catch { }", 1)]
    [InlineData("try { Go(); } catch (Exception) { /* Whatever. */ }", 1)]
    [InlineData("try { Go(); } catch (Exception e) when (e.HResult == 1) { /* Gone. */ }", 1)]
    [InlineData("try { Go(); } catch (IOException) { }", 1)]
    [InlineData("try { Go(); } catch (IOException) { /* It is gone already. */ }", 0)]
    [InlineData("try { Go(); } catch (Exception e) { Log(e); }", 0)]
    public void A_catch_block_is_empty_unless_it_acts_or_explains(string code, int findings) =>
        Assert.Equal(findings, EmptyCatches(Body(code)).Count());

    [Theory]
    [InlineData("Thread.Sleep(10);", 1)]
    [InlineData("System.Threading.Thread.Sleep(10);", 1)]
    [InlineData("await Task.Delay(10);", 1)]
    [InlineData("await Task.Delay(10, timeoutToken);", 1)]
    [InlineData("await Task.Delay(delay, world.Time, token);", 0)]
    [InlineData("await Task.Delay(delay, timeProvider);", 0)]
    [InlineData("await Task.Delay(Timeout.Infinite, token);", 0)]
    public void A_delay_in_a_test_needs_a_clock_or_no_end(string code, int findings) =>
        Assert.Equal(findings, Sleeps(Body(code)).Count());

    private static CodeFile Body(string code) =>
        CodeFile.Of("tests/A.cs", $"class A\n{{\n    async Task Run()\n    {{\n        {code}\n    }}\n}}\n");

    private static bool IsProse(TreeFile file) =>
        !file.Path.EndsWith(".cs", StringComparison.Ordinal) && !file.Path.EndsWith(".json", StringComparison.Ordinal);

    private static IEnumerable<string> PutOff(CodeFile file) => file.Syntax.DescendantTrivia()
        .Where(trivia => IsComment(trivia) && PutOffMark().IsMatch(trivia.ToFullString()))
        .Select(trivia => $"{file.Place(trivia)}: {trivia.ToFullString().Trim()}");

    private static IEnumerable<string> PutOff(TreeFile file) => file.Lines
        .Select((line, number) => (line, number))
        .Where(each => PutOffMark().IsMatch(each.line))
        .Select(each => $"{file.Path}:{each.number + 1}: {each.line.Trim()}");

    private static IEnumerable<string> Directives(CodeFile file) => file.Syntax
        .DescendantTrivia(descendIntoTrivia: false)
        .Where(trivia => trivia.Kind() is SyntaxKind.RegionDirectiveTrivia or SyntaxKind.PragmaWarningDirectiveTrivia)
        .Select(trivia => $"{file.Place(trivia)}: {trivia.ToFullString().Trim()}");

    private static IEnumerable<string> EmptyCatches(CodeFile file) => file.All<CatchClauseSyntax>()
        .Where(clause => clause.Block.Statements.Count == 0)
        .Where(clause => !NamesItsException(clause) || !clause.Block.DescendantTrivia().Any(IsComment))
        .Select(clause => file.Place(clause));

    private static bool NamesItsException(CatchClauseSyntax clause) =>
        clause.Declaration is { } declaration && declaration.Type.ToString() is not ("Exception" or "System.Exception");

    private static IEnumerable<string> Sleeps(CodeFile file) =>
        from call in file.All<InvocationExpressionSyntax>()
        let name = call.Expression.ToString()
        where IsCall(name, "Thread.Sleep") || (file.IsTest && IsCall(name, "Task.Delay") && !HasClock(call))
        select $"{file.Place(call)}: {call}";

    private static bool IsCall(string name, string wanted) =>
        name == wanted || name.EndsWith("." + wanted, StringComparison.Ordinal);

    private static bool HasClock(InvocationExpressionSyntax call)
    {
        var arguments = call.ArgumentList.Arguments;
        if (arguments[0].ToString().StartsWith("Timeout.Infinite", StringComparison.Ordinal)) return true;
        return arguments.Count > 1 && Clock().IsMatch(arguments[1].ToString());
    }

    private static bool IsComment(SyntaxTrivia trivia) => trivia.Kind()
        is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
        or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia;

    [GeneratedRegex(@"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK|T" + @"BD)\b")]
    private static partial Regex PutOffMark();

    [GeneratedRegex(@"(?i)(time|clock)(provider)?$")]
    private static partial Regex Clock();
}
