using System.Buffers;
using System.Text;
using System.Text.Json;

namespace ActorFlow.Engine.Tests.Reports;

/// <summary>The report file: its shape is a contract, and it loses nothing.</summary>
public sealed class ReportJsonTests
{
    [Fact]
    public void The_file_has_the_fields_of_the_contract_in_their_order()
    {
        var json = new RecordedJob(Flows.Draft("a", "b: a").Build()).Answer("a", Flows.Failure("no")).Run().Report
            .ToJson(indented: false);

        Assert.Equal(
            """
            {"job":"job-1","flow":"flow","status":"failed","startedAt":"2030-01-31T12:00:00.0000000Z",
            "endedAt":"2030-01-31T12:00:01.0000000Z","elapsedSeconds":1,
            "counts":{"succeeded":0,"failed":1,"skipped":1,"cancelled":0},"criticalPath":["a"],"tasks":[
            {"name":"a","status":"failed","attempts":1,"startedAt":"2030-01-31T12:00:00.0000000Z",
            "endedAt":"2030-01-31T12:00:01.0000000Z","elapsedSeconds":1,"output":null,
            "error":{"type":"System.InvalidOperationException","message":"no","stackTrace":"   at Some.Place()",
            "downstreamImpact":["b"],"input":{},"traces":{}},"skippedBecause":null,
            "queuedAt":"2030-01-31T12:00:00.0000000Z","reason":"attemptThrew","lost":0,"kind":"k"},
            {"name":"b","status":"skipped","attempts":0,"startedAt":null,
            "endedAt":"2030-01-31T12:00:01.0000000Z","elapsedSeconds":0,"output":null,
            "error":null,"skippedBecause":"a",
            "queuedAt":null,"reason":"upstreamNotSucceeded","lost":0,"kind":"k"}],
            "stopReason":null,"stopDetail":null,"abandonedAttempts":0,"correlationId":"order-7"}
            """.ReplaceLineEndings(""),
            json);
    }

    [Fact]
    public void Every_phase_is_written_in_lower_case()
    {
        Assert.Equal(
            [
                "waiting", "ready", "running", "stopping", "backing-off", "held",
                "succeeded", "failed", "skipped", "cancelled", "expanded",
            ],
            Enum.GetValues<TaskPhase>().Select(p => new TaskReport { Name = "x", Phase = p }.Status));
        Assert.Equal(
            ["running", "paused", "stopping", "succeeded", "failed", "cancelled", "timed-out"],
            Enum.GetValues<JobPhase>().Select(ReportWords.Of));
    }

    [Fact]
    public void All_kinds_of_results_and_entries_have_every_field()
    {
        var report = new RecordedJob(Flows.Draft("data", "custom", "bad", "down: bad").Build())
            .Answer("data", Payload.Live(new Dictionary<string, object> { ["k"] = 1, ["nested"] = new[] { 1, 2 } }))
            .Answer("custom", Payload.Live(new Opaque("an opaque thing")))
            .Answer("bad", Flows.Failure("broken", "ValueError"))
            .Run().Report;
        using var file = JsonDocument.Parse(report.ToJson());

        var tasks = file.RootElement.GetProperty("tasks").EnumerateArray().ToList();
        string[] fields =
        [
            "name", "status", "attempts", "startedAt", "endedAt", "elapsedSeconds", "output", "error", "skippedBecause",
        ];
        Assert.All(tasks, t => Assert.Equal(fields, t.EnumerateObject().Select(p => p.Name).Take(fields.Length)));
        Assert.Equal("{\"k\":1,\"nested\":[1,2]}", tasks[0].GetProperty("output").GetRawText());
        Assert.Equal("an opaque thing", tasks[1].GetProperty("output").GetProperty("text").GetString());
        Assert.Equal(["down"],
            tasks[2].GetProperty("error").GetProperty("downstreamImpact").EnumerateArray().Select(n => n.GetString()));
        Assert.Equal(JsonValueKind.Null, tasks[3].GetProperty("error").ValueKind);
    }

    [Fact]
    public void Live_values_are_written_whatever_they_are()
    {
        Assert.Equal("\"Friday\"", Json(DayOfWeek.Friday));
        Assert.Equal("\"AQID\"", Json(new byte[] { 1, 2, 3 }));
        Assert.Equal("[3]", Json(new HashSet<int> { 3 }));
        Assert.Equal("\"NaN\"", Json(double.NaN));
        Assert.Equal("null", Json(null));
        Assert.Equal("{}", Json(new Dictionary<string, int>()));
        Assert.Equal("{\"Item1\":1,\"Item2\":2}", Json((1, 2)));
        Assert.Equal("\"größer\"", Json("größer"));
        var cycle = new List<object>();
        cycle.Add(cycle);
        Assert.StartsWith("{\"unserializable\":\"System.Collections", Json(cycle), StringComparison.Ordinal);
        Assert.Equal("{\"unserializable\":\"System.Action\",\"text\":\"System.Action\"}", Json(() => { }));
        Assert.Contains("ToString threw System.NotSupportedException", Json(new Hostile()), StringComparison.Ordinal);
        Assert.EndsWith(",\"text\":\"größer\"}", Json(new Opaque("größer")), StringComparison.Ordinal);
        Assert.EndsWith(",\"text\":\"\"}", Json(new Opaque(null)), StringComparison.Ordinal);
        Assert.Equal("{\"unserializable\":\"text that is no JSON\",\"text\":\"{oops\"}",
            Encoding.UTF8.GetString(PayloadJson.Of(Payload.FromJson("{oops")).Span));

        static string Json(object? value) => Encoding.UTF8.GetString(PayloadJson.Of(Payload.Live(value)).Span);
    }

    [Fact]
    public void An_encoded_output_is_written_byte_for_byte()
    {
        const string Output = "{ \"a\" : [1.0, 1e3,\t\"\\u00e9\"],  \"a\": {} }";
        var job = new RecordedJob(Flows.Draft("a").Build()).Answer("a", Payload.FromJson(Output));
        var json = job.Run().Report.ToJson();

        Assert.Contains($"\"output\": {Output}", json, StringComparison.Ordinal);
        Assert.Equal(Output, JobReport.FromJson(json)["A"].Output!.ToString());
    }

    [Fact]
    public void Deeply_nested_outputs_are_written_and_read()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 2_000)) + string.Concat(Enumerable.Repeat("]", 2_000));
        var json = new RecordedJob(Flows.Draft("a").Build()).Answer("a", Payload.FromJson(deep)).Run().Report.ToJson();

        Assert.Equal(deep, JobReport.FromJson(json)["a"].Output!.ToString());
    }

    [Fact]
    public void A_report_of_any_history_reads_back_equal()
    {
        Assert.All(Enumerable.Range(0, 300), seed =>
        {
            var report = ReportHistories.Run(seed).Report;
            var json = report.ToJson(indented: false);
            var read = JobReport.FromJson(json);
            ReportHistories.AssertEqual(report, read);
            Assert.Equal(json, read.ToJson(indented: false));
            ReportHistories.AssertEqual(report, JobReport.FromJson(report.ToJson(indented: true)));
        });
    }

    [Fact]
    public void The_writer_of_the_caller_gets_the_same_report()
    {
        var report = new RecordedJob(Flows.Draft("a", "b: a").Build()).Run().Report;
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        report.WriteJson(writer);

        Assert.Equal(report.ToJson(indented: false), Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    [Fact]
    public void A_report_of_any_size_is_written_bit_by_bit()
    {
        var names = Enumerable.Range(0, 2_000).Select(number => $"{new string('n', 190)}{number}").ToList();
        var lines = names.Select((name, number) => number == 0 ? name : $"{name}: {names[number - 1]}").ToArray();
        var job = new RecordedJob(Flows.Draft(lines).Build());
        foreach (var name in names.Take(20)) job.Answer(name, Payload.FromJson($"\"{new string('o', 50_000)}\""));
        var report = job.Run().Report;
        using var file = new Chunks();
        using var writer = new Utf8JsonWriter(file);
        report.WriteJson(writer);

        Assert.Equal(report.ToJson(indented: false).Length, file.Length);
        Assert.InRange(file.Largest, 1, 200_000);
    }

    [Fact]
    public void What_most_reports_do_not_have_is_read_where_it_is()
    {
        var timeouts = new TaskTimeouts { Attempt = TimeSpan.FromSeconds(5), Grace = TimeSpan.FromSeconds(1) };
        var draft = Flows.Draft("lost", "slow").With("slow", new TaskPolicy { Timeouts = timeouts });
        var job = new RecordedJob(draft.Build())
            .Answer("lost", new Failure(Failure.LostType, "gone")).StartReady().EndOne();
        job.Ask(new JobCommand.WakeUp(job.Now += TimeSpan.FromSeconds(5)));
        job.Ask(new JobCommand.WakeUp(job.Now += TimeSpan.FromSeconds(1)));
        job.Ask(new JobCommand.CancelJob(job.Now, "enough"));
        var read = JobReport.FromJson(job.Report.ToJson());

        ReportHistories.AssertEqual(job.Report, read);
        Assert.Equal((1, 1), (read.AbandonedAttempts, read["lost"].Lost));
        Assert.Equal((Reason.JobCancelled, "enough"), (read.StopReason, read.StopDetail));
    }

    [Fact]
    public void A_report_with_only_the_contracts_fields_is_read()
    {
        var report = JobReport.FromJson(
            """
            {"job":"j","flow":"f","status":"timedout","startedAt":"2030-01-31T12:00:00.000001Z","endedAt":null,
             "elapsedSeconds":null,"counts":{"succeeded":0,"failed":0,"skipped":0,"cancelled":1},"criticalPath":[],
             "tasks":[{"name":"a","status":"cancelled","attempts":1,"startedAt":null,"endedAt":null,
               "elapsedSeconds":null,"output":null,"error":{"type":"t","message":"m","stackTrace":null,
               "downstreamImpact":[]},"skippedBecause":null}]}
            """);

        Assert.Equal(JobPhase.TimedOut, report.Phase);
        Assert.Equal(RecordedJob.Start.AddMicroseconds(1), report.StartedAt);
        Assert.Equal("m", report["a"].Error!.Message);
    }

    [Theory]
    [InlineData("{", "The report is not valid JSON")]
    [InlineData("[]", "the report is a list, and should be an object with the field 'tasks'")]
    [InlineData("{\"tasks\":[{\"name\":\"a\",\"status\":\"odd\"}]}",
        "the report.tasks[0].status is \"odd\", and should be one of waiting, ready, running")]
    [InlineData("{\"tasks\":[{\"status\":\"ready\"}]}",
        "the report.tasks[0] is an object without it, and should be an object with the field 'name'")]
    public void What_is_no_report_is_refused_with_the_place(string json, string message)
    {
        var thrown = Assert.Throws<ActorFlowException>(() => JobReport.FromJson(json));
        Assert.Contains(message, thrown.Message, StringComparison.Ordinal);
    }

    /// <summary>Knows the most that was written to it at once.</summary>
    private sealed class Chunks : MemoryStream
    {
        public int Largest { get; private set; }

        public override void Write(byte[] buffer, int offset, int count)
        {
            Largest = Math.Max(Largest, count);
            base.Write(buffer, offset, count);
        }
    }

    private sealed class Opaque(string? text)
    {
        public override string? ToString() => text;
    }

    private sealed class Hostile
    {
        public int Value => throw new InvalidOperationException("not for you");

        public override string ToString() => throw new NotSupportedException();
    }
}
