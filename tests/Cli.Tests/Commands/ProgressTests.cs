namespace ActorFlow.Cli.Tests.Commands;

/// <summary>The live line of a job in a terminal.</summary>
public sealed class ProgressTests
{
    [Fact]
    public void A_line_counts_what_is_done_and_names_what_runs()
    {
        var progress = new JobProgress(
            JobPhase.Running, 20, new TaskCounts(Succeeded: 7, Failed: 1, Skipped: 2, Cancelled: 0), 2, ["sq[3]", "b"]);

        var line = ProgressView.LineOf(new JobId("nightly"), progress, TimeSpan.FromSeconds(5));

        Assert.Equal(
            "[bold]nightly[/] 10/20 done, 2 running, [red]1 failed[/], 2 skipped, 2/s  [grey]sq[[3]], b[/]", line);
    }

    [Fact]
    public void Many_that_run_are_cut_short()
    {
        var names = Enumerable.Range(10, 30).Select(i => $"task{i}").ToList();
        var progress = new JobProgress(JobPhase.Running, 99, new TaskCounts(0, 0, 0, 0), 30, names);

        Assert.EndsWith("task16, task…[/]", ProgressView.LineOf(new JobId("j"), progress, TimeSpan.Zero));
    }
}
