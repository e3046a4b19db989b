namespace ActorFlow.Engine.Tests.Reports;

/// <summary>Outputs that were there already, and what was saved, show in reports and stories.</summary>
public sealed class NotesInReportsTests
{
    private static readonly AttemptNotes Hit = new()
    {
        Reused = new Reuse(ReuseSource.Cache, "ab12"),
        IsUnchanged = true,
    };

    private static readonly AttemptNotes UpToDate = new()
    {
        Reused = new Reuse(ReuseSource.LastRun, "s1"),
        IsUnchanged = true,
        Stamp = "s1",
    };

    [Fact]
    public void A_report_says_where_outputs_came_from_and_what_was_saved()
    {
        var report = JobReport.Of(Job(Hit, new AttemptNotes { Saved = ["x.json"], Stamp = "s" }).State);

        Assert.True(report["a"].FromCache);
        Assert.False(report["a"].Changed);
        Assert.False(report["b"].FromCache);
        Assert.True(report["b"].Changed);
        Assert.Equal(["x.json"], report["b"].Saved);
        Assert.Contains("from the cache", report.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_says_in_every_language_that_no_code_ran()
    {
        var report = JobReport.Of(Job(Hit, UpToDate).State);
        Assert.All(Enum.GetValues<ReportLanguage>(), language =>
        {
            var (terms, page) = (ReportTerms.Of(language), report.ToHtml(new HtmlStyle { Language = language }));
            Assert.Contains($"<td>{terms.FromCache}</td>", page, StringComparison.Ordinal);
            Assert.Contains($"<td>{terms.UpToDate}</td>", page, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_report_file_keeps_it()
    {
        var report = JobReport.Of(Job(UpToDate, UpToDate with { Saved = ["x"] }).State);
        var read = JobReport.FromJson(report.ToJson());

        Assert.Equal(report.ToJson(), read.ToJson());
        Assert.True(read["a"].IsUpToDate);
        Assert.Equal("s1", read["a"].Reused!.Key);
        Assert.Equal(["x"], read["b"].Saved);
        Assert.True(read.NothingToDo);
        Assert.Matches("succeeded  a .*  up to date\n", read.ToText());
        var unchanged = JobReport.FromJson(
            JobReport.Of(Job(new AttemptNotes { IsUnchanged = true, Stamp = "s" }, null).State).ToJson());
        Assert.Equal((false, true), (unchanged["a"].Changed, unchanged["b"].Changed));
        var cached = JobReport.FromJson(JobReport.Of(Job(Hit, Hit).State).ToJson());
        Assert.Equal((true, new Reuse(ReuseSource.Cache, "ab12")), (cached["a"].FromCache, cached["a"].Reused));
        Assert.Matches("succeeded  a .*  from the cache\n", cached.ToText());
    }

    [Fact]
    public void A_job_had_nothing_to_do_if_all_that_keeps_its_state_was_up_to_date()
    {
        Assert.True(JobReport.Of(Job(UpToDate, UpToDate).State).NothingToDo);
        Assert.True(JobReport.Of(Job(UpToDate, null).State).NothingToDo);
        Assert.False(JobReport.Of(Job(UpToDate, new AttemptNotes { Stamp = "s2" }).State).NothingToDo);
        Assert.False(JobReport.Of(Job(Hit, null).State).NothingToDo);
        Assert.False(JobReport.Of(Job(null, null).State).NothingToDo);
        var said = JobReport.Of(Job(UpToDate, UpToDate).State).ToString();
        Assert.Contains(": nothing to do.", said, StringComparison.Ordinal);
    }

    [Fact]
    public void What_ran_was_something_to_do_though_it_keeps_no_state()
    {
        var said = JobReport.Of(Job(UpToDate, null).State).ToString();
        Assert.DoesNotContain("nothing to do", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_says_of_the_job_what_the_whole_says()
    {
        var idle = JobReport.Of(Job(UpToDate, UpToDate).State);
        Assert.True(idle.Only("a").NothingToDo);
        Assert.Equal(idle.ToString(), idle.Only("a").ToString());
        Assert.Contains("\"nothingToDo\"", idle.Only("a").ToJson(), StringComparison.Ordinal);
        var busy = JobReport.Of(Job(UpToDate, null).State);
        Assert.Equal(busy.ToString(), busy.Only("a").Only("a").ToString());
    }

    [Fact]
    public void What_an_attempt_noted_is_told_in_words()
    {
        Assert.Equal("changed nothing", NoteSentences.Of(new AttemptNotes { IsUnchanged = true, Stamp = "s" }));
        Assert.Equal("saved x, y", NoteSentences.Of(new AttemptNotes { Saved = ["x", "y"] }));
        Assert.Equal(
            "changed nothing and saved x", NoteSentences.Of(new AttemptNotes { IsUnchanged = true, Saved = ["x"] }));
        Assert.Equal("noted the state that it left behind", NoteSentences.Of(new AttemptNotes { Stamp = "s" }));
        Assert.Equal(
            "took its output from the cache (key a b)",
            NoteSentences.Of(new AttemptNotes { Reused = new Reuse(ReuseSource.Cache, "a\nb"), IsUnchanged = true }));
    }

    [Fact]
    public void The_story_of_a_task_tells_of_it()
    {
        var job = Job(Hit, UpToDate with { Saved = ["x"] });

        Assert.Contains(
            "took its output from the cache (key ab12).",
            string.Join('\n', Explain.Task(job.State, job.Events, 0).Lines), StringComparison.Ordinal);
        Assert.Contains(
            "found everything up to date and saved x.",
            string.Join('\n', Explain.Task(job.State, job.Events, 1).Lines), StringComparison.Ordinal);
    }

    private static JobUnderTest Job(AttemptNotes? a, AttemptNotes? b)
    {
        var job = Given.Flow("a -> b").Started();
        job.Send(new JobCommand.CompleteAttempt(job.Now, 0, 1, Payload.None) { Notes = a });
        job.StartAll();
        return job.Send(new JobCommand.CompleteAttempt(job.Now, 1, 1, Payload.None) { Notes = b });
    }
}
