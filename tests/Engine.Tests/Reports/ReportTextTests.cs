namespace ActorFlow.Engine.Tests.Reports;

/// <summary>The report as a table for people.</summary>
public sealed class ReportTextTests
{
    [Fact]
    public void Failures_come_first_with_their_message_and_their_impact()
    {
        var text = new RecordedJob(Flows.Draft("load", "apply: load", "notify: apply", "archive: load").Build())
            .Answer("apply", Flows.Failure("apply failed", "ValueError")).Run().Report.ToText();

        Assert.Equal(
            """
            Job 'job-1' of flow 'flow' failed after 3.00 s.

            STATUS     TASK     ATTEMPTS  ELAPSED     WHY
            failed     apply    1         1.00 s      ValueError: apply failed
                                                      skipped because of it: notify
            skipped    notify   0         -           because of apply
            succeeded  load     1         1.00 s
            succeeded  archive  1         2.00 s

            4 tasks: 2 succeeded, 1 failed, 1 skipped, 0 cancelled
            Critical path: load -> archive

            """,
            text);
    }

    [Fact]
    public void What_user_code_says_cannot_command_a_terminal()
    {
        var text = new RecordedJob(Flows.Draft("a").Build())
            .Answer("a", Flows.Failure("line one\r\nline two \u001b[31mred\u0007\u009b2J")).Run().Report.ToText();

        Assert.Contains("line one line two [31mred 2J", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text, c => char.IsControl(c) && c != '\n');
    }

    [Fact]
    public void A_long_table_is_cut_and_the_rest_is_counted()
    {
        var names = Enumerable.Range(0, 50).Select(i => i == 0 ? "t0" : $"t{i}: t{i - 1}").ToArray();
        var text = new RecordedJob(Flows.Draft(names).Build()).Answer("t20", Flows.Failure()).Run().Report.ToText(3);

        Assert.Contains("failed     t20 ", text, StringComparison.Ordinal);
        Assert.Contains("skipped because of it: t21, t22, t23, t24, t25, t26, t27, t28, t29, t30 and 19 more", text,
            StringComparison.Ordinal);
        Assert.Contains("… and 47 more tasks.", text, StringComparison.Ordinal);
        Assert.Contains("t9 -> … (1 more) -> t11", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_that_goes_on_says_so()
    {
        var text = new RecordedJob(Flows.Draft("a", "b: a").Build()).StartReady().Report.ToText();

        Assert.StartsWith("Job 'job-1' of flow 'flow' is running.\n", text, StringComparison.Ordinal);
        Assert.Contains("running    a     1         -\n", text, StringComparison.Ordinal);
        Assert.Contains("upstream tasks have not ended", text, StringComparison.Ordinal);
        Assert.Contains("2 tasks: 0 succeeded, 0 failed, 0 skipped, 0 cancelled, 2 not ended", text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_stopped_job_says_why_in_its_headline()
    {
        var job = new RecordedJob(Flows.Draft("a").Build());
        job.Ask(new JobCommand.CancelJob(job.Now, "not needed"));

        Assert.Equal("Job 'job-1' of flow 'flow' was cancelled after 0 ms: not needed.", job.Report.ToString());
    }
}
