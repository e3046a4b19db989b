namespace ActorFlow.Engine.Tests.Flows;

/// <summary>What a flow is after <see cref="FlowDraft.Build"/>: numbers, names, edges, order.</summary>
public sealed class FlowBuildTests
{
    private static TaskDraft Task(string name, params InputDraft[] inputs)
    {
        var task = new TaskDraft(name) { Kind = "test" };
        task.Inputs.AddRange(inputs);
        return task;
    }

    private static Flow Build(params TaskDraft[] tasks)
    {
        var draft = new FlowDraft("flow");
        draft.Tasks.AddRange(tasks);
        return draft.Build();
    }

    private static TaskInput.FromTask Edge(Flow flow, string task) =>
        flow[task].Inputs.OfType<TaskInput.FromTask>().Single();

    [Fact]
    public void Tasks_are_numbered_as_declared_and_found_without_regard_to_case()
    {
        var flow = FlowText.Draft("alpha -> Beta").Build();
        Assert.Equal(["alpha", "Beta"], flow.TaskNames);
        Assert.Equal(1, flow["BETA"].Number);
        Assert.True(flow.TryFind("Alpha", out var number));
        Assert.Equal(0, number);
        Assert.False(flow.TryFind("gamma", out _));
    }

    [Fact]
    public void A_task_that_is_not_there_is_an_error_with_a_suggestion()
    {
        var error = Assert.Throws<ActorFlowException>(() => FlowText.Draft("alpha").Build()["alpa"]);
        Assert.Equal("Flow 'flow' has no task 'alpa'. Did you mean 'alpha'?", error.Message);
    }

    [Fact]
    public void Needs_are_matched_without_regard_to_case()
    {
        var flow = Build(Task("fetch"), Task("use", InputDraft.FromTask("x", "FETCH")));
        Assert.Equal(0, Edge(flow, "use").Task);
    }

    [Fact]
    public void A_task_may_need_one_that_is_declared_later()
    {
        var flow = Build(Task("use", InputDraft.FromTask("x", "fetch")), Task("fetch"));
        Assert.Equal(1, Edge(flow, "use").Task);
    }

    [Theory]
    [InlineData("a.b", "a.b", null)]
    [InlineData("a.c", "a", "c")]
    [InlineData("a.b.c", "a.b", "c")]
    [InlineData("a.c.d", "a", "c.d")]
    [InlineData("A.Field", "a", "Field")]
    public void A_dotted_reference_is_a_task_if_there_is_one_else_a_field(string reference, string task, string? field)
    {
        var flow = Build(Task("a"), Task("a.b"), Task("use", InputDraft.FromTask("x", reference)));
        Assert.Equal((flow[task].Number, field), (Edge(flow, "use").Task, Edge(flow, "use").Field));
    }

    [Fact]
    public void A_field_said_apart_follows_the_one_in_the_reference()
    {
        var flow = Build(Task("a"),
            Task("use", InputDraft.FromTask("x", "a.b") with { Field = "c" }),
            Task("too", InputDraft.FromTask("x", "a") with { Field = "c" }));
        Assert.Equal("b.c", Edge(flow, "use").Field);
        Assert.Equal("c", Edge(flow, "too").Field);
    }

    [Fact]
    public void Two_bindings_to_one_task_are_one_edge_and_required_if_either_is()
    {
        var flow = Build(Task("a"), Task("b"), Task("use",
            InputDraft.FromTask("x", "a.p") with { Required = false }, InputDraft.FromTask("y", "a.q"),
            InputDraft.FromTask("z", "b") with { Required = false }));
        Assert.Equal([(0, true), (1, false)], flow.Edges.Upstream(2).ToArray().Select(e => (e.Task, e.Required)));
        Assert.Equal([(2, true)], flow.Edges.Downstream(0).ToArray().Select(e => (e.Task, e.Required)));
        Assert.Equal(2, flow.Edges.Count);
    }

    [Fact]
    public void A_wide_fan_in_has_each_edge_once()
    {
        var draft = new FlowDraft("flow");
        for (var i = 0; i < 100; i++) draft.Tasks.Add(new TaskDraft($"t{i}"));
        var all = Enumerable.Range(0, 100).Select(i => InputDraft.FromTask("", i));
        draft.Tasks.Add(Task("join", [.. all, .. all]));
        Assert.Equal(Enumerable.Range(0, 100), draft.Build().Edges.Upstream(100).ToArray().Select(e => e.Task));
    }

    [Theory]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(34)]
    [InlineData(100)]
    public void Wide_fan_ins_of_several_tasks_do_not_mix(int width)
    {
        var draft = new FlowDraft("flow");
        for (var i = 0; i < width; i++) draft.Tasks.Add(new TaskDraft($"t{i}"));
        var all = Enumerable.Range(0, width).Select(i => InputDraft.FromTask("", i)).ToList();
        draft.Tasks.Add(Task("required", [.. all.Select(i => i with { Required = false }), .. all]));
        draft.Tasks.Add(Task("optional", [.. all.AsEnumerable().Reverse().Select(i => i with { Required = false })]));
        var edges = draft.Build().Edges;
        Assert.Equal(Enumerable.Range(0, width), edges.Upstream(width).ToArray().Select(e => e.Task));
        Assert.All(edges.Upstream(width).ToArray(), e => Assert.True(e.Required));
        Assert.Equal(Enumerable.Range(0, width).Reverse(), edges.Upstream(width + 1).ToArray().Select(e => e.Task));
        Assert.All(edges.Upstream(width + 1).ToArray(), e => Assert.False(e.Required));
    }

    [Fact]
    public void Inputs_come_from_the_job_and_from_constants_too()
    {
        var flow = Build(Task("a", InputDraft.FromJob("x") with { Field = "text" },
            InputDraft.FromValue("y", Payload.FromJson("3"))));
        Assert.Equal(new TaskInput.FromJob("x", "text"), flow["a"].Inputs[0]);
        Assert.Equal("3", Assert.IsType<TaskInput.Constant>(flow["a"].Inputs[1]).Value.ToString());
        Assert.Equal(0, flow.Edges.Count);
    }

    [Theory]
    [InlineData("a -> b -> c", "a b c")]
    [InlineData("c -> b -> a; d", "c b a d")]
    [InlineData("b; c -> a; a -> b", "c a b")]
    [InlineData("d; a; b -> d; c -> a", "b d c a")]
    public void The_topological_order_goes_by_needs_and_then_by_number(string text, string expected)
    {
        var flow = FlowText.Draft(text).Build();
        Assert.Equal(expected, string.Join(' ', flow.Edges.TopologicalOrder().Select(n => flow.Tasks[n].Name)));
    }

    [Fact]
    public void Dependants_are_found_however_far_down()
    {
        var flow = FlowText.Draft("a -> b -> d; a -> c -> d; e -> d").Build();
        Assert.Equal(["b", "d", "c"], flow.Dependants(0).Select(n => flow.Tasks[n].Name));
        Assert.Empty(flow.Dependants(flow["d"].Number));
    }

    [Fact]
    public void Pools_are_numbered_in_the_order_of_first_use()
    {
        var flow = Given.Flow("a; b; c").Task("a, c", p => p with { Pool = "gpu" }).Build();
        Assert.Equal(["gpu", "compute"], flow.Pools.Names);
        Assert.Equal([0, 1, 0], flow.Tasks.Select(t => flow.Pools.IndexOf(t.Policy.Pool)));
    }
}
