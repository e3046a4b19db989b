using ActorFlow.Api.Tests.Building;

namespace ActorFlow.Api.Tests.Peers;

/// <summary>The cases of processes about definitions: arguments, validation, names, and changes of a process.</summary>
public sealed class ProcessesDefinitionTests
{
    [Fact]
    public async Task Processes_P1_a_result_is_handed_over_as_an_argument()
    {
        var flow = FlowBuilder.Create("arguments");
        var t1 = flow.Task("t1", () => 2);
        flow.Task("t2", Source.Constant(10), t1, (x, y) => x / y);

        Assert.Equal(5, await Jobs.ResultOf(flow.Build<int>(), Nothing.Value));
    }

    [Fact]
    public async Task Processes_P2_arguments_and_order_go_together()
    {
        var flow = FlowBuilder.Create("mixed");
        flow.Task("t0", () => { });
        var t1 = flow.Task("t1", () => 10);
        var t2 = flow.Task("t2", () => 5).After(t1);
        var t3 = flow.Task("t3", Source.Constant(10), t1, t2, (a, b, c) => (a + b) / c);
        var built = flow.Build(t3);

        var report = await Jobs.ReportOf(built, Nothing.Value);

        Assert.Equal(4, report.Counts.Succeeded);
        Assert.Equal(4, await Jobs.ResultOf(built, Nothing.Value));
    }

    [Fact]
    public async Task Processes_P3_one_output_goes_to_two_parameters()
    {
        var flow = FlowBuilder.Create("both");
        var u = flow.Task("u", () => 5);
        flow.Task(
            "v", Source.Constant(1), u, Source.Constant(0), u, (a, b, z, kw) => $"(({a}, {b}), {{z: {z}, kw: {kw}}})");

        Assert.Equal("((1, 5), {z: 0, kw: 5})", await Jobs.ResultOf(flow.Build<string>(), Nothing.Value));
    }

    [Fact]
    public void Processes_P14_bad_policies_are_refused_before_anything_runs()
    {
        var flow = FlowBuilder.Create<int>("bad");
        flow.Task("zero", flow.Input, x => x).Timeout(TimeSpan.Zero);
        flow.Task("negative", flow.Input, x => x).Timeout(TimeSpan.FromSeconds(-1));
        flow.Task("retries", flow.Input, x => x).Retry(-1);

        var faults = Assert.Throws<FlowDefinitionException>(() => flow.Build()).Faults;

        Assert.Equal(["zero", "negative", "retries"], faults.Select(fault => fault.Task));
        Assert.All(faults, fault => Assert.Equal(FlowFaultCode.BadPolicy, fault.Code));
    }

    [Fact]
    public void Processes_P14_cycles_of_any_length_are_named_by_their_path()
    {
        Assert.Equal("Task 'a' needs itself: a -> a.", CycleOf(1));
        Assert.Equal("Tasks need each other in a cycle: a -> b -> a.", CycleOf(2));
        Assert.Equal("Tasks need each other in a cycle: a -> b -> c -> a.", CycleOf(3));
        Assert.Equal("Tasks need each other in a cycle: a -> b -> c -> d -> a.", CycleOf(4, behindATask: true));

        static string CycleOf(int length, bool behindATask = false)
        {
            var flow = FlowBuilder.Create<int>("cycle");
            var first = behindATask ? flow.Task("first", flow.Input, x => x) : null;
            var tasks = new List<TaskHandle<int>> { flow.Task("a", flow.Input, x => x) };
            if (first is not null) tasks[0].After(first);
            for (var i = 1; i < length; i++) tasks.Add(flow.Task($"{(char)('a' + i)}", tasks[^1], x => x));
            tasks[0].After(tasks[^1]);
            var fault = Assert.Single(Assert.Throws<FlowDefinitionException>(() => flow.Build()).Faults);
            Assert.Equal(FlowFaultCode.Cycle, fault.Code);
            return fault.Message;
        }
    }

    [Fact]
    public void Processes_P14_a_missing_and_a_double_dependency_are_refused()
    {
        var flow = Line("a", "b");

        Assert.Equal(
            (FlowFaultCode.UnknownTask, "There is no task 'task_4'."),
            FaultOf(() => flow.WithDependency("b", "task_4")));
        Assert.Equal(
            (FlowFaultCode.DuplicateEdge, "Task 'b' needs 'a' already."), FaultOf(() => flow.WithDependency("B", "A")));
    }

    [Fact]
    public async Task Processes_P16_names_are_compared_without_regard_to_case()
    {
        var flow = FlowBuilder.Create("case");
        flow.Task("Producer", () => 21);
        flow.Task("Consumer", flow.Output<int>("PRODUCER"), x => x * 2);
        var built = flow.Build<int>();

        Assert.Equal(42, await Jobs.ResultOf(built, Nothing.Value));
        Assert.Equal("Consumer", built.Definition["consumer"].Name);
        Assert.Equal(
            FlowFaultCode.DuplicateName, FaultOf(() => built.With(edit => edit.Task("producer", () => 1))).Code);
    }

    [Fact]
    public async Task Processes_add_task_gives_a_new_flow_and_leaves_the_old_one()
    {
        var old = Line("a", "b");

        var changed = old.With(edit => edit.Task("c", edit.Output<int>("B"), x => x * 10)).Returns<int>("c");

        Assert.Equal(["a", "b"], old.Definition.TaskNames);
        Assert.Equal(["a", "b", "c"], changed.Definition.TaskNames);
        Assert.Equal((3, 30), (await Jobs.ResultOf(old, 1), await Jobs.ResultOf(changed, 1)));
        Assert.NotEqual(old.Definition.Fingerprint, changed.Definition.Fingerprint);
    }

    [Fact]
    public async Task Processes_remove_task_is_refused_while_others_need_it()
    {
        var flow = FlowBuilder.Create<int>("removal");
        var a = flow.Task("a", flow.Input, x => x + 1);
        var b = flow.Task("b", a, x => x + 1);
        flow.Task("c", a, x => x + 1);
        var built = flow.Build(b);

        Assert.Equal(
            (FlowFaultCode.StillNeeded,
                "Task 'a' cannot be removed, because 'b', 'c' need it; remove those too."),
            FaultOf(() => built.Without("a")));
        Assert.Equal(
            (FlowFaultCode.StillNeeded,
                "Task 'b' cannot be removed, because its output is the result; choose another with Returns()."),
            FaultOf(() => built.Without("b")));
        Assert.Equal((FlowFaultCode.UnknownTask, "There is no task 'x'."), FaultOf(() => built.Without("x")));
        Assert.Equal(["a", "b"], built.Without("C").Definition.TaskNames);
        Assert.Equal(3, await Jobs.ResultOf(built.Without("c"), 1));
        Assert.Equal(["c"], built.Returns<int>("a").With(edit => edit.Task("d", () => 1)).Without("b", "d").Definition
            .DownstreamOf("a").Select(task => task.Name));
    }

    [Fact]
    public async Task Processes_what_stays_keeps_its_bindings_when_a_task_before_it_goes()
    {
        var flow = FlowBuilder.Create<int>("shift");
        flow.Task("gone", flow.Input, x => x);
        var kept = flow.Task("kept", flow.Input, x => x + 1);
        var last = flow.Task("last", kept, flow.Input, (x, y) => x * y);

        var changed = flow.Build(last).Without("gone");

        Assert.Equal(0, changed.Definition["kept"].Number);
        Assert.Equal(12, await Jobs.ResultOf(changed, 3));
    }

    [Fact]
    public void Processes_add_task_dependency_is_all_or_nothing()
    {
        var flow = Line("a", "b", "c");
        var before = flow.Definition.Fingerprint;

        Assert.Equal(
            (FlowFaultCode.Cycle, "Tasks need each other in a cycle: a -> b -> c -> a."),
            FaultOf(() => flow.WithDependency("a", "c")));
        Assert.Equal(before, flow.Definition.Fingerprint);
        Assert.Equal(["a", "b"], flow.WithDependency("c", "a").Definition.UpstreamOf("c").Select(task => task.Name));
        Assert.Equal(["b"], flow.Definition.UpstreamOf("c").Select(task => task.Name));
    }

    [Fact]
    public void Processes_get_dependant_tasks_goes_over_others()
    {
        var flow = Line("a", "b", "c").Definition;

        Assert.Equal(["b", "c"], flow.DependantsOf("A").Select(task => task.Name));
        Assert.Equal(["b"], flow.DownstreamOf("A").Select(task => task.Name));
        Assert.Equal(["a", "b"], flow.DependenciesOf("c").Select(task => task.Name));
        Assert.Throws<ActorFlowException>(() => flow.DependantsOf("x"));
    }

    /// <summary>A line of tasks that each add one.</summary>
    private static Flow<int, int> Line(params string[] names)
    {
        var flow = FlowBuilder.Create<int>("line");
        var last = flow.Task(names[0], flow.Input, x => x + 1);
        foreach (var name in names[1..]) last = flow.Task(name, last, x => x + 1);
        return flow.Build(last);
    }

    private static (FlowFaultCode Code, string Message) FaultOf(Func<object> change)
    {
        var fault = Assert.Single(Assert.Throws<FlowDefinitionException>(change).Faults);
        return (fault.Code, fault.Message);
    }
}
