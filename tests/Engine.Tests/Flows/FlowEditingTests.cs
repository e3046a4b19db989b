namespace ActorFlow.Engine.Tests.Flows;

/// <summary>What is changed in a flow, and what cannot be.</summary>
public sealed class FlowEditingTests
{
    [Fact]
    public void Without_a_task_the_others_need_whom_they_needed()
    {
        var flow = FlowText.Draft("x; a; b; y; a -> c; b -> d; c, d -> e").Build().Without("x", "Y");
        Assert.Equal(["a", "b", "c", "d", "e"], flow.TaskNames);
        Assert.Equal(
            ["", "", "a", "b", "c, d"],
            flow.Tasks.Select(task => string.Join(", ", flow.UpstreamOf(task.Name).Select(up => up.Name))));
    }

    [Fact]
    public void Without_a_task_the_flow_says_of_itself_what_it_said()
    {
        var draft = FlowText.Draft("a; b");
        (draft.Description, draft.Tags, draft.Policy) = ("All of it.", ["x"], new() { FailFast = true });
        var flow = draft.Build().Without("b");
        Assert.Equal(("All of it.", true), (flow.Description, flow.Policy.FailFast));
        Assert.Equal(["x"], flow.Tags);
    }

    [Fact]
    public void Who_needs_a_task_that_is_to_go_is_named_up_to_ten()
    {
        Assert.Equal(["Task 'a' cannot be removed, because 'c' needs it; remove that too."], Faults("a -> c", "a"));
        Assert.Equal(
            [
                "Task 'a' cannot be removed, because 'c', 'd' need it; remove those too.",
                "Task 'b' cannot be removed, because 'd' needs it; remove that too.",
            ],
            Faults("a; b; a -> c; a, b -> d", "b", "a"));
        Assert.Equal([$"Task 'a' cannot be removed, because {Named(10)} need it; remove those too."], Wide(10));
        Assert.Equal(
            [$"Task 'a' cannot be removed, because {Named(10)} and 2 more need it; remove those too."], Wide(12));

        static string Named(int count) => string.Join(", ", Enumerable.Range(0, count).Select(i => $"'t{i}'"));

        static IEnumerable<string> Wide(int count) =>
            Faults($"a -> {string.Join(", ", Enumerable.Range(0, count).Select(i => $"t{i}"))}", "a");

        static IEnumerable<string> Faults(string flow, params string[] tasks) =>
            FaultsOf(() => FlowText.Draft(flow).Build().Without(tasks));
    }

    [Fact]
    public void A_further_edge_only_orders()
    {
        var flow = FlowText.Draft("a; b").Build();
        foreach (var required in new[] { true, false })
        {
            var edge = Assert.IsType<TaskInput.FromTask>(
                Assert.Single(flow.WithDependency("B", "a", required)["b"].Inputs));
            Assert.Equal((true, 0, required), (edge.IsOrderOnly, edge.Task, edge.Required));
        }

        Assert.Empty(flow["b"].Inputs);
    }

    [Fact]
    public void An_edge_that_is_there_and_one_to_nobody_are_refused()
    {
        var flow = FlowText.Draft("load -> store").Build();
        Assert.Equal(["Task 'store' needs 'load' already."], FaultsOf(() => flow.WithDependency("store", "load")));
        Assert.Equal(
            ["There is no task 'lod'. Did you mean 'load'?"], FaultsOf(() => flow.WithDependency("store", "lod")));
        Assert.Equal(["There is no task 'x'."], FaultsOf(() => flow.Without("x")));
        Assert.Throws<ArgumentNullException>("name", () => flow.WithDependency(null!, "load"));
        Assert.Throws<ArgumentNullException>("tasks", () => flow.With(null!));
        Assert.Throws<ArgumentNullException>("tasks", () => flow.Without(null!));
    }

    private static IEnumerable<string> FaultsOf(Func<Flow> change) =>
        Assert.Throws<FlowDefinitionException>(change).Faults.Select(fault => fault.Message);
}
