namespace ActorFlow.Api.Tests.Engine;

/// <summary>Values that tasks note down for the report of their failure.</summary>
public sealed class TraceTests
{
    [Fact]
    public async Task Traced_values_are_in_the_report_also_in_a_later_process()
    {
        using var data = new DataDirectory();
        var flow = Flow((_, context) =>
        {
            context.Trace("customer", new { Name = "größer", Orders = new[] { 1, 2 } });
            context.Trace("step", 1);
            context.Trace("step", 2);
            context.Trace("nothing", null);
        });
        await using (var engine = data.Open())
            await (await engine.SubmitAsync(flow, 1, new JobOptions { Id = new JobId("job") })).WaitAsync();

        await using var later = data.Open();
        later.Register(flow);
        var report = await (await later.GetAsync(new JobId("job")))!.GetReportAsync();
        Assert.Equal(
            [
                new TracedValue("customer", """{"Name":"größer","Orders":[1,2]}"""), new TracedValue("step", "2"),
                new TracedValue("nothing", "null"),
            ],
            report["fails"].Error!.Traces);
    }

    [Fact]
    public async Task Values_that_are_hard_to_write_down_are_traced_all_the_same()
    {
        var traces = await TracesAsync((_, context) =>
        {
            context.Trace("hostile", new Hostile());
            context.Trace("stream", Stream.Null);
            context.Trace("endless", Endless());
            context.Trace("long", new string('x', 5_000));
        });

        Assert.Contains("\"unserializable\":", traces["hostile"], StringComparison.Ordinal);
        Assert.Contains("Stream", traces["stream"], StringComparison.Ordinal);
        Assert.StartsWith("[1,1,1", traces["endless"], StringComparison.Ordinal);
        Assert.All(["endless", "long"], name => Assert.InRange(traces[name].Length, 900, 1_100));
        Assert.EndsWith("…", traces["long"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task So_many_names_are_kept_and_the_others_are_counted()
    {
        var traces = await TracesAsync((_, context) =>
        {
            for (var i = 0; i < 70; i++) context.Trace($"name{i}", i);
        });
        Assert.Equal(65, traces.Count);
        Assert.Equal("63", traces["name63"]);
        Assert.Equal("\"6 more; 64 names are kept\"", traces["…"]);
    }

    [Fact]
    public async Task What_an_exception_has_in_its_data_is_traced_too()
    {
        var flow = FlowBuilder.Create<int>("traces");
        flow.Task("fails", flow.Input, int (int x, TaskContext context) =>
        {
            context.Trace("seen", x);
            throw new IOException("no") { Data = { ["path"] = "/etc/orders", [7] = true } };
        });
        Assert.Equal(
            [new TracedValue("seen", "1"), new TracedValue("path", "\"/etc/orders\""), new TracedValue("7", "true")],
            (await ReportAsync(flow.Build()))["fails"].Error!.Traces);
    }

    [Fact]
    public async Task An_attempt_that_succeeds_leaves_no_trace()
    {
        var flow = FlowBuilder.Create<int>("traces");
        flow.Task("works", flow.Input, (int x, TaskContext context) =>
        {
            context.Trace("value", new Hostile());
            return x;
        });
        var report = await ReportAsync(flow.Build());
        Assert.Equal((JobPhase.Succeeded, null), (report.Phase, report["works"].Error));
    }

    [Fact]
    public async Task Each_attempt_traces_for_itself()
    {
        var flow = FlowBuilder.Create<int>("traces");
        flow.Task("fails", flow.Input, int (int x, TaskContext context) =>
        {
            if (context.Attempt == 1) context.Trace("first", x);
            throw new IOException("no");
        }).Retry(2);
        Assert.Empty((await ReportAsync(flow.Build()))["fails"].Error!.Traces);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stack_traces_are_recorded_unless_they_are_not_wanted(bool wanted)
    {
        using var data = new DataDirectory();
        await using var engine = data.Open(options => options.RecordStackTraces = wanted);
        var job = await engine.SubmitAsync(Flow((_, _) => { }), 1);
        await job.WaitAsync();
        var error = (await job.GetReportAsync())["fails"].Error!;
        Assert.Equal(("no", wanted), (error.Message, error.StackTrace is not null));
    }

    private static async Task<IReadOnlyDictionary<string, string>> TracesAsync(Action<int, TaskContext> trace) =>
        (await ReportAsync(Flow(trace)))["fails"].Error!.Traces
            .ToDictionary(traced => traced.Name, traced => traced.Value, StringComparer.Ordinal);

    private static Flow<int, Nothing> Flow(Action<int, TaskContext> trace)
    {
        var flow = FlowBuilder.Create<int>("traces");
        flow.Task("fails", flow.Input, int (int x, TaskContext context) =>
        {
            trace(x, context);
            throw new IOException("no");
        });
        return flow.Build();
    }

    private static async Task<JobReport> ReportAsync(Flow<int, Nothing> flow)
    {
        await using var engine = ActorFlowEngine.CreateInMemory();
        var job = await engine.SubmitAsync(flow, 1);
        await job.WaitAsync();
        return await job.GetReportAsync();
    }

    private static IEnumerable<int> Endless()
    {
        while (true) yield return 1;
    }

    private sealed class Hostile
    {
        public int Value => throw new InvalidOperationException("not for you");

        public override string ToString() => throw new NotSupportedException();
    }
}
