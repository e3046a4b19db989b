using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using ActorFlow.Api.Tests.Engine;

namespace ActorFlow.Api.Tests.Datasets;

/// <summary>Datasets that tasks save and load.</summary>
public sealed class DatasetTests : IDisposable
{
    private readonly DataDirectory _data = new();

    [Fact]
    public async Task An_output_is_saved_under_its_key_and_the_report_names_it()
    {
        await using var engine = _data.Open();
        var flow = FlowBuilder.Create<Order>("orders");
        flow.Task("price", flow.Input, order => order.Amount * 2).SaveTo("prices/{Name}-{task}.json");
        var report = await ReportAsync(engine, flow.Build(), new Order("pen", 21));

        Assert.Equal(["prices/pen-price.json"], report["price"].Saved);
        Assert.Equal(42, await engine.Datasets.LoadAsync<int>("prices/pen-price.json"));
        var file = Path.Combine(_data.Path, "datasets", "prices", "pen-price.json");
        Assert.Equal("42", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task A_flow_keeps_the_datasets_of_its_tasks_in_a_store_of_its_own()
    {
        await using var engine = ActorFlowEngine.CreateInMemory();
        var (own, other) = (new MemoryDatasetStore(), new MemoryDatasetStore());
        var flow = FlowBuilder.Create<int>("own").SaveIn(own);
        var saved = flow.Task("saved", flow.Input, x => x).SaveTo("a.json").SaveTo("b.json", store: other);
        var read = flow.Task("read", async (TaskContext context) => await context.Datasets.LoadAsync<int>("a.json"))
            .After(saved);
        var job = await engine.SubmitAsync(flow.Build(read), 7);

        Assert.Equal(7, await job.GetResultAsync());
        Assert.Equal(["a.json"], await own.ListAsync("", default));
        Assert.Equal(["b.json"], await other.ListAsync("", default));
        Assert.Empty(await engine.Datasets.ListAsync());
        Assert.Equal(["a.json", "b.json"], (await job.GetReportAsync())["saved"].Saved);
    }

    [Fact]
    public async Task Placeholders_are_those_of_the_task_the_job_and_each_input()
    {
        await using var engine = ActorFlowEngine.CreateInMemory();
        var flow = FlowBuilder.Create<Order>("orders");
        flow.Task("t", flow.Input, flow.Input.Select(o => o.Amount), (order, amount) => order.Name + amount)
            .SaveTo("{flow}/{job}/{task}/{{x}}-{input2}-{input1.name}-{Amount}.txt");
        var job = await engine.SubmitAsync(
            flow.Build(), new Order("a/b", 7), new JobOptions { Id = new JobId("day/1") });
        await job.WaitAsync();

        Assert.Equal(["orders/day%2F1/t/{x}-7-a%2Fb-7.txt"], (await job.GetReportAsync())["t"].Saved);
    }

    [Fact]
    public async Task Each_item_of_a_map_saves_under_its_index()
    {
        await using var engine = ActorFlowEngine.CreateInMemory();
        var each = FlowBuilder.Chain<int>("each").Then("sq", x => x * x).With(t => t.SaveTo("sq_{index}.json")).Build();
        var flow = FlowBuilder.Create<IReadOnlyList<int>>("maps");
        flow.Map("m", flow.Input, each);
        await ReportAsync(engine, flow.Build(), [1, 2, 3]);

        Assert.Equal(["sq_0.json", "sq_1.json", "sq_2.json"], await engine.Datasets.ListAsync());
        Assert.Equal(9, await engine.Datasets.LoadAsync<int>("sq_2.json"));
    }

    [Fact]
    public async Task An_index_outside_of_a_map_fails_the_attempt_and_says_why()
    {
        await using var engine = ActorFlowEngine.CreateInMemory();
        var flow = FlowBuilder.Create<int>("f");
        flow.Task("t", flow.Input, x => x).SaveTo("{index}");
        var report = await ReportAsync(engine, flow.Build(), 1);

        Assert.Contains("'t' is no part of a map", report["t"].Error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("out_{nam}", "Did you mean 'Name'?")]
    [InlineData("out_{", "is not closed")]
    [InlineData("out_}", "closes nothing")]
    [InlineData("out_{}", "'{}'")]
    [InlineData("", "it is empty")]
    public void A_wrong_template_is_a_fault_when_the_flow_is_built(string key, string said)
    {
        var flow = FlowBuilder.Create<Order>("orders");
        flow.Task("t", flow.Input, order => order.Name).SaveTo(key);

        var fault = Assert.Single(Assert.Throws<FlowDefinitionException>(() => flow.Build()).Faults);
        Assert.Equal((FlowFaultCode.UnknownParameter, "t"), (fault.Code, fault.Task));
        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Times_have_keys_of_their_own_to_the_last_tick()
    {
        await using var engine = ActorFlowEngine.CreateInMemory();
        var flow = FlowBuilder.Create<Times>("times");
        var built = flow.Build(flow.Task("t", flow.Input, _ => 1).SaveTo("{At}/{Local}/{Time}/{Day}.json"));
        var first = new Times(
            new DateTimeOffset(2030, 1, 31, 12, 0, 0, TimeSpan.Zero), new DateTime(2030, 1, 31, 12, 0, 0),
            new TimeOnly(12, 0, 0), new DateOnly(2030, 1, 31));
        await engine.RunAsync(built, first);
        await engine.RunAsync(built, first with { At = first.At.AddTicks(1) });
        await engine.RunAsync(built, first with { Local = first.Local.AddTicks(1) });
        await engine.RunAsync(built, first with { Time = first.Time.Add(TimeSpan.FromTicks(1)) });

        var keys = await engine.Datasets.ListAsync();
        Assert.Equal(4, keys.Count);
        Assert.Contains(
            "2030-01-31T12%3A00%3A00.0000000+00%3A00/2030-01-31T12%3A00%3A00.0000000/12%3A00%3A00.0000000/"
                + "2030-01-31.json",
            keys);
    }

    [Theory]
    [InlineData("{input}", "'{input}' is a Texts, which has no text")]
    [InlineData("{List}", "'{List}' is an IReadOnlyList<int>, which has no text")]
    [InlineData("{Any}", "'{Any}' is an object, which has no text")]
    [InlineData("{Pair}", "which has no text")]
    [InlineData("{Timed}", "'{Timed}' is a Times, which has no text")]
    public void What_has_no_text_of_its_own_is_a_fault_when_the_flow_is_built(string key, string said)
    {
        var flow = FlowBuilder.Create<Texts>("texts");
        flow.Task("t", flow.Input, _ => 1).SaveTo(key);

        var fault = Assert.Single(Assert.Throws<FlowDefinitionException>(() => flow.Build()).Faults);
        Assert.Equal((FlowFaultCode.UnknownParameter, "t"), (fault.Code, fault.Task));
        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_texts_and_what_is_made_of_them_have_a_text()
    {
        await using var engine = ActorFlowEngine.CreateInMemory();
        var flow = FlowBuilder.Create<Texts>("texts");
        var built = flow.Build(flow.Task("t", flow.Input, _ => 1).SaveTo("{Maybe}-{Is}-{Plain}-{Both}-{Link}.json"));
        await engine.RunAsync(built, new Texts([1], 1, (1, [1]), null!)
        {
            Maybe = null,
            Is = true,
            Plain = new Order("pen", 2),
            Both = ((1, 2), (3, 4)),
            Link = new Uri("https://example.org/"),
        });

        Assert.Equal(
            ["null-True-Order { Name = pen, Amount = 2 }-((1, 2), (3, 4))-https%3A%2F%2Fexample.org%2F.json"],
            await engine.Datasets.ListAsync());
    }

    [Fact]
    public void A_task_without_an_output_has_nothing_to_save()
    {
        var flow = FlowBuilder.Create<int>("f");
        flow.Task("t", flow.Input, x => { _ = x; }).SaveTo("x");

        Assert.Equal(
            FlowFaultCode.TypeMismatch,
            Assert.Single(Assert.Throws<FlowDefinitionException>(() => flow.Build()).Faults).Code);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("/etc/x")]
    [InlineData("a//b")]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a\\b")]
    [InlineData("C:x")]
    [InlineData("a/b.tmp")]
    [InlineData("a\nb")]
    public async Task No_key_leads_out_of_the_store(string key)
    {
        await using var engine = _data.Open();

        await Assert.ThrowsAsync<DatasetException>(async () => await engine.Datasets.SaveAsync(key, 1));
        await Assert.ThrowsAsync<DatasetException>(async () => await engine.Datasets.LoadAsync<int>(key));
        await Assert.ThrowsAsync<DatasetException>(async () => await engine.Datasets.DeleteAsync(key));
        Assert.Empty(await engine.Datasets.ListAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_store_saves_lists_and_deletes(bool inFiles)
    {
        await using var engine = inFiles ? _data.Open() : ActorFlowEngine.CreateInMemory();
        var datasets = engine.Datasets;
        await datasets.SaveAsync("b/2.txt", "two");
        await datasets.SaveAsync("b/1.txt", "one");
        await datasets.SaveAsync("b/1.txt", "uno");
        await datasets.SaveAsync("a.bin", new byte[] { 1, 0, 255 });

        Assert.Equal(["a.bin", "b/1.txt", "b/2.txt"], await datasets.ListAsync());
        Assert.Equal(["b/1.txt", "b/2.txt"], await datasets.ListAsync("b/"));
        Assert.Equal("uno", await datasets.LoadAsync<string>("b/1.txt"));
        Assert.Equal([1, 0, 255], await datasets.LoadAsync<byte[]>("a.bin"));
        Assert.True(await datasets.ExistsAsync("a.bin"));
        Assert.True(await datasets.DeleteAsync("a.bin"));
        Assert.False(await datasets.DeleteAsync("a.bin"));
        Assert.False(await datasets.ExistsAsync("a.bin"));
        var missing = await Assert.ThrowsAsync<DatasetNotFoundException>(
            async () => await datasets.LoadAsync<string>("b/1.tx"));
        Assert.Contains("Did you mean 'b/1.txt'?", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_format_goes_by_name_by_extension_and_by_type()
    {
        await using var engine = ActorFlowEngine.Create(
            new ActorFlowOptions { InMemory = true, DatasetFormats = { new CsvFormat() } });
        var datasets = engine.Datasets;
        await datasets.SaveAsync("numbers.csv", new[] { 1, 2 });
        await datasets.SaveAsync("numbers.json", new[] { 1, 2 });
        await datasets.SaveAsync("text.json", "a");
        await datasets.SaveAsync("plain", "a");
        await datasets.SaveAsync("quoted", "a", format: "json");

        Assert.Equal("1,2", Text(await datasets.LoadAsync<byte[]>("numbers.csv")));
        Assert.Equal("[1,2]", Text(await datasets.LoadAsync<byte[]>("numbers.json", "bytes")));
        Assert.Equal("\"a\"", Text(await datasets.LoadAsync<byte[]>("text.json", "bytes")));
        Assert.Equal("a", Text(await datasets.LoadAsync<byte[]>("plain")));
        Assert.Equal("\"a\"", Text(await datasets.LoadAsync<byte[]>("quoted")));
        var read = await datasets.LoadAsync<int[]>("numbers.csv");
        Assert.Equal([1, 2], read);
    }

    [Theory]
    [InlineData("pickle", "there is no format 'pickle'")]
    [InlineData("text", "'text' cannot hold a System.Int32")]
    public async Task An_unknown_format_lists_what_there_is(string format, string said)
    {
        await using var engine = ActorFlowEngine.CreateInMemory();
        var error = await Assert.ThrowsAsync<DatasetException>(
            async () => await engine.Datasets.SaveAsync("x", 1, format));

        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.Contains("all formats: text, bytes, json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_saves_and_loads_datasets_and_observers_hear_of_it()
    {
        var heard = new Uses();
        var options = new ActorFlowOptions { InMemory = true };
        options.Observers.Add(heard);
        await using var engine = ActorFlowEngine.Create(options);
        var flow = FlowBuilder.Create<string>("texts");
        var save = flow.Task("save", flow.Input, async (string text, TaskContext context) =>
            await context.Datasets.SaveAsync("text.txt", text));
        var load = flow.Task("load", async (TaskContext context) =>
            await context.Datasets.LoadAsync<string>("text.txt")).After(save);
        var report = await ReportAsync(engine, flow.Build(load), "hello");

        Assert.Equal("hello", report["load"].Output!.Value);
        Assert.Equal(["text.txt"], report["save"].Saved);
        Assert.Empty(report["load"].Saved);
        Assert.Equal(["save Saved text.txt", "load Loaded text.txt"], heard.Lines);
    }

    [Fact]
    public async Task A_dataset_that_cannot_be_saved_fails_the_attempt_and_a_retry_saves_it_once()
    {
        var store = new FailingOnce();
        await using var engine = ActorFlowEngine.Create(
            new ActorFlowOptions { InMemory = true, DatasetStore = store });
        var flow = FlowBuilder.Create<int>("f");
        flow.Task("t", flow.Input, x => x).SaveTo("x.json").Retry(2);
        var report = await ReportAsync(engine, flow.Build(), 1);

        Assert.Equal((JobPhase.Succeeded, 2), (report.Phase, report["t"].Attempts));
        Assert.Equal(["x.json"], report["t"].Saved);
        Assert.Equal(["x.json"], await engine.Datasets.ListAsync());
    }

    public void Dispose() => _data.Dispose();

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    private static async Task<JobReport> ReportAsync<TIn, TOut>(ActorFlowEngine engine, Flow<TIn, TOut> flow, TIn input)
    {
        var job = await engine.SubmitAsync(flow, input);
        await job.WaitAsync();
        return await job.GetReportAsync();
    }

    private sealed record Order(string Name, int Amount);

    private sealed record Times(DateTimeOffset At, DateTime Local, TimeOnly Time, DateOnly Day);

    private sealed record Texts(IReadOnlyList<int> List, object Any, (int, int[]) Pair, Times Timed)
    {
        public int? Maybe { get; init; }

        public bool Is { get; init; }

        public Order? Plain { get; init; }

        public ((int, int), (int, int)) Both { get; init; }

        public Uri? Link { get; init; }
    }

    private sealed class Uses : JobObserver
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IEnumerable<string> Lines => _lines;

        public override void OnDataset(DatasetUse use) => _lines.Enqueue($"{use.Task} {use.Action} {use.Key}");
    }

    private sealed class CsvFormat : DatasetFormat
    {
        public override string Name => "csv";

        public override IReadOnlyList<string> Extensions { get; } = ["csv"];

        public override bool CanHold(Type type) => type == typeof(int[]);

        public override ReadOnlyMemory<byte> Write<T>(T value) => Encoding.UTF8.GetBytes(
            string.Join(',', ((int[])(object)value!).Select(n => n.ToString(CultureInfo.InvariantCulture))));

        public override T Read<T>(ReadOnlyMemory<byte> content) => (T)(object)Encoding.UTF8.GetString(content.Span)
            .Split(',').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray();
    }

    private sealed class FailingOnce : IDatasetStore
    {
        private readonly MemoryDatasetStore _inner = new();
        private int _saves;

        public ValueTask SaveAsync(
            string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
            _saves++ == 0
                ? throw new DatasetException("The disk is full.")
                : _inner.SaveAsync(key, content, cancellationToken);

        public ValueTask<ReadOnlyMemory<byte>?> LoadAsync(string key, CancellationToken cancellationToken = default) =>
            _inner.LoadAsync(key, cancellationToken);

        public ValueTask<bool> ExistsAsync(string key, CancellationToken cancellationToken = default) =>
            _inner.ExistsAsync(key, cancellationToken);

        public ValueTask<IReadOnlyList<string>> ListAsync(
            string prefix, CancellationToken cancellationToken = default) =>
            _inner.ListAsync(prefix, cancellationToken);

        public ValueTask<bool> DeleteAsync(string key, CancellationToken cancellationToken = default) =>
            _inner.DeleteAsync(key, cancellationToken);
    }
}
