namespace ActorFlow.Api.Tests.Building;

/// <summary>A built flow that is gone on with knows its tasks as well as when they were said.</summary>
public sealed class GoingOnTests
{
    [Fact]
    public async Task A_task_may_have_another_condition()
    {
        var flow = FlowBuilder.Create<int>("f");
        var built = flow.Build(flow.Task("t", flow.Input, x => x).OnlyIf(flow.Input, x => x > 0))
            .With(more => more.Output<int>("t").OnlyIf(more.Input, x => x < 10).OnlyIf(more.Input, x => x != 5))
            .With(more => more.Output<int>("t").OnlyIf(more.Input, x => x != 6));

        Assert.Equal(4, await Jobs.ResultOf(built, 4));
        foreach (var refused in new[] { 0, 5, 6, 10 })
            Assert.Equal(TaskPhase.Skipped, (await Jobs.ReportOf(built, refused))["t"].Phase);
    }

    [Fact]
    public void A_version_takes_the_place_of_the_one_before()
    {
        var flow = FlowBuilder.Create<int>("f");
        var built = flow.Build(flow.Task("t", flow.Input, x => x).Version("1"));
        var same = built.With(more => more.Output<int>("t").Version("1"));
        var other = built.With(more => more.Output<int>("t").Version("2"));

        Assert.Equal(built.Definition.Fingerprint, same.Definition.Fingerprint);
        Assert.EndsWith("-> System.Int32@2", other.Definition["t"].Kind, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_may_name_what_a_task_takes()
    {
        var store = new MemoryDatasetStore();
        var flow = FlowBuilder.Create<int>("f");
        var built = flow.Build(flow.Task("t", flow.Input, x => x * x))
            .With(more => more.SaveIn(store).Output<int>("t").SaveTo("{input}.json"));

        Assert.Equal(9, await Jobs.ResultOf(built, 3));
        Assert.Equal(["3.json"], await store.ListAsync("", default));
    }
}
