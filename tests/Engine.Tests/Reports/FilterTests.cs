namespace ActorFlow.Engine.Tests.Reports;

/// <summary>Parts of reports.</summary>
public sealed class FilterTests
{
    private static readonly JobReport Report = new RecordedJob(Flows.Draft("a", "b: a", "c: b", "d").Build())
        .Answer("b", Flows.Failure("no")).Run().Report;

    [Fact]
    public void Tasks_are_chosen_by_name_without_regard_to_case_and_keep_their_order()
    {
        var part = Report.Only("C", "a", "A");
        Assert.Equal(["a", "c"], part.Tasks.Select(task => task.Name));
        Assert.Equal(new TaskCounts(1, 0, 1, 0), part.Counts);
        Assert.Equal("c", part["C"].Name);
        Assert.Throws<ActorFlowException>(() => part["b"]);
    }

    [Fact]
    public void A_name_that_the_job_does_not_have_is_refused_with_what_may_be_meant()
    {
        var flow = Flows.Draft("charge").Build();
        var error = Assert.Throws<ActorFlowException>(() => new RecordedJob(flow).Report.Only("chrage"));
        Assert.Equal("Job 'job-1' has no task 'chrage'. Did you mean 'charge'?", error.Message);
    }

    [Fact]
    public void Nothing_chosen_is_a_report_without_tasks()
    {
        var part = Report.Only();
        Assert.Empty(part.Tasks);
        Assert.Equal(new TaskCounts(0, 0, 0, 0), part.Counts);
        Assert.Contains("0 tasks", part.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Failures_alone_keep_what_was_downstream_of_them()
    {
        var part = Report.OnlyFailed();
        Assert.Equal("b", Assert.Single(part.Tasks).Name);
        Assert.Equal(["c"], part["b"].Error!.DownstreamImpact);
        Assert.Equal((Report.Phase, Report.Job, Report.EndedAt), (part.Phase, part.Job, part.EndedAt));
        Assert.Equal(Report.CriticalPath, part.CriticalPath);
    }

    [Fact]
    public void Parts_of_parts_are_parts()
    {
        Assert.Equal(["b"], Report.Only("a", "b").OnlyFailed().Tasks.Select(task => task.Name));
        Assert.Equal(["c"], Report.Where(task => task.Attempts == 0).Only("c").Tasks.Select(task => task.Name));
        Assert.Throws<ActorFlowException>(() => Report.OnlyFailed().Only("a"));
    }

    [Fact]
    public void The_outcomes_part_the_tasks_without_gap_or_overlap() => Assert.Equal(
        Report.Tasks.Select(task => task.Name).Order(),
        Report.Succeeded.Concat(Report.Failed).Concat(Report.Skipped).Concat(Report.Cancelled)
            .Select(task => task.Name).Order());

    [Fact]
    public void A_part_is_written_and_read_as_a_report_is()
    {
        var part = Report.Only("b", "c");
        ReportHistories.AssertEqual(part, JobReport.FromJson(part.ToJson()));
    }
}
