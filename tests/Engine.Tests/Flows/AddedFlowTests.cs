namespace ActorFlow.Engine.Tests.Flows;

/// <summary>What a flow knows of the flows that its tasks may add.</summary>
public sealed class AddedFlowTests
{
    [Fact]
    public void A_flow_makes_flows_if_a_task_does_or_one_that_may_be_added()
    {
        var making = Given.Flow("a; b").Makes("a", new Maker());
        Assert.True(making.Build().MakesFlows);
        Assert.True(Given.Flow("c").Adds("c", new FlowTemplate(making.Build(), null)).Build().MakesFlows);
        Assert.False(Given.Flow("c").Adds("c", "plain").Build().MakesFlows);
        Assert.False(Given.Flow("c").Build().MakesFlows);
    }

    [Fact]
    public void The_pools_of_what_may_be_added_come_behind_those_of_the_flow()
    {
        var flow = Given.Flow("a; b; c").Task("a", p => p with { Pool = "own" })
            .Adds("b", new FlowTemplate(Pooled("a", "own", "nested"), null)).Makes("c", new Maker("made", "own"));
        Assert.Equal(["own", "compute", "nested", "made"], flow.Build().Pools.Names);
    }

    [Fact]
    public void The_pools_of_what_may_be_added_count_too()
    {
        var pools = Enumerable.Range(0, FlowPools.Max - 1).Select(number => $"p{number}").ToArray();
        var nested = new FlowTemplate(Pooled("b", pools[100..]), null);
        var most = Given.Flow("a").Adds("a", nested).Makes("a", new Maker(pools));
        Assert.Equal(FlowPools.Max, most.Build().Pools.Names.Count);
        const string TooMany = "The flow uses 256 pools; 255 is the most.";
        Assert.Equal(TooMany, Fault(Given.Flow("a").Makes("a", new Maker([.. pools, "z"]))));
        Assert.Equal(TooMany, Fault(Given.Flow("a").Adds("a", nested).Makes("a", new Maker([.. pools[..100], "z"]))));

        static string Fault(Given given) =>
            Assert.Single(Assert.Throws<FlowDefinitionException>(given.Build).Faults).Message;
    }

    [Fact]
    public void A_task_that_was_added_takes_its_inputs_from_those_that_were_added_with_it()
    {
        var draft = FlowText.Draft("z; y -> z; x");
        draft.Tasks.Find(task => task.Name == "z")!.Inputs.Add(InputDraft.FromJob("in"));
        var job = Given.Flow("a -> after").Adds("a", draft).Started().Expand("a", "p");
        Assert.Equal(
            new TaskInput.FromTask("", job.Number("a.p.y"), null, Required: true),
            job.State.Graph.Find("a.p.z").Inputs[0]);
    }

    [Fact]
    public void Tasks_that_were_added_are_reported_by_needs_and_then_by_number()
    {
        var job = Given.Flow("a -> after").Adds("a", FlowText.Draft("z; y -> z; x")).Started().Expand("a", "p");
        Assert.Equal(
            ["a", "a.p.y", "a.p.z", "a.p.x", "after"], JobReport.Of(job.State).Tasks.Select(task => task.Name));
    }

    private static Flow Pooled(string name, params string[] pools)
    {
        var draft = new FlowDraft(name);
        draft.Tasks.AddRange(pools.Select(pool => new TaskDraft($"in-{pool}") { Policy = new() { Pool = pool } }));
        return draft.Build();
    }

    /// <summary>Has pools; what it makes of a source is of no matter here.</summary>
    private sealed class Maker(params string[] pools) : IFlowMaker
    {
        public IReadOnlyList<string> Pools => pools;

        public FlowTemplate Make(Payload source) => throw new ActorFlowException("Nothing is made here.");
    }
}
