namespace ActorFlow.Api.Tests.Building;

/// <summary>What readers of a definition find in it: names, edges, fields, policies, fingerprints.</summary>
public sealed class DefinitionTests
{
    [Fact]
    public void Names_types_and_numbers_are_those_that_were_written()
    {
        var flow = FlowBuilder.Create<int>("named").Describe("Shows names.");
        var first = flow.Task("first", flow.Input, x => new List<int?> { x }.AsReadOnly());
        var second = flow.Task("second", first, numbers => numbers.Count).Describe("Counts.");

        var built = flow.Build(second);

        Assert.Equal("named", built.Name);
        Assert.Equal("Shows names.", built.Definition.Description);
        Assert.Equal(["first", "second"], built.Definition.TaskNames);
        Assert.Equal(["ReadOnlyCollection<int?>", "int"], built.Definition.Tasks.Select(t => t.OutputType));
        Assert.Equal("Counts.", built.Definition["second"].Description);
        Assert.Equal(1, built.ResultTask);
    }

    [Fact]
    public void Kinds_name_classes_and_the_types_of_functions()
    {
        var flow = FlowBuilder.Create<int>("kinds");
        flow.Task("class", flow.Input, new AddOne());
        flow.Task("lambda", flow.Input, Source.Constant("x"), (x, y) => new Dictionary<string, int?[]>());
        flow.Task("factory", flow.Input, services => services.Create<Multiply>());
        flow.Task("nothing", () => { });
        flow.Task("versioned", flow.Input, new AddOne()).Version("2");

        Assert.Equal(
            [
                "ActorFlow.Api.Tests.Building.AddOne",
                "lambda:(System.Int32, System.String) -> System.Collections.Generic.Dictionary<System.String, "
                    + "System.Nullable<System.Int32>[]>",
                "factory:(System.Int32) -> System.Int32",
                "lambda:() -> ActorFlow.Nothing",
                "ActorFlow.Api.Tests.Building.AddOne@2",
            ],
            flow.Build().Definition.Tasks.Select(t => t.Kind));
    }

    [Fact]
    public void Each_source_becomes_an_input_of_its_own_kind()
    {
        var flow = FlowBuilder.Create<Analysis>("inputs");
        var first = flow.Task("first", flow.Input, x => x);
        var title = flow.Input.Select(x => x.Title);
        flow.Task("all", first, title, Source.Constant(5), first.OrDefault(), (a, b, c, d) => 1);

        var task = flow.Build().Definition["all"];

        Assert.Equal(new TaskInput.FromTask("input1", 0, null, Required: true), task.Inputs[0]);
        Assert.Equal(new TaskInput.FromJob("input2", "Title"), task.Inputs[1]);
        var constant = Assert.IsType<TaskInput.Constant>(task.Inputs[2]);
        Assert.Equal(("input3", "5"), (constant.Parameter, constant.Value.ToString()));
        Assert.Equal(new TaskInput.FromTask("input4", 0, null, Required: false), task.Inputs[3]);
    }

    [Fact]
    public void A_selected_field_is_a_path_in_the_definition()
    {
        var flow = FlowBuilder.Create<string>("fields");
        var analysis = flow.Task("analysis", flow.Input, x => new Analysis(x, new Stats(1, 2)));
        flow.Task("direct", analysis.Select(a => a.Stats!.Words), words => words);
        flow.Task("in-two-steps", analysis.Select(a => a.Stats).Select(s => s!.Words).OrDefault(), words => words);

        var definition = flow.Build().Definition;

        var edge = new TaskInput.FromTask("input", 0, "Stats.Words", Required: true);
        Assert.Equal([edge], definition["direct"].Inputs);
        Assert.Equal([edge with { Required = false }], definition["in-two-steps"].Inputs);
    }

    [Fact]
    public void Parts_of_a_join_are_named_after_where_they_go()
    {
        var flow = FlowBuilder.Create<int>("joins");
        var x = flow.Input;
        flow.Task("constructor", Source.Join(x, x, (a, b) => new MergeInput(b, a)), new Merge());
        flow.Task("properties", Source.Join(x, x, (a, b) => new MergeOptions { Left = a, Right = b }), o => o.Left);
        flow.Task("computed", Source.Join(x, x, (a, b) => new MergeInput(a + 1, b)), new Merge());
        flow.Task("one-of-two", x, Source.Join(x, x, (a, b) => new MergeInput(a, b)), (y, o) => o.Left);

        var definition = flow.Build().Definition;

        Assert.Equal(["Right", "Left"], ParametersOf(definition["constructor"]));
        Assert.Equal(["Left", "Right"], ParametersOf(definition["properties"]));
        Assert.Equal(["a", "b"], ParametersOf(definition["computed"]));
        Assert.Equal(["input1", "input2.Left", "input2.Right"], ParametersOf(definition["one-of-two"]));
    }

    [Fact]
    public void Elements_of_a_collection_are_numbered()
    {
        var flow = FlowBuilder.Create<int>("collections");
        var a = flow.Task("a", flow.Input, x => x);
        var b = flow.Task("b", flow.Input, x => x);
        flow.Task("sum", Source.Collect(a, b), all => all.Sum());
        flow.Task("none", Source.Collect<int>(), all => all.Count);

        var definition = flow.Build().Definition;

        Assert.Equal(["input[0]", "input[1]"], ParametersOf(definition["sum"]));
        Assert.Empty(definition["none"].Inputs);
    }

    [Fact]
    public void Modifiers_make_the_policy_of_a_task()
    {
        var flow = FlowBuilder.Create<int>("policies");
        var rule = new SupervisionRule(Directive.Hold);
        flow.Task("task", flow.Input, x => x)
            .Retry(3, new Backoff { Initial = TimeSpan.FromSeconds(1) })
            .RetryOn<IOException>()
            .NeverRetry<FileNotFoundException>()
            .Timeouts(new TaskTimeouts { Total = TimeSpan.FromMinutes(1) })
            .Timeout(TimeSpan.FromSeconds(10))
            .Pool("io")
            .Priority(5)
            .OnFailure<InvalidOperationException>(Directive.Escalate)
            .Supervise(rule);

        var policy = flow.Build().Definition["task"].Policy;

        Assert.Equal(3, policy.Retry.MaxAttempts);
        Assert.Equal(TimeSpan.FromSeconds(1), policy.Retry.Backoff.Initial);
        Assert.Equal(["System.IO.IOException"], policy.Retry.On);
        Assert.Equal(["System.IO.FileNotFoundException"], policy.Retry.Never);
        Assert.Equal(TimeSpan.FromMinutes(1), policy.Timeouts.Total);
        Assert.Equal(TimeSpan.FromSeconds(10), policy.Timeouts.Attempt);
        Assert.Equal(("io", 5), (policy.Pool, policy.Priority));
        Assert.Equal(Directive.Escalate, policy.Supervision[0].Directive);
        Assert.Equal(["System.InvalidOperationException"], policy.Supervision[0].On);
        Assert.Same(rule, policy.Supervision[1]);
    }

    [Fact]
    public void Async_code_goes_to_the_pool_for_work_that_waits()
    {
        var flow = FlowBuilder.Create<int>("pools");
        flow.Task("sync", flow.Input, x => x);
        flow.Task("sync-class", flow.Input, new AddOne());
        flow.Task("sync-factory", flow.Input, services => services.Create<Multiply>());
        flow.Task("async", flow.Input, x => Task.FromResult(x));
        flow.Task("async-class", flow.Input, new DoubleLater());
        flow.Task("async-factory", flow.Input, services => services.Create<MultiplyLater>());

        Assert.Equal(
            ["compute", "compute", "compute", "async", "async", "async"],
            flow.Build().Definition.Tasks.Select(t => t.Policy.Pool));
    }

    [Fact]
    public void Tasks_of_one_policy_share_one_object()
    {
        var flow = FlowBuilder.Create<int>("shared");
        for (var i = 0; i < 3; i++) flow.Task($"task{i}", flow.Input, x => x).Retry(3).Timeout(TimeSpan.FromSeconds(1));

        Assert.Single(flow.Build().Definition.Tasks.Select(t => t.Policy).Distinct(ReferenceEqualityComparer.Instance));
    }

    [Fact]
    public void Modifiers_make_the_policy_of_the_flow()
    {
        var rule = new SupervisionRule(Directive.Fail);
        var flow = FlowBuilder.Create("policy")
            .FailFast().Timeout(TimeSpan.FromHours(1)).MaxParallel(2).Supervise(rule);
        flow.Task("task", () => 1);

        var policy = flow.Build().Definition.Policy;

        Assert.True(policy.FailFast);
        Assert.Equal(TimeSpan.FromHours(1), policy.Timeout);
        Assert.Equal(2, policy.MaxParallel);
        Assert.Equal([rule], policy.Supervision);
    }

    [Fact]
    public void After_orders_and_hands_nothing_over()
    {
        var flow = FlowBuilder.Create<int>("order");
        var a = flow.Task("a", flow.Input, x => x);
        var b = flow.Task("b", flow.Input, x => "");
        flow.Task("c", () => 1).After(a, b);

        var inputs = flow.Build().Definition["c"].Inputs.Cast<TaskInput.FromTask>().ToList();

        Assert.All(inputs, input => Assert.True(input.IsOrderOnly));
        Assert.Equal([0, 1], inputs.Select(input => input.Task));
    }

    [Fact]
    public void The_fingerprint_knows_bindings_and_versions_but_not_policies()
    {
        Assert.Equal(Of(_ => { }), Of(_ => { }));
        Assert.Equal(Of(_ => { }), Of(t => t.Retry(3).Timeout(TimeSpan.FromSeconds(1)).Pool("io")));
        Assert.NotEqual(Of(_ => { }), Of(t => t.Version("2")));
        Assert.NotEqual(Of(_ => { }), Of(_ => { }, constant: 6));

        static string Of(Action<TaskHandle<int>> configure, int constant = 5)
        {
            var flow = FlowBuilder.Create<int>("fingerprint");
            configure(flow.Task("task", flow.Input, Source.Constant(constant), (x, y) => x + y));
            return flow.Build().Definition.Fingerprint;
        }
    }

    private static IEnumerable<string> ParametersOf(FlowTask task) => task.Inputs.Select(i => i.Parameter);
}
