using System.Globalization;
using ActorFlow.Api.Tests.Building;

namespace ActorFlow.Api.Tests.Peers;

/// <summary>The cases of daglite about workflows, maps and nesting.</summary>
public sealed class DagliteFlowTests
{
    [Fact]
    public async Task G1_a_sum_is_multiplied()
    {
        var flow = FlowBuilder.Create<(int X, int Y)>("sum-times-ten");
        var sum = flow.Task("add", flow.Input, pair => pair.X + pair.Y);

        Assert.Equal(50, await Jobs.ResultOf(flow.Build(flow.Task("multiply", sum, x => x * 10)), (2, 3)));
    }

    [Fact]
    public async Task G1_one_task_stands_twice_in_a_workflow()
    {
        var flow = FlowBuilder.Create<Three>("add-double-add");
        var first = flow.Task("first", flow.Input.Select(i => i.X), flow.Input.Select(i => i.Y), Add);
        var doubled = flow.Task("double", first, x => 2 * x);

        var last = flow.Task("last", doubled, flow.Input.Select(i => i.Z), Add);

        Assert.Equal(16, await Jobs.ResultOf(flow.Build(last), new(1, 2, 10)));

        static int Add(int x, int y) => x + y;
    }

    [Fact]
    public async Task G1_a_workflow_gives_several_results_as_a_list()
    {
        var flow = FlowBuilder.Create<int>("two-results");
        var plus = flow.Task("plus", flow.Input, x => x + 1);
        var twice = flow.Task("twice", plus, x => 2 * x);
        var both = flow.Task("both", Source.Collect(plus, twice), all => all);

        Assert.Equal([5, 10], (await Jobs.ResultOf(flow.Build(both), 4))!);
    }

    [Theory]
    [InlineData("""{"X":2,"Y":3}""", 10)]
    [InlineData("""{"X":2,"Y":3,"Factor":4}""", 20)]
    public async Task G1_a_factor_is_two_unless_it_is_said(string input, int expected)
    {
        var flow = FlowBuilder.Create<Math>("math_workflow");
        var sum = flow.Task("add", flow.Input, i => i.X + i.Y);
        flow.Task("scale", sum, flow.Input.Select(i => i.Factor), (x, factor) => x * factor);
        await using var engine = ActorFlowEngine.CreateInMemory();

        var job = await engine.SubmitAsync(flow.Build().Executable, Payload.FromJson(input));
        await job.WaitAsync();

        Assert.Equal(expected, (await job.GetReportAsync())["scale"].Output!.Value);
    }

    [Theory]
    [InlineData("one after the other")]
    [InlineData("threads")]
    [InlineData("waiting")]
    [InlineData("processes")]
    public async Task G3_a_map_gives_the_same_however_it_runs(string way)
    {
        var flow = FlowBuilder.Create<IReadOnlyList<int>>("maps");
        var doubled = Double(flow, way);
        var built = flow.Build(doubled);

        Assert.Equal([2, 4, 6, 8], (await Jobs.ResultOf(built, [1, 2, 3, 4]))!);
        Assert.Empty((await Jobs.ResultOf(built, []))!);
        var failed = await Jobs.ReportOf(built, [1, 2, -3]);
        Assert.Equal(JobPhase.Failed, failed.Phase);
        Assert.Contains("three is bad", failed["double[2]"].Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task G3_two_lists_are_mapped_in_pairs()
    {
        var flow = FlowBuilder.Create<(int[] X, int[] Y)>("pairs");
        var pairs = flow.Task(
            "zip", flow.Input, IReadOnlyList<(int X, int Y)> (all) => [.. all.X.Zip(all.Y)]);
        var sums = flow.Map("add", pairs, pair => pair.X + pair.Y);

        Assert.Equal([11, 22, 33], (await Jobs.ResultOf(flow.Build(sums), ([1, 2, 3], [10, 20, 30])))!);
    }

    [Fact]
    public async Task G8_each_nested_task_is_named_after_those_it_is_part_of()
    {
        var c = FlowBuilder.Chain<int>("c").Then("leaf", x => x + 1).Build();
        var middle = FlowBuilder.Create<int>("b");
        var b = middle.Build(middle.Run("runs-c", middle.Input, c));
        var flow = FlowBuilder.Create<int>("a");
        flow.Run("runs-b", flow.Input, b);

        var report = await Jobs.ReportOf(flow.Build(), 1);

        Assert.Equal(["runs-b", "runs-b.b", "runs-b.b.c"], report.Tasks.Select(task => task.Name));
    }

    private static TaskHandle<IReadOnlyList<int>> Double(FlowBuilder<IReadOnlyList<int>> flow, string way) => way switch
    {
        "one after the other" => flow.Map("double", flow.Input, Twice, new MapOptions { Parallelism = 1 }),
        "threads" => flow.Map("double", flow.Input, Twice),
        "waiting" => flow.Map("double", flow.Input, async x =>
        {
            await Task.Yield();
            return Twice(x);
        }),
        _ => flow.Map("double", flow.Input, async (int x, TaskContext context) =>
        {
            var run = await context.ExecAsync(ProcessSpec.Shell(
                "if [ $X -lt 0 ]; then echo three is bad >&2; exit 1; fi; echo $((2 * X))") with
            {
                Environment = new Dictionary<string, string?> { ["X"] = $"{x}" },
                ErrorFile = "errors",
            });
            return int.Parse(run.EnsureSuccess().Output, CultureInfo.InvariantCulture);
        }),
    };

    private static int Twice(int x) => x < 0 ? throw new InvalidOperationException("three is bad") : 2 * x;

    private sealed record Three(int X, int Y, int Z);

    private sealed record Math(int X, int Y, int Factor = 2);
}
