using System.Collections;

namespace ActorFlow.Engine.Tests.Reports;

/// <summary>Traced values on their way from a failed attempt to its report.</summary>
public sealed class TraceTests
{
    private static readonly TracedValue Row = new("row", "7");

    [Fact]
    public void What_a_failed_attempt_traced_is_in_the_report_as_text_and_as_json()
    {
        var report = new RecordedJob(Flows.Draft("a").Build())
            .Answer("a", Flows.Failure() with { Traces = [Row] }).Run().Report;
        Assert.Equal([Row], report["a"].Error!.Traces);
        Assert.Contains($"\n{new string(' ', 39)}row = 7\n", report.ToText(), StringComparison.Ordinal);
        Assert.Equal([Row], JobReport.FromJson(report.ToJson())["a"].Error!.Traces);
    }

    [Fact]
    public void An_attempt_that_is_stopped_for_its_time_keeps_what_it_traced_and_the_time_out()
    {
        var policy = new TaskPolicy { Timeouts = new TaskTimeouts { Attempt = TimeSpan.FromSeconds(5) } };
        var job = new RecordedJob(Flows.Draft("a").With("a", policy).Build());
        job.StartReady();
        job.Ask(new JobCommand.WakeUp(job.Now += TimeSpan.FromSeconds(5)));
        var stopped = new Failure(Failure.CancelledType, "I stop.") { Traces = [Row] };
        job.Ask(new JobCommand.FailAttempt(job.Now, 0, 1, stopped));

        var error = job.Report["a"].Error!;
        Assert.Equal(Failure.TimeoutType, error.Type);
        Assert.Equal([Row], error.Traces);
    }

    [Fact]
    public void A_live_value_without_end_is_shown_by_its_beginning()
    {
        var text = PayloadJson.Excerpt(Payload.Live(Endless()), 20);
        Assert.Equal("[1,1,1,1,1,1,1,1,1,1…", text);
    }

    [Theory]
    [InlineData("\"ääääääääää\"", 6, "\"ää… (22 bytes in all)")]
    [InlineData("[1]", 3, "[1]")]
    public void An_encoded_value_is_cut_between_letters(string json, int bytes, string shown) =>
        Assert.Equal(shown, PayloadJson.Excerpt(Payload.FromJson(json), bytes));

    [Fact]
    public void Nothing_and_nothing_of_something_cannot_be_shown()
    {
        Assert.Throws<ArgumentNullException>(() => PayloadJson.Of(null!));
        Assert.Throws<ArgumentNullException>(() => PayloadJson.Excerpt(null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => PayloadJson.Excerpt(Payload.None, 0));
    }

    private static IEnumerable Endless()
    {
        while (true) yield return 1;
    }
}
