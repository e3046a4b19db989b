using System.Text.Json.Serialization;
using ActorFlow.Api.Tests.Engine;

namespace ActorFlow.Api.Tests.Caching;

/// <summary>What differs has another key, and only what is the same shares a result.</summary>
public sealed class CacheKeyTests
{
    [Fact]
    public async Task The_input_counts_though_the_task_was_built_before_it_was_cached()
    {
        var flow = FlowBuilder.Create<int>("f");
        var built = flow.Build(flow.Task("square", flow.Input, x => x * x));
        var cached = built.With(more => more.Output<int>("square").Cache());
        await using var engine = ActorFlowEngine.CreateInMemory();

        Assert.Equal((4, 9), (await engine.RunAsync(cached, 2), await engine.RunAsync(cached, 3)));
        Assert.True((await ReportAsync(engine, cached, 3))["square"].FromCache);
    }

    [Fact]
    public async Task Code_that_was_built_before_it_was_cached_is_known_by_its_place_and_version()
    {
        await using var engine = ActorFlowEngine.CreateInMemory();
        var doubles = Built("a", x => x * 2).With(more => more.Output<int>("t").Cache());
        var squares = Built("b", x => x * x).With(more => more.Output<int>("t").Cache());
        var cubes = Built("b", x => x * x * x).With(more => more.Output<int>("t").Version("2"))
            .With(more => more.Output<int>("t").Cache());

        Assert.Equal(10, await engine.RunAsync(doubles, 5));
        Assert.Equal(25, await engine.RunAsync(squares, 5));
        Assert.Equal(125, await engine.RunAsync(cubes, 5));
    }

    [Fact]
    public async Task A_condition_is_asked_before_a_cache_that_was_added_later()
    {
        var wanted = true;
        var flow = FlowBuilder.Create<int>("f");
        var built = flow.Build(flow.Task("t", flow.Input, x => x).OnlyIf(flow.Input, _ => wanted))
            .With(more => more.Output<int>("t").Cache());
        await using var engine = ActorFlowEngine.CreateInMemory();
        await ReportAsync(engine, built, 1);
        wanted = false;

        Assert.Equal(TaskPhase.Skipped, (await ReportAsync(engine, built, 1))["t"].Phase);
    }

    [Fact]
    public async Task A_cache_that_is_said_again_later_takes_the_place_of_the_first()
    {
        var (first, second) = (new MemoryCacheStore(), new MemoryCacheStore());
        var flow = FlowBuilder.Create<int>("f");
        var built = flow.Build(flow.Task("t", flow.Input, x => x).Cache(new CacheOptions { Store = first }))
            .With(more => more.Output<int>("t").Cache(more.Input, x => $"{x}", new CacheOptions { Store = second }));
        await using var engine = ActorFlowEngine.CreateInMemory();
        await engine.RunAsync(built, 1);

        Assert.Equal((0, 1), (first.Count, second.Count));
    }

    [Fact]
    public async Task The_store_of_a_flow_stays_that_of_its_tasks()
    {
        var (own, other) = (new MemoryCacheStore(), new MemoryCacheStore());
        var flow = FlowBuilder.Create<int>("f").CacheIn(own);
        var built = flow.Build(flow.Task("t", flow.Input, x => x).Cache())
            .With(more => more.CacheIn(other).Task("u", more.Input, x => x).Cache());
        await using var engine = ActorFlowEngine.CreateInMemory();
        await engine.RunAsync(built, 1);

        Assert.Equal((1, 1), (own.Count, other.Count));
    }

    [Fact]
    public async Task Tasks_that_run_flows_have_results_of_their_own()
    {
        var flow = FlowBuilder.Create<int>("f");
        var a = flow.Run("a", flow.Input, Built("double", x => x * 2)).Cache();
        var b = flow.Run("b", flow.Input, Built("square", x => x * x)).After(a).Cache();
        await using var engine = ActorFlowEngine.CreateInMemory();

        Assert.Equal("10 25", await engine.RunAsync(flow.Build(flow.Task("both", a, b, (x, y) => $"{x} {y}")), 5));
    }

    [Fact]
    public async Task Maps_of_different_flows_have_results_of_their_own()
    {
        await using var engine = ActorFlowEngine.CreateInMemory();
        var all = new List<int>();
        foreach (var (name, each) in new (string, Func<int, int>)[] { ("double", x => x * 2), ("square", x => x * x) })
        {
            var flow = FlowBuilder.Create<IReadOnlyList<int>>(name);
            all.AddRange((await engine.RunAsync(flow.Build(flow.Map("m", flow.Input, each).Cache()), [5, 6]))!);
        }

        Assert.Equal([10, 12, 25, 36], all);
    }

    [Fact]
    public async Task A_flow_that_a_task_runs_counts()
    {
        await using var engine = ActorFlowEngine.CreateInMemory();
        Flow<int, int> Outer(Flow<int, int> inner)
        {
            var flow = FlowBuilder.Create<int>("outer");
            return flow.Build(flow.Run("inner", flow.Input, inner).Cache());
        }

        var old = Built("inner", x => x * 2);
        var other = old.Replace(edit => edit.Task("t", edit.Input, x => x * x).Version("2"));
        Assert.Equal(10, await engine.RunAsync(Outer(old), 5));
        Assert.Equal(25, await engine.RunAsync(Outer(other), 5));
        Assert.True((await ReportAsync(engine, Outer(old), 5))["inner"].FromCache);
    }

    [Fact]
    public async Task A_version_counts_beside_a_name()
    {
        await using var engine = ActorFlowEngine.CreateInMemory();
        var results = new List<string>();
        foreach (var version in new[] { "1", "2", "1" })
        {
            var flow = FlowBuilder.Create<int>("f");
            var named = flow.Task("t", flow.Input, x => $"{version}:{x}").Cache(new CacheOptions { Name = "n" });
            results.Add((await engine.RunAsync(flow.Build(named.Version(version)), 1))!);
        }

        Assert.Equal(["1:1", "2:1", "1:1"], results);
    }

    [Fact]
    public async Task A_result_that_was_worked_out_anew_is_a_change_if_it_is_another_one()
    {
        using var data = new DataDirectory();
        var (store, value, ran) = (new MemoryCacheStore(), 1, 0);
        var flow = FlowBuilder.Create("f");
        var rate = flow.Task("rate", () => value).SaveTo("rate.json").Cache(new CacheOptions { Store = store });
        var after = flow.Task("after", async (TaskContext context) =>
        {
            ran++;
            return await context.Datasets.LoadAsync<int>("rate.json");
        }).After(rate).UpToDate();
        var built = flow.Build(after);
        await using var engine = data.Open();

        Assert.Equal(1, await engine.RunAsync(built, Nothing.Value));
        Assert.Equal(1, await engine.RunAsync(built, Nothing.Value));
        await store.ClearAsync();
        Assert.Equal(1, await engine.RunAsync(built, Nothing.Value));
        Assert.Equal(1, ran);
        await store.ClearAsync();
        value = 2;
        Assert.Equal(2, await engine.RunAsync(built, Nothing.Value));
        Assert.Equal(2, ran);
    }

    [Fact]
    public async Task Values_that_their_declared_type_does_not_tell_apart_have_no_key()
    {
        await using var engine = ActorFlowEngine.CreateInMemory();
        var flow = FlowBuilder.Create<int>("f");
        var circle = flow.Task("circle", flow.Input, x => (Shape)new Circle(x));
        var holder = flow.Task("holder", flow.Input, x => new Holder([new Circle(x)]));
        flow.Task("shape", circle, x => $"{x}").Cache();
        flow.Task("held", holder, x => x.Shapes.Count).Cache();
        var report = await ReportAsync(engine, flow.Build(), 1);

        foreach (var task in new[] { "shape", "held" })
            Assert.Contains(
                "A Circle is written as a Shape, which leaves out what it has besides; name it by [JsonDerivedType]",
                report[task].Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Derived_types_that_are_declared_and_collections_have_keys()
    {
        await using var engine = ActorFlowEngine.CreateInMemory();
        var flow = FlowBuilder.Create<int>("f");
        var animal = flow.Task("animal", flow.Input, x => (Animal)new Dog(x));
        var lists = flow.Task("lists", flow.Input, x => new Lists(
            new List<int> { x }, new Dictionary<string, object> { ["x"] = new Circle(x) }, new HashSet<int> { x }));
        var kept = flow.Task("kept", animal, lists, (one, all) => $"{one} {all.Numbers.Count}").Cache();
        var built = flow.Build(kept);

        Assert.Equal("Dog { Age = 1 } 1", await engine.RunAsync(built, 1));
        Assert.Equal("Dog { Age = 2 } 1", await engine.RunAsync(built, 2));
        Assert.True((await ReportAsync(engine, built, 2))["kept"].FromCache);
    }

    private static Flow<int, int> Built(string name, Func<int, int> run) =>
        FlowBuilder.Chain<int>(name).Then("t", run).Build();

    private static async Task<JobReport> ReportAsync<TIn, TOut>(ActorFlowEngine engine, Flow<TIn, TOut> flow, TIn input)
    {
        var job = await engine.SubmitAsync(flow, input);
        await job.WaitAsync();
        return await job.GetReportAsync();
    }

    private abstract record Shape;

    private sealed record Circle(int Radius) : Shape;

    private sealed record Holder(IReadOnlyList<Shape> Shapes);

    [JsonDerivedType(typeof(Dog), "dog")]
    private abstract record Animal;

    private sealed record Dog(int Age) : Animal;

    private sealed record Lists(
        IReadOnlyList<int> Numbers, IReadOnlyDictionary<string, object> Values, IReadOnlySet<int> Set);

    [Fact]
    public async Task Instances_of_one_class_share_results_if_they_were_made_with_the_same_values()
    {
        var flow = FlowBuilder.Create<decimal>("prices");
        flow.Task("low", flow.Input, new WithTax(0.07m, "low")).Cache();
        flow.Task("high", flow.Input, new WithTax(0.19m, "high")).Cache();
        await using var engine = ActorFlowEngine.CreateInMemory();
        var job = await engine.SubmitAsync(flow.Build(), 100);
        await job.WaitAsync();
        var report = await job.GetReportAsync();
        Assert.Equal(("107.00", "119.00"), (report["low"].Output!.ToString(), report["high"].Output!.ToString()));

        var other = FlowBuilder.Create<decimal>("other");
        var built = other.Build(other.Task("again", other.Input, new WithTax(0.19m, "high")).Cache());
        var again = await engine.SubmitAsync(built, 100);
        await again.WaitAsync();
        Assert.True((await again.GetReportAsync())["again"].FromCache);
    }

    private sealed class WithTax(decimal tax, string name) : SyncTask<decimal, decimal>
    {
        public override decimal Run(decimal input, TaskContext context) =>
            name.Length > 0 ? input * (1 + tax) : throw new InvalidOperationException(name);
    }
}
