using ActorFlow.Api.Tests.Building;

namespace ActorFlow.Api.Tests.Peers;

/// <summary>The cases of taskmaestro about definitions: the same graphs and inputs, the same outputs.</summary>
public sealed class TaskmaestroDefinitionTests
{
    [Fact]
    public async Task Taskmaestro_T1_a_chain_of_5_gives_12()
    {
        var flow = FlowBuilder.Chain<int>("math").Then("add", new AddOne()).Then("double", new DoubleNow()).Build();

        Assert.Equal(12, await Jobs.ResultOf(flow, 5));
    }

    [Fact]
    public async Task Taskmaestro_T2_a_chain_of_three_of_3_gives_the_text_8()
    {
        var flow = FlowBuilder.Chain<int>("three")
            .Then("add", new AddOne()).Then("double", new DoubleNow()).Then("text", x => $"{x}").Build();

        Assert.Equal("8", await Jobs.ResultOf(flow, 3));
    }

    [Fact]
    public async Task Taskmaestro_T3_fan_in_of_5_gives_16()
    {
        var flow = FlowBuilder.Create<int>("fan-in");
        var a = flow.Task("A", flow.Input, new AddOne());
        var b = flow.Task("B", flow.Input, new DoubleNow());
        flow.Task("Merge", Source.Join(a, b, (left, right) => new MergeInput(left, right)), new Merge());

        Assert.Equal(16, await Jobs.ResultOf(flow.Build<int>(), 5));
    }

    [Fact]
    public async Task Taskmaestro_T4_one_class_under_two_names_gives_22_of_10()
    {
        var flow = FlowBuilder.Create<int>("twice");
        var first = flow.Task("first", flow.Input, new AddOne());
        var second = flow.Task("second", flow.Input, new AddOne());
        var sum = flow.Task("sum", first, second, (x, y) => x + y);

        var built = flow.Build(sum);

        Assert.Equal(12, await Jobs.ResultOf(built, 5));
        Assert.Equal(22, await Jobs.ResultOf(built, 10));
    }

    [Fact]
    public async Task Taskmaestro_T5_fan_out_gives_the_named_result()
    {
        var flow = FlowBuilder.Create<int>("fan-out");
        var add = flow.Task("add", flow.Input, new AddOne());
        flow.Task("double", add, new DoubleNow());
        var text = flow.Task("text", add, x => $"{x}");

        Assert.Equal("4", await Jobs.ResultOf(flow.Build(text), 3));
    }

    [Fact]
    public async Task Taskmaestro_T6_fields_of_one_output_go_to_different_tasks()
    {
        Assert.Equal(60, await Jobs.ResultOf(Routed((flow, made) =>
            flow.Task("double", made.Select(m => m.Stats), new DoubleNow())), 3));
        Assert.Equal("10", await Jobs.ResultOf(Routed((flow, made) => flow.Task(
            "ratio", made.Select(m => m.Stats), made.Select(m => m.Other), (stats, other) => $"{other / stats}")), 5));
        Assert.Equal(11, await Jobs.ResultOf(Routed((flow, made) => flow.Task(
            "mixed", made.Select(m => m.Stats), made, (stats, all) => (all.Other / stats) + 1)), 5));

        static Flow<int, T> Routed<T>(Func<FlowBuilder<int>, TaskHandle<Produced>, TaskHandle<T>> add)
        {
            var flow = FlowBuilder.Create<int>("routing");
            var made = flow.Task("produce", flow.Input, value => new Produced(value * 10, value * 100));
            return flow.Build(add(flow, made));
        }
    }

    [Fact]
    public async Task Taskmaestro_T8_a_service_multiplies_5_to_15()
    {
        var flow = FlowBuilder.Create<int>("service");
        var result = flow.Task("multiply", flow.Input, services => services.Create<Multiply>());

        Assert.Equal(15, await Jobs.ResultOf(flow.Build(result), 5, new GivenSettings(3)));
    }

    [Fact]
    public void Taskmaestro_T17_each_fault_of_a_definition_is_named()
    {
        var flow = FlowBuilder.Create<int>("faulty");
        var other = FlowBuilder.Create<int>("other");
        var first = flow.Task("same", flow.Input, new AddOne());
        flow.Task("SAME", other.Task("foreign", other.Input, x => x), x => x);
        first.After(flow.Task("late", first, x => x));
        flow.Task("configured", flow.Input, Source.Setting<int>("factor"), (x, f) => x * f)
            .Configure(new { fctor = 3 });

        var faults = Assert.Throws<FlowDefinitionException>(() => flow.Build<string>()).Faults;

        Assert.Equal(
            new HashSet<FlowFaultCode>
            {
                FlowFaultCode.DuplicateName,
                FlowFaultCode.ForeignHandle,
                FlowFaultCode.Cycle,
                FlowFaultCode.MissingSetting,
                FlowFaultCode.UnknownSetting,
                FlowFaultCode.AmbiguousResult,
            },
            faults.Select(fault => fault.Code).ToHashSet());
    }

    [Fact]
    public void Taskmaestro_T17_several_last_tasks_make_a_result_ambiguous()
    {
        var flow = FlowBuilder.Create<int>("sinks");
        flow.Task("left", flow.Input, x => x);
        flow.Task("right", flow.Input, x => x);

        var fault = Assert.Single(Assert.Throws<FlowDefinitionException>(() => flow.Build<int>()).Faults);

        Assert.Equal(FlowFaultCode.AmbiguousResult, fault.Code);
        Assert.Equal(
            "No other task needs any of 'left', 'right', so the result could be the output of each: give Build() the "
                + "handle of the one that is meant.",
            fault.Message);
    }

    [Fact]
    public void Taskmaestro_T17_a_result_of_another_type_is_a_mismatch()
    {
        var flow = FlowBuilder.Create<int>("mismatch");
        flow.Task("only", flow.Input, x => x);

        var fault = Assert.Single(Assert.Throws<FlowDefinitionException>(() => flow.Build<string>()).Faults);

        Assert.Equal(
            (FlowFaultCode.TypeMismatch, "The result is to be a string, and the last task, 'only', gives an int."),
            (fault.Code, fault.Message));
    }

    [Fact]
    public async Task Taskmaestro_T20_named_checks_are_collected_into_one_verdict()
    {
        Assert.Equal(
            "demo 1.0.0: linux-x64, windows-x64, macos-arm64",
            await Jobs.ResultOf(Release(), new Package("demo", "1.0.0", ["main.cs"])));

        var report = await Jobs.ReportOf(Release(), new Package("demo", "1.0.0", ["main.cs", "FAIL_TEST.cs"]));

        Assert.Equal(
            "Release validation failed: tests: Test failures in: FAIL_TEST.cs", report["validate"].Error?.Message);
        Assert.Equal(TaskPhase.Skipped, report["manifest"].Phase);
    }

    private static Flow<Package, string> Release()
    {
        var flow = FlowBuilder.Create<Package>("release");
        var files = flow.Input.Select(package => package.Files);
        var format = flow.Task("format", files, _ => "");
        var licenses = flow.Task("licenses", files, _ => "");
        var tests = flow.Task("run-tests", files, all =>
        {
            var bad = all.Where(file => file.Contains("FAIL_TEST", StringComparison.Ordinal)).ToList();
            return bad.Count == 0 ? "" : $"Test failures in: {string.Join(", ", bad)}";
        });
        var checks = Source.CollectNamed(("format", format), ("licenses", licenses), ("tests", tests));
        var valid = flow.Task("validate", checks, results =>
        {
            var problems = results.Where(each => each.Value.Length > 0).Select(each => $"{each.Key}: {each.Value}");
            return string.Join("; ", problems) is { Length: > 0 } all
                ? throw new InvalidOperationException($"Release validation failed: {all}")
                : true;
        });
        string[] targets = ["linux-x64", "windows-x64", "macos-arm64"];
        var built = targets.Select(target => flow.Task($"build-{target}", () => target).After(valid));
        var manifest = flow.Task(
            "manifest", flow.Input, Source.Collect<string>(built),
            (package, all) => $"{package.Name} {package.Version}: {string.Join(", ", all)}");
        return flow.Build(manifest);
    }

    private sealed class DoubleNow : SyncTask<int, int>
    {
        public override int Run(int input, TaskContext context) => input * 2;
    }

    private sealed record Produced(int Stats, int Other);

    private sealed record Package(string Name, string Version, string[] Files);

    private sealed class GivenSettings(int factor) : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(Settings) ? new Settings(factor) : null;
    }
}
