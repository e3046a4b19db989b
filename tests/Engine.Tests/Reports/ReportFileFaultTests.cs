namespace ActorFlow.Engine.Tests.Reports;

/// <summary>What is wrong with a file that is no report: which place, what is there, what would be right.</summary>
public sealed class ReportFileFaultTests
{
    private const string Sound =
        """
        {"job":"j","flow":"f","status":"failed","startedAt":"2030-01-31T12:00:00Z","endedAt":null,
        "counts":{"succeeded":0,"failed":1,"skipped":0,"cancelled":0},"criticalPath":["a"],
        "tasks":[{"name":"a","status":"failed","attempts":1,"startedAt":null,"endedAt":null,"output":null,
        "error":{"type":"t","message":"m","stackTrace":null,"downstreamImpact":[],"input":{"p":"1"}},
        "skippedBecause":null}]}
        """;

    [Theory]
    [InlineData("\"flow\":\"f\"", "\"flow\":7", "the report.flow is 7, and should be text.")]
    [InlineData("\"succeeded\":0", "\"succeeded\":0.5",
        "the report.counts.succeeded is 0.5, and should be a whole number.")]
    [InlineData("\"succeeded\":0", "\"succeeded\":\"0\"",
        "the report.counts.succeeded is \"0\", and should be a whole number.")]
    [InlineData("\"2030-01-31T12:00:00Z\"", "\"noon\"",
        "the report.startedAt is \"noon\", and should be a time such as 2030-01-31T12:00:00.0000000Z.")]
    [InlineData("\"job\":\"j\"", "\"job\":\"\"", "the report.job is \"\", and should be a job id.")]
    [InlineData("\"status\":\"failed\",\"startedAt\"", "\"status\":\"99\",\"startedAt\"",
        "the report.status is \"99\", and should be one of running, paused, stopping, succeeded, failed, cancelled, "
            + "timed-out.")]
    [InlineData("[\"a\"]", "\"a\"", "the report.criticalPath is \"a\", and should be a list.")]
    [InlineData("[\"a\"]", "[\"a\",[]]", "the report.criticalPath[1] is a list, and should be text.")]
    [InlineData("{\"p\":\"1\"}", "[]", "the report.tasks[0].error.input is a list, and should be an object.")]
    [InlineData("{\"p\":\"1\"}", "{\"p\":true}", "the report.tasks[0].error.input.p is true, and should be text.")]
    [InlineData("\"criticalPath\"", "\"nothingToDo\":7,\"criticalPath\"",
        "the report.nothingToDo is 7, and should be true or false.")]
    [InlineData("\"skippedBecause\":null", "\"skippedBecause\":null,\"kept\":[{\"attempt\":1,\"directory\":\"d\","
        + "\"files\":[{\"path\":\"p\",\"bytes\":\"x\"}],\"more\":0}]",
        "the report.tasks[0].kept[0].files[0].bytes is \"x\", and should be a whole number.")]
    public void A_fault_is_named_with_its_place_and_what_would_be_right(string there, string instead, string message)
    {
        Assert.Contains(there, Sound, StringComparison.Ordinal);
        var thrown = Assert.Throws<ActorFlowException>(
            () => JobReport.FromJson(Sound.Replace(there, instead, StringComparison.Ordinal)));

        Assert.Equal($"The report cannot be read: {message}", thrown.Message);
    }

    [Fact]
    public void A_long_value_is_shown_from_its_start()
    {
        Assert.EndsWith($"is {new string('7', 60)}, and should be text.", Fault(60), StringComparison.Ordinal);
        Assert.EndsWith($"is {new string('7', 60)}…, and should be text.", Fault(61), StringComparison.Ordinal);

        static string Fault(int digits) => Assert.Throws<ActorFlowException>(() => JobReport.FromJson(Sound.Replace(
            "\"flow\":\"f\"", $"\"flow\":{new string('7', digits)}", StringComparison.Ordinal))).Message;
    }

    [Fact]
    public void What_is_sound_is_read_and_what_may_be_missing_is_as_if_it_was_not_there()
    {
        var report = JobReport.FromJson(Sound);

        Assert.Equal(new DateTimeOffset(2030, 1, 31, 12, 0, 0, TimeSpan.Zero), report.StartedAt);
        Assert.Equal((Reason.None, null, 0, null), (report.StopReason, report.StopDetail, report.AbandonedAttempts,
            report.CorrelationId));
        Assert.Equal((Reason.None, 0, null), (report["a"].Reason, report["a"].Lost, report["a"].QueuedAt));
        Assert.Equal([new InputValue("p", "1")], report["a"].Error!.Input);
        Assert.Equal(["a"], report.Failed.Select(task => task.Name));
        Assert.Equal("a", report["A"].Name);
        var unknown = Assert.Throws<ActorFlowException>(() => report["b"]);
        Assert.StartsWith("Job 'j' has no task 'b'.", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_time_of_another_zone_is_read_as_the_moment_that_it_is() => Assert.Equal(
        new DateTimeOffset(2030, 1, 31, 11, 0, 0, TimeSpan.Zero),
        JobReport.FromJson(Sound.Replace("12:00:00Z", "12:00:00+01:00", StringComparison.Ordinal)).StartedAt);

    [Fact]
    public void Half_a_character_is_no_text() => Assert.Contains(
        "not valid JSON",
        Assert.Throws<ActorFlowException>(() => JobReport.FromJson(
            Sound.Replace("\"flow\":\"f\"", "\"flow\":\"\\ud800\"", StringComparison.Ordinal))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Nothing_is_no_report() => Assert.Throws<ArgumentNullException>(() => JobReport.FromJson(null!));
}
