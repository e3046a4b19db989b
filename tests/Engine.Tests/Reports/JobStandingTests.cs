namespace ActorFlow.Engine.Tests.Reports;

/// <summary>What reports say of jobs that have not ended, and of attempts that were only to stop.</summary>
public sealed class JobStandingTests
{
    private static readonly ReportLanguage[] Languages = Enum.GetValues<ReportLanguage>();

    private static RecordedJob Running() => new RecordedJob(Flows.Draft("a", "b: a").Build()).StartReady();

    [Fact]
    public void A_job_whose_process_is_gone_is_called_interrupted_everywhere()
    {
        var job = Running();
        var report = JobReport.Of(job.State, JobStanding.Interrupted);

        Assert.Equal(("interrupted", JobPhase.Running), (report.Status, report.Phase));
        Assert.Contains("was interrupted: no process runs it.", report.ToText(), StringComparison.Ordinal);
        Assert.Matches("running +a +1 +- +its process is gone", report.ToText());
        var why = Explain.Job(job.State, job.Events, JobStanding.Interrupted);
        Assert.Equal("interrupted", why.Status);
        Assert.Contains("Running when the process ended: a.", why.Lines);
        Assert.Equal(
            "Task 'a' ran when the process ended: attempt 1. The job goes on when it is resumed.",
            Explain.Task(job.State, job.Events, 0, JobStanding.Interrupted).Lines[0]);
    }

    [Theory]
    [InlineData(JobStanding.Interrupted)]
    [InlineData(JobStanding.Unfinished)]
    [InlineData(JobStanding.AsItsPhase)]
    public void Report_files_keep_the_standing_and_the_phase(JobStanding standing)
    {
        var report = JobReport.Of(Running().State, standing);
        var read = JobReport.FromJson(report.ToJson());
        Assert.Equal((report.Status, standing, JobPhase.Running), (read.Status, read.Standing, read.Phase));
        Assert.Equal(report.ToJson(), read.ToJson());
        Assert.Equal(standing, report.Only("b").Standing);
    }

    [Fact]
    public void A_paused_job_whose_process_is_gone_is_read_as_paused_and_one_that_is_unfinished_says_so()
    {
        var job = Running();
        Assert.Equal(
            "Job 'job-1' of flow 'flow' is unfinished.", JobReport.Of(job.State, JobStanding.Unfinished).ToString());
        job.Ask(new JobCommand.PauseJob(job.Now));
        var json = JobReport.Of(job.State, JobStanding.Interrupted).ToJson(indented: false);
        Assert.Equal(JobPhase.Paused, JobReport.FromJson(json).Phase);
        Assert.Contains("\"endedAt\":null,\"elapsedSeconds\":null", json, StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_whose_tasks_are_held_is_held_whoever_asks()
    {
        var draft = Flows.Draft("a", "b: a");
        draft.Tasks[0].Policy = new TaskPolicy { Retry = new RetryPolicy { OnExhausted = Directive.Hold } };
        var job = new RecordedJob(draft.Build()).Answer("a", Flows.Failure("E", "e")).Run();
        foreach (var standing in Enum.GetValues<JobStanding>())
            Assert.Equal("held", JobReport.Of(job.State, standing).Status);
        Assert.Contains("is held: tasks wait for an operator.", job.Report.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_job_that_has_ended_nothing_else_is_said()
    {
        var job = new RecordedJob(Flows.Draft("a").Build()).Run();
        Assert.Equal("succeeded", JobReport.Of(job.State, JobStanding.Interrupted).Status);
    }

    [Fact]
    public void Every_language_has_a_word_of_its_own_for_every_standing() => Assert.All(Languages, language =>
    {
        var terms = ReportTerms.Of(language);
        var words = Enum.GetValues<JobStanding>()
            .Select(standing => terms.StatusOf(JobReport.Of(Running().State, standing))).ToList();
        Assert.Equal(4, terms.Standings.Count);
        Assert.All(words, Assert.NotEmpty);
        Assert.Equal(3, words.Distinct(StringComparer.Ordinal).Count(word => word != terms.Of(JobPhase.Running)));
    });

    [Fact]
    public void An_attempt_that_was_cancelled_with_its_job_names_no_types()
    {
        var job = Running();
        job.Ask(new JobCommand.CancelJob(job.Now, null));
        var report = job.Run().Report;

        Assert.Matches("cancelled +a +1 .*the job was cancelled\n", report.ToText());
        Assert.All(Languages, language => Assert.DoesNotContain(
            "OperationCanceled", report.ToHtml(new HtmlStyle { Language = language }), StringComparison.Ordinal));
        Assert.DoesNotContain(
            "OperationCanceled", Explain.Task(job.State, job.Events, 0).ToString(), StringComparison.Ordinal);
    }
}
