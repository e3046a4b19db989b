using ActorFlow.Api.Tests.Engine;

namespace ActorFlow.Api.Tests.Peers;

/// <summary>The cases of daglite that are about caches, names and datasets.</summary>
public sealed class DagliteTests : IDisposable
{
    private readonly DataDirectory _data = new();
    private int _calls;

    [Fact]
    public async Task G2_the_sum_of_squares_of_a_file_is_14_and_the_squares_are_a_dataset()
    {
        var file = Path.Combine(_data.Path, "numbers.txt");
        await File.WriteAllTextAsync(file, "1\n2\n3\n");
        await using var engine = _data.Open();
        var flow = FlowBuilder.Create<string>("sum-of-squares");
        var numbers = flow.Task(
            "numbers", flow.Input, async path => (await File.ReadAllLinesAsync(path)).Select(int.Parse).ToArray());
        var squares = flow.Task("squares", numbers, all => all.Select(x => x * x).ToArray()).SaveTo("squared_values");

        Assert.Equal(14, await engine.RunAsync(flow.Build(flow.Task("sum", squares, all => all.Sum())), file));
        var saved = await engine.Datasets.LoadAsync<int[]>("squared_values");
        Assert.Equal([1, 4, 9], saved);
    }

    [Fact]
    public async Task G5_the_same_arguments_are_one_call_and_others_are_two()
    {
        await using var engine = ActorFlowEngine.CreateInMemory();
        Assert.Equal(5, await engine.RunAsync(Add(), new Pair(2, 3)));
        Assert.Equal(5, await engine.RunAsync(Add(), new Pair(2, 3)));
        Assert.Equal(1, _calls);
        Assert.Equal(6, await engine.RunAsync(Add(), new Pair(2, 4)));
        Assert.Equal(2, _calls);
    }

    [Fact]
    public async Task G5_defaults_count_like_arguments()
    {
        await using var engine = ActorFlowEngine.CreateInMemory();
        var add = Add().Executable;
        foreach (var input in new[] { """{"X":2}""", """{"Y":1,"X":2}""" })
            await (await engine.SubmitAsync(add, Payload.FromJson(input))).WaitAsync();

        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task G5_nothing_is_a_result_that_is_cached()
    {
        await using var engine = ActorFlowEngine.CreateInMemory();
        var flow = FlowBuilder.Create<int>("nothing");
        var none = flow.Build(flow.Task("none", flow.Input, string? (_) =>
        {
            _calls++;
            return null;
        }).Cache());

        Assert.Null(await engine.RunAsync(none, 1));
        Assert.Null(await engine.RunAsync(none, 1));
        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task G5_two_functions_never_share()
    {
        await using var engine = ActorFlowEngine.CreateInMemory();
        var flow = FlowBuilder.Create<int>("two");
        var plus = flow.Task("plus", flow.Input, x => x + 1).Cache();
        var times = flow.Task("times", flow.Input, x => x * 10).Cache().After(plus);

        Assert.Equal(50, await engine.RunAsync(flow.Build(times), 5));
    }

    [Fact]
    public async Task G5_a_second_session_finds_what_the_first_one_stored()
    {
        await using (var engine = _data.Open()) await engine.RunAsync(Add(), new Pair(2, 3));
        await using (var engine = _data.Open()) Assert.Equal(5, await engine.RunAsync(Add(), new Pair(2, 3)));
        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task G5_what_is_corrupt_is_computed_again()
    {
        await using (var engine = _data.Open()) await engine.RunAsync(Add(), new Pair(2, 3));
        foreach (var file in Directory.GetFiles(Path.Combine(_data.Path, "cache"), "*", SearchOption.AllDirectories))
            await File.WriteAllTextAsync(file, "corrupt");
        await using (var engine = _data.Open()) Assert.Equal(5, await engine.RunAsync(Add(), new Pair(2, 3)));
        Assert.Equal(2, _calls);
    }

    [Fact]
    public async Task G7_items_are_named_by_their_index_or_by_a_template()
    {
        var flow = FlowBuilder.Create<IReadOnlyList<int>>("names");
        flow.Map("sq", flow.Input, x => x * x);
        flow.Map("t", flow.Input, x => x * x, new MapOptions { ItemName = "item-{index}" });
        await using var engine = ActorFlowEngine.CreateInMemory();
        var job = await engine.SubmitAsync(flow.Build(), [1, 2, 3]);
        await job.WaitAsync();

        Assert.Equal(
            ["sq", "sq[0]", "sq[1]", "sq[2]", "t", "t.item-0", "t.item-1", "t.item-2"],
            (await job.GetReportAsync()).Tasks.Select(task => task.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task G10_each_item_of_a_map_has_a_dataset_by_its_index()
    {
        await using var engine = _data.Open();
        var each = FlowBuilder.Chain<int>("each").Then("double", x => 2 * x)
            .With(task => task.SaveTo("mapped_{index}.json")).Build();
        var flow = FlowBuilder.Create<IReadOnlyList<int>>("mapped");
        flow.Map("m", flow.Input, each);
        await (await engine.SubmitAsync(flow.Build(), [1, 2, 3])).WaitAsync();

        Assert.Equal(
            ["mapped_0.json", "mapped_1.json", "mapped_2.json"],
            Directory.GetFiles(Path.Combine(_data.Path, "datasets"))
                .Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_hit_does_not_save_its_dataset_again()
    {
        await using var engine = ActorFlowEngine.CreateInMemory();
        var flow = FlowBuilder.Create<int>("hits");
        var built = flow.Build(flow.Task("t", flow.Input, x => x).SaveTo("x_{input}").Cache());
        await engine.RunAsync(built, 1);
        await engine.Datasets.DeleteAsync("x_1");
        var job = await engine.SubmitAsync(built, 1);
        await job.WaitAsync();

        Assert.Empty((await job.GetReportAsync())["t"].Saved);
        Assert.Empty(await engine.Datasets.ListAsync());
    }

    public void Dispose() => _data.Dispose();

    private Flow<Pair, int> Add()
    {
        var flow = FlowBuilder.Create<Pair>("adds");
        return flow.Build(flow.Task("add", flow.Input, pair =>
        {
            _calls++;
            return pair.X + pair.Y;
        }).Cache());
    }

    private sealed record Pair(int X, int Y = 1);
}
