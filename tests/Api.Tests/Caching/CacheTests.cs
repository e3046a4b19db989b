using ActorFlow.Api.Tests.Engine;
using ActorFlow.TestKit;

namespace ActorFlow.Api.Tests.Caching;

/// <summary>Results that need not be worked out twice.</summary>
public sealed class CacheTests
{
    private int _runs;

    [Fact]
    public async Task The_same_input_runs_the_code_once_and_the_report_says_so()
    {
        await using var engine = ActorFlowEngine.CreateInMemory();
        var first = await ReportAsync(engine, Square(), 4);
        var second = await ReportAsync(engine, Square(), 4);
        var third = await ReportAsync(engine, Square(), 5);

        Assert.Equal([false, true, false], new[] { first, second, third }.Select(r => r["square"].FromCache));
        Assert.Equal(["16", "16", "25"], new[] { first, second, third }.Select(r => r["square"].Output!.ToString()));
        Assert.Equal(1, second["square"].Attempts);
        Assert.Equal(2, _runs);
    }

    [Fact]
    public async Task A_hit_is_an_event_of_its_own_and_observers_hear_of_it()
    {
        var heard = new Hits();
        var options = new ActorFlowOptions { InMemory = true, Observers = { heard } };
        await using (var engine = ActorFlowEngine.Create(options))
        {
            await ReportAsync(engine, Square(), 4);
            var job = await engine.SubmitAsync(Square(), 4);
            await job.WaitAsync();
            var events = new List<JobEvent>();
            await foreach (var fact in job.ReadEventsAsync()) events.Add(fact);

            Assert.Equal(
                ["JobSubmitted", "TaskStarted", "AttemptNoted", "TaskSucceeded", "JobEnded"],
                events.Select(fact => fact.GetType().Name));
            Assert.Equal(ReuseSource.Cache, events.OfType<JobEvent.AttemptNoted>().Single().Notes.Reused!.Source);
        }

        Assert.Equal(["square 1"], heard.Lines);
    }

    [Fact]
    public async Task A_result_in_files_is_there_in_the_next_process_and_survives_in_the_journal()
    {
        using var data = new DataDirectory();
        await using (var engine = data.Open()) await ReportAsync(engine, Square(), 4);
        await using (var engine = data.Open())
        {
            var job = await engine.SubmitAsync(Square(), 4, new JobOptions { Id = new JobId("second") });
            Assert.Equal(16, await job.GetResultAsync());
        }

        await using (var engine = data.Open())
        {
            engine.Register(Square());
            var report = await (await engine.GetAsync(new JobId("second")))!.GetReportAsync();
            Assert.True(report["square"].FromCache);
        }

        Assert.Equal(1, _runs);
    }

    [Fact]
    public async Task Another_version_has_results_of_its_own()
    {
        await using var engine = ActorFlowEngine.CreateInMemory();
        await ReportAsync(engine, Square(task => task.Version("1")), 4);
        var other = FlowBuilder.Create<int>("squares");
        var report = await ReportAsync(engine, other.Build(Squared(other).Version("2")), 4);

        Assert.False(report["square"].FromCache);
    }

    [Fact]
    public async Task Code_in_another_place_has_results_of_its_own_and_a_class_shares_them()
    {
        await using var engine = ActorFlowEngine.CreateInMemory();
        var flow = FlowBuilder.Create<int>("two");
        var a = flow.Task("a", flow.Input, x => x + 1).Cache();
        flow.Task("b", flow.Input, x => x + 2).After(a).Cache();
        var c = flow.Task("c", flow.Input, new PlusThree()).Cache();
        flow.Task("d", flow.Input, new PlusThree()).After(c).Cache();
        var report = await ReportAsync(engine, flow.Build(), 1);

        Assert.Equal(
            ["a False 2", "b False 3", "c False 4", "d True 4"],
            report.Tasks.Select(t => $"{t.Name} {t.FromCache} {t.Output}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Equal_inputs_have_one_key_however_they_are_written()
    {
        await using var engine = ActorFlowEngine.CreateInMemory();
        var flow = FlowBuilder.Create<Query>("queries");
        var built = flow.Build(flow.Task("ask", flow.Input, q => $"{q.Text}{q.Limit}").Cache());
        string[] queries =
        [
            """{"Text":"a","Tags":["x","y"],"More":{"p":1,"q":2}}""",
            """{"More":{"q":2,"p":1},"Limit":10,"Tags":["y","x"],"Text":"a"}""",
            """{"More":{"q":2,"p":1},"Limit":11,"Tags":["y","x"],"Text":"a"}""",
        ];
        var hits = new List<bool>();
        foreach (var query in queries)
        {
            var job = await engine.SubmitAsync(built.Executable, Payload.FromJson(query));
            await job.WaitAsync();
            hits.Add((await job.GetReportAsync())["ask"].FromCache);
        }

        Assert.Equal([false, true, false], hits);
    }

    [Fact]
    public async Task A_key_of_its_own_stands_in_for_the_input()
    {
        await using var engine = ActorFlowEngine.CreateInMemory();
        var flow = FlowBuilder.Create<Query>("queries");
        var ask = flow.Task("ask", flow.Input, q => q.Limit);
        ask.Cache(flow.Input.Select(q => q.Text), text => text.ToUpperInvariant());
        var built = flow.Build(ask);

        Assert.Equal(1, await engine.RunAsync(built, new Query("a", 1)));
        Assert.Equal(1, await engine.RunAsync(built, new Query("A", 2)));
        Assert.Equal(3, await engine.RunAsync(built, new Query("b", 3)));
    }

    [Fact]
    public async Task A_condition_is_asked_before_the_cache()
    {
        await using var engine = ActorFlowEngine.CreateInMemory();
        var flow = FlowBuilder.Create<Query>("queries");
        var wanted = true;
        var ask = flow.Task("ask", flow.Input, q => q.Limit).OnlyIf(flow.Input, _ => wanted).Cache();
        var built = flow.Build(ask);
        await ReportAsync(engine, built, new Query("a"));
        wanted = false;

        Assert.Equal(TaskPhase.Skipped, (await ReportAsync(engine, built, new Query("a")))["ask"].Phase);
    }

    [Fact]
    public async Task A_whole_map_is_taken_from_the_cache()
    {
        await using var engine = ActorFlowEngine.CreateInMemory();
        var flow = FlowBuilder.Create<IReadOnlyList<int>>("maps");
        var built = flow.Build(flow.Map("m", flow.Input, x => Interlocked.Increment(ref _runs) * 0 + x * x).Cache());
        var first = await ReportAsync(engine, built, [1, 2]);
        var second = await ReportAsync(engine, built, [1, 2]);

        Assert.Equal(["m", "m[0]", "m[1]"], first.Tasks.Select(t => t.Name));
        Assert.Equal(["m"], second.Tasks.Select(t => t.Name));
        Assert.Equal("[1,4]", second["m"].Output!.ToString());
        Assert.Equal(2, _runs);
    }

    [Fact]
    public async Task A_task_with_everything_around_it_still_says_what_it_gives()
    {
        var flow = FlowBuilder.Create<int>("kept");
        flow.Task("square", flow.Input, x => x * x).SaveTo("square").Cache().UpToDate();
        flow.Task("other", flow.Input, x => x);
        var squares = flow.Build().Returns<int>("square");
        await using var engine = ActorFlowEngine.CreateInMemory();

        Assert.Equal(16, await engine.RunAsync(squares, 4));
    }

    [Theory]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(TaskCanceledException))]
    public async Task A_store_that_fails_hurts_no_task(Type error)
    {
        var store = new BrokenStore((Exception)Activator.CreateInstance(error)!);
        await using var engine = ActorFlowEngine.Create(new ActorFlowOptions { InMemory = true, CacheStore = store });
        var report = await ReportAsync(engine, Square(), 4);

        Assert.Equal(JobPhase.Succeeded, report.Phase);
        Assert.Equal(1, report["square"].Attempts);
        Assert.Equal(1, _runs);
    }

    [Fact]
    public async Task A_store_of_the_task_goes_before_that_of_the_flow_and_that_before_the_engines()
    {
        var (ofTask, ofFlow, ofEngine) = (new MemoryCacheStore(), new MemoryCacheStore(), new MemoryCacheStore());
        await using var engine = ActorFlowEngine.Create(
            new ActorFlowOptions { InMemory = true, CacheStore = ofEngine });
        var flow = FlowBuilder.Create<int>("stores").CacheIn(ofFlow);
        flow.Task("a", flow.Input, x => x).Cache(new CacheOptions { Store = ofTask });
        flow.Task("b", flow.Input, x => x).Cache();
        flow.Task("c", flow.Input, x => x).Cache();
        await ReportAsync(engine, flow.Build(), 1);
        await ReportAsync(engine, Square(), 1);

        Assert.Equal((1, 2, 1), (ofTask.Count, ofFlow.Count, ofEngine.Count));
    }

    [Fact]
    public async Task A_forced_job_runs_the_code_and_stores_what_comes_out()
    {
        await using var engine = ActorFlowEngine.CreateInMemory();
        await ReportAsync(engine, Square(), 4);
        var job = await engine.SubmitAsync(Square(), 4, new JobOptions { Force = true });
        await job.WaitAsync();

        Assert.False((await job.GetReportAsync())["square"].FromCache);
        Assert.Equal(2, _runs);
        Assert.True((await ReportAsync(engine, Square(), 4))["square"].FromCache);
    }

    [Fact]
    public async Task What_a_cache_holds_of_another_type_is_no_result()
    {
        await using var engine = ActorFlowEngine.Create(
            new ActorFlowOptions { InMemory = true, CacheStore = new Answering("\"text\"") });

        Assert.Equal("16", (await ReportAsync(engine, Square(), 4))["square"].Output!.ToString());
    }

    [Fact]
    public void A_time_to_live_that_is_not_longer_than_zero_is_a_fault()
    {
        var flow = FlowBuilder.Create<int>("squares");
        Squared(flow).Cache(new CacheOptions { TimeToLive = TimeSpan.Zero });

        var fault = Assert.Single(Assert.Throws<FlowDefinitionException>(() => flow.Build()).Faults);
        Assert.Equal((FlowFaultCode.BadPolicy, "square"), (fault.Code, fault.Task));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, true)]
    [InlineData(256_204_778, true)]
    public async Task A_result_is_used_as_long_as_it_may_live_and_a_crash_does_not_lose_it(int hours, bool isUsed)
    {
        var options = new CacheOptions { Name = "square", TimeToLive = TimeSpan.FromHours(hours) };
        var flow = FlowBuilder.Create<int>("lives");
        var square = flow.Task("square", flow.Input, x => x * x).Cache(options);
        var wait = flow.Task("wait", async (TaskContext context) =>
            await Task.Delay(TimeSpan.FromHours(2), context.Time, context.CancellationToken)).After(square);
        flow.Task("again", flow.Input, x => x * x).After(wait).Cache(options);
        await using var test = new FlowTest(flow.Build().Executable);
        test.CrashAfter(Expect.Started("wait"));
        var run = await test.RunAsync(3);

        Assert.Equal((JobPhase.Succeeded, 2), (run.Outcome, run.Lives));
        Assert.Equal(isUsed, run.Report["again"].FromCache);
        Assert.Equal(9, run.Output<int>("again"));
        if (isUsed) run.ShouldHave(Expect.Reused("again", ReuseSource.Cache), Expect.Succeeded("again"));
        else run.ShouldNotHave(Expect.Reused("again"));
    }

    private Flow<int, int> Square(Action<TaskHandle<int>>? configure = null)
    {
        var flow = FlowBuilder.Create<int>("squares");
        var square = Squared(flow);
        configure?.Invoke(square);
        return flow.Build(square);
    }

    private TaskHandle<int> Squared(FlowBuilder<int> flow) => flow.Task("square", flow.Input, x =>
    {
        Interlocked.Increment(ref _runs);
        return x * x;
    }).Cache();

    private static async Task<JobReport> ReportAsync<TIn, TOut>(ActorFlowEngine engine, Flow<TIn, TOut> flow, TIn input)
    {
        var job = await engine.SubmitAsync(flow, input);
        await job.WaitAsync();
        return await job.GetReportAsync();
    }

    private sealed record Query(string Text, int Limit = 10)
    {
        public HashSet<string> Tags { get; init; } = [];

        public Dictionary<string, int> More { get; init; } = [];
    }

    private sealed class PlusThree : SyncTask<int, int>
    {
        public override int Run(int input, TaskContext context) => input + 3;
    }

    private sealed class Hits : JobObserver
    {
        public List<string> Lines { get; } = [];

        public override ValueTask OnCacheHitAsync(
            JobHandle job, FlowTask task, int attempt, string key, CancellationToken cancellationToken)
        {
            Lines.Add($"{task.Name} {attempt}");
            return default;
        }
    }

    private sealed class BrokenStore(Exception error) : ICacheStore
    {
        public ValueTask<CacheEntry?> GetAsync(string key, CancellationToken cancellationToken = default) =>
            throw error;

        public ValueTask PutAsync(string key, CacheEntry entry, CancellationToken cancellationToken = default) =>
            throw error;

        public ValueTask RemoveAsync(string key, CancellationToken cancellationToken = default) =>
            throw error;

        public ValueTask ClearAsync(CancellationToken cancellationToken = default) =>
            throw error;
    }

    private sealed class Answering(string json) : ICacheStore
    {
        public ValueTask<CacheEntry?> GetAsync(string key, CancellationToken cancellationToken = default) =>
            new(new CacheEntry("t", System.Text.Encoding.UTF8.GetBytes(json), default, null));

        public ValueTask PutAsync(
            string key, CacheEntry entry, CancellationToken cancellationToken = default) => default;

        public ValueTask RemoveAsync(string key, CancellationToken cancellationToken = default) => default;

        public ValueTask ClearAsync(CancellationToken cancellationToken = default) => default;
    }
}
