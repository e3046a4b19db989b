namespace ActorFlow.Cli.Tests.Commands;

/// <summary>The live line of a job in a terminal.</summary>
public sealed class ProgressTests
{
    [Fact]
    public void A_line_counts_what_is_done_and_names_what_runs()
    {
        var progress = new JobProgress(
            JobPhase.Running, 20, new TaskCounts(Succeeded: 7, Failed: 1, Skipped: 2, Cancelled: 0), 2, ["sq[3]", "b"]);

        var line = ProgressView.LineOf(new JobId("nightly"), progress, TimeSpan.FromSeconds(5), 200);

        Assert.Equal(
            "[bold]nightly[/] 10/20 done, 2 running, [red]1 failed[/], 2 skipped, 2/s  [grey]sq[[3]], b[/]", line);
    }

    [Fact]
    public void Many_that_run_are_cut_short()
    {
        var names = Enumerable.Range(10, 30).Select(i => $"task{i}").ToList();
        var progress = new JobProgress(JobPhase.Running, 99, new TaskCounts(0, 0, 0, 0), 30, names);

        Assert.EndsWith("task16, task…[/]", ProgressView.LineOf(new JobId("j"), progress, TimeSpan.Zero, 200));
    }

    [Theory]
    [InlineData(120)]
    [InlineData(80)]
    [InlineData(60)]
    [InlineData(20)]
    [InlineData(1)]
    public void A_line_is_no_wider_than_the_terminal(int width)
    {
        var job = new JobId(new string('j', 32));
        var progress = new JobProgress(
            JobPhase.Running, 20, new TaskCounts(7, 1, 2, 0), 2, [.. Enumerable.Repeat("sq[3]", 20)]);

        var line = new Spectre.Console.Markup(ProgressView.LineOf(job, progress, TimeSpan.FromSeconds(5), width));

        Assert.InRange(line.Length, 1, width);
        Assert.Equal(1, line.Lines);
    }
}
