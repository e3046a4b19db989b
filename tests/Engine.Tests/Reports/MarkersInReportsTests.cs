namespace ActorFlow.Engine.Tests.Reports;

/// <summary>What attempts have pointed at and left, in reports, their files and stories.</summary>
public sealed class MarkersInReportsTests
{
    [Fact]
    public void The_worst_come_first_with_their_task_and_attempt_and_what_was_kept_is_named()
    {
        var job = Given.Retrying(new RetryPolicy { MaxAttempts = 2 }, "b; a; silent").Started();
        job.Mark("a", markers:
            [new Marker(Severity.Info, "in\npassing"), new Marker(Severity.Error, "odd") { File = "a.c", Line = 3 }]);
        job.Fail("a").StartAll().Mark("a", markers: new Marker(Severity.Warning, "hm"));
        job.Mark("b", markers: new Marker(Severity.Error, "worse"));
        Keep(job, "a", [new KeptFile("x", 1)], 1);
        Keep(job, "b", [new KeptFile("y", 2)], 0);

        Assert.EndsWith(
            """
            Markers: 2 errors, 1 warning, 1 info
              error: worse  [b, attempt 1]
              a.c:3: error: odd  [a, attempt 1]
              warning: hm  [a, attempt 2]
              info: in passing  [a, attempt 1]
            Kept by b, attempt 1: 1 file in /kept/b
            Kept by a, attempt 2: 2 files in /kept/a

            """,
            JobReport.Of(job.State).ToText(), StringComparison.Ordinal);
        Assert.Contains(
            "Markers: 1 info\n",
            JobReport.Of(Given.Flow("a").Started().Mark("a", markers: new Marker(Severity.Info, "i")).State).ToText(),
            StringComparison.Ordinal);
        Assert.DoesNotContain(
            "Markers", JobReport.Of(Given.Flow("a").Started().State).ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_has_them_behind_its_tasks_the_worst_of_them_first()
    {
        var job = Given.Flow("a; b").Started()
            .Mark("a", markers: [new Marker(Severity.Info, "in\npassing"), new(Severity.Warning, "<w>") { File = "f" }])
            .Mark("b", markers: new Marker(Severity.Error, "e"));
        Keep(job, "a", [new KeptFile("x", 1), new KeptFile("y", 1)], 3);
        Keep(job, "b", [new KeptFile("z", 1)], 0);

        Assert.Contains(
            """
            </table>
            <p class="quiet">Markers: 3</p>
            <table>
            <tr><th>b (attempt 1)</th><td><code>error: e</code></td></tr>
            <tr><th>a (attempt 1)</th><td><code>f: warning: &lt;w&gt;</code></td></tr>
            <tr><th>a (attempt 1)</th><td><code>info: in passing</code></td></tr>
            </table>
            <p class="quiet">Kept files: 6</p>
            <table>
            <tr><th>a (attempt 1)</th><td><code>/kept/a</code></td></tr>
            <tr><th>b (attempt 1)</th><td><code>/kept/b</code></td></tr>
            </table>

            """,
            JobReport.Of(job.State).ToHtml(), StringComparison.Ordinal);
        var spared = JobReport.Of(Given.Flow("a").Started().State).ToHtml();
        Assert.DoesNotContain("Markers", spared, StringComparison.Ordinal);
        Assert.DoesNotContain("Kept files", spared, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(50, 50)]
    [InlineData(51, 50)]
    public void A_page_lists_fifty_of_them_and_counts_all(int count, int listed)
    {
        var job = Given.Flow("a").Started();
        for (var number = 0; number < count; number++)
            job.Mark("a", markers: new Marker(Severity.Warning, $"m{number}"));
        var page = JobReport.Of(job.State).ToHtml();
        Assert.Contains($">Markers: {count}<", page, StringComparison.Ordinal);
        Assert.Equal(listed, page.Split("<code>warning: m").Length - 1);
    }

    [Fact]
    public void Twenty_markers_are_listed_and_more_are_counted()
    {
        Assert.DoesNotContain("more", Text(20), StringComparison.Ordinal);
        Assert.EndsWith("m19  [a, attempt 1]\n  … and 1 more marker.\n", Text(21), StringComparison.Ordinal);
        Assert.Contains("  warning: m19  [a, attempt 1]\n", Text(20), StringComparison.Ordinal);
        Assert.EndsWith("m19  [a, attempt 1]\n  … and 2 more markers.\n", Text(22), StringComparison.Ordinal);
        Assert.Contains("Markers: 22 warnings\n", Text(22), StringComparison.Ordinal);

        static string Text(int count)
        {
            var job = Given.Flow("a").Started();
            for (var number = 0; number < count; number++)
                job.Mark("a", markers: new Marker(Severity.Warning, $"m{number}"));
            return JobReport.Of(job.State).ToText();
        }
    }

    [Fact]
    public void A_report_file_keeps_them_also_of_a_part_of_the_job()
    {
        var job = Given.Flow("a; b").Started()
            .Mark("a", markers: [new Marker(Severity.Info, "i"), new(Severity.Warning, "w") { File = "f" }])
            .Mark("a", markers: new Marker(Severity.Error, "e") { File = "f", Line = 2, Column = 5 });
        Keep(job, "a", [new KeptFile("x/y", 5_000_000_000), new KeptFile("z", 0)], 3);
        Keep(job, "b", [], 1);
        var report = JobReport.Of(job.State);
        var json = report.ToJson(indented: false);
        Assert.Contains(
            "\"markers\":[{\"attempt\":1,\"severity\":\"info\",\"message\":\"i\",\"file\":null,\"line\":null,"
            + "\"column\":null},", json, StringComparison.Ordinal);
        Assert.Contains(
            "\"kept\":[{\"attempt\":1,\"directory\":\"/kept/a\",\"files\":[{\"path\":\"x/y\",\"bytes\":5000000000},"
            + "{\"path\":\"z\",\"bytes\":0}],\"more\":3}]", json, StringComparison.Ordinal);
        var read = JobReport.FromJson(json);

        ReportHistories.AssertEqual(report, read);
        Assert.Equal(3, read["a"].Kept.Single().More);
        Assert.Equal(report.ToText(), read.ToText());
        Assert.Contains("Kept by b, attempt 1: 1 file in /kept/b", read.Only("b").ToText(), StringComparison.Ordinal);
        Assert.Contains("Markers: 1 error, 1 warning, 1 info\n", report.Only("a").ToText(), StringComparison.Ordinal);
        Assert.DoesNotContain("Markers", report.Only("b").ToText(), StringComparison.Ordinal);
        Assert.DoesNotContain("\"markers\"", report.Only("b").ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_does_not_see_markers_that_come_later()
    {
        var job = Given.Flow("a").Started().Mark("a", markers: new Marker(Severity.Info, "first"));
        var report = JobReport.Of(job.State);
        job.Mark("a", markers: new Marker(Severity.Info, "second"));

        Assert.Single(report["a"].Markers);
    }

    [Fact]
    public void The_story_names_the_first_and_says_how_many_there_were()
    {
        var job = Given.Flow("a").Started()
            .Mark("a", markers: new Marker(Severity.Info, "one\nline"))
            .Mark("a", markers: [new(Severity.Error, "first"), new(Severity.Info, "x"), new(Severity.Info, "y")]);
        Keep(job, "a", [], 0);

        Assert.Equal(
            [
                "Attempt 1 began.", "Attempt 1 noted info: one line.", "Attempt 1 noted error: first (and 2 more).",
                "Attempt 1 kept its scratch directory: /kept/a.",
            ],
            Explain.Task(job.State, job.Events, 0).Lines.Skip(2)
                .Select(line => line["2026-01-01 00:00:00.000Z  ".Length..]));
    }

    private static void Keep(JobUnderTest job, string task, IReadOnlyList<KeptFile> files, int more) =>
        job.Send(new JobCommand.NoteKept(
            job.Now, job.Number(task), new KeptFiles(job.Attempt(task), $"/kept/{task}", files, more)));
}
