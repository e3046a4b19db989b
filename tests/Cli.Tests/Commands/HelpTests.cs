using System.Text.RegularExpressions;

namespace ActorFlow.Cli.Tests.Commands;

/// <summary>What help lists.</summary>
public sealed partial class HelpTests
{
    [Theory]
    [InlineData("run", "input set job data in-memory parallel pool resource fail-fast report notify-webhook time-scale "
        + "tasks quiet verbose log")]
    [InlineData("resume", "changed flow data parallel pool resource report notify-webhook quiet verbose log")]
    [InlineData("retry", "data parallel pool resource report notify-webhook quiet verbose log")]
    [InlineData("fork", "from input set job data parallel pool resource report notify-webhook quiet verbose log")]
    [InlineData("cancel", "data pool reason quiet")]
    public async Task Commands_that_run_jobs_list_the_same_options_in_the_same_order(string command, string options)
    {
        var help = await CommandLine.RunAsync(command, "--help");
        Assert.Equal((0, ""), (help.ExitCode, help.Errors));
        var listed = OptionName().Matches(help.Output).Select(match => match.Groups["name"].Value);
        Assert.Equal(options.Split(' '), listed.Except(["help", "stack-trace"]));
    }

    [Fact]
    public async Task Commands_are_listed_with_what_they_need_and_what_they_may_be_given()
    {
        var help = await CommandLine.RunAsync("--help");
        Assert.Contains("\n  run <FLOW>          Runs a flow to its end.\n", help.Output, StringComparison.Ordinal);
        Assert.Contains("\n  resume [<ID>]       Goes on", help.Output, StringComparison.Ordinal);
        Assert.Contains("\n  why <ID> [<TASK>]   Explains", help.Output, StringComparison.Ordinal);
        Assert.Contains("\n  journal             Looks", help.Output, StringComparison.Ordinal);
    }

    [GeneratedRegex("^  .*--(?<name>[a-z-]+)(?= |$)", RegexOptions.Multiline)]
    private static partial Regex OptionName();
}
