namespace ActorFlow.Api.Tests.Programs;

/// <summary>Which lines are markers, and of what.</summary>
public sealed class MarkerPatternTests
{
    [Theory]
    [InlineData("src/a b.c:3:7: warning: unused [-Wx]", "src/a b.c:3:7: warning: unused [-Wx]")]
    [InlineData("a.c:3: error: odd: very", "a.c:3: error: odd: very")]
    [InlineData("a.c:3:7: fatal error: no.h: not there", "a.c:3:7: error: no.h: not there")]
    [InlineData("a.c:3:7: note: see here", "a.c:3:7: info: see here")]
    [InlineData("make: *** [all] Error 1", null)]
    [InlineData("a.c: In function 'main':", null)]
    [InlineData("", null)]
    public void Gcc_prints_markers(string line, string? marker) =>
        Assert.Equal(marker, MarkerPattern.Gcc.Match(line)?.ToString());

    [Theory]
    [InlineData("  A.cs(3,7): error CS0103: The name [A.csproj]", "A.cs:3:7: error: CS0103: The name [A.csproj]")]
    [InlineData("A.cs(3): warning CS1: x", "A.cs:3: warning: CS1: x")]
    [InlineData("CSC : error CS5001: no main", "CSC: error: CS5001: no main")]
    [InlineData("Build succeeded.", null)]
    [InlineData("    0 Error(s)", null)]
    public void MsBuild_prints_markers(string line, string? marker) =>
        Assert.Equal(marker, MarkerPattern.MsBuild.Match(line)?.ToString());

    [Fact]
    public void A_pattern_of_ones_own_needs_a_message_and_takes_what_else_there_is()
    {
        var pattern = MarkerPattern.Of(@"^(?<severity>\w+) (?<line>\d+) (?<message>.*)$");
        Assert.Equal(new Marker(Severity.Warning, "x") { Line = 7 }, pattern.Match("Warn 7 x"));
        Assert.Equal(new Marker(Severity.Info, "x"), pattern.Match("look 99999999999 x"));
        var error = Assert.Throws<ActorFlowException>(() => MarkerPattern.Of("x"));
        Assert.Contains("write (?<message>…) in it", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_patterns_the_first_that_fits_decides()
    {
        var filter = MarkerPattern.FirstOf(MarkerPattern.Of("^(?<message>a.*)$"), MarkerPattern.Gcc);
        Assert.Equal("info: a.c:1: error: x", filter("a.c:1: error: x")?.ToString());
        Assert.Equal("b.c:1: error: x", filter("b.c:1: error: x")?.ToString());
        Assert.Null(filter("c"));
    }
}
