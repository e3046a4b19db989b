namespace ActorFlow.Api.Tests.Peers;

/// <summary>The cases of germinate_ai about definitions: order by operators, phases, and its registry.</summary>
public sealed class GerminateDefinitionTests
{
    [Fact]
    public void Germinate_M1_order_by_operators_makes_three_phases()
    {
        var flow = FlowBuilder.Create("phases");
        var (a, b) = (flow.Task("a", () => 1), flow.Task("b", () => "2"));
        var (c, d) = (flow.Task("c", () => { }), flow.Task("d", () => 4));

        var end = a >> [b, c] >> d;

        Assert.Same(d, Assert.Single(end));
        var definition = flow.Build().Definition;
        Assert.Equal("a | b c | d", string.Join(" | ", definition.Levels().Select(level => string.Join(' ', level))));
        Assert.All(
            definition.Tasks.SelectMany(task => task.Inputs),
            input => Assert.True(Assert.IsType<TaskInput.FromTask>(input).IsOrderOnly));
    }

    [Fact]
    public void Germinate_M2_a_cycle_is_no_directed_acyclic_graph()
    {
        var flow = FlowBuilder.Create("cycle");
        var (a, b, d) = (flow.Task("a", () => 1), flow.Task("b", () => 2), flow.Task("d", () => 4));
        _ = a >> b >> d >> a;

        var fault = Assert.Single(Assert.Throws<FlowDefinitionException>(() => flow.Build()).Faults);

        Assert.Equal(
            (FlowFaultCode.Cycle, "Tasks need each other in a cycle: a -> b -> d -> a."), (fault.Code, fault.Message));
    }

    [Fact]
    public void Germinate_M3_the_registry_tells_an_unknown_namespace_from_an_unknown_task()
    {
        var registry = new TaskRegistry().Add<Registry.Counting>("t.count");

        Assert.Equal(
            "There is no namespace 'nope' of .NET tasks. Known are t.",
            Assert.Throws<ActorFlowException>(() => registry["nope.x"]).Message);
        Assert.Equal(
            "There is no .NET task 'nope' in namespace 't'.",
            Assert.Throws<ActorFlowException>(() => registry["t.nope"]).Message);
        Assert.Equal(
            "There is no .NET task 'cuont' in namespace 't'. Did you mean 'count'?",
            Assert.Throws<ActorFlowException>(() => registry["t.cuont"]).Message);
    }
}
