using System.Runtime.CompilerServices;
using ActorFlow.Actors;

namespace ActorFlow.TestKit.Tests.Flows;

/// <summary>
/// Every way in which a job grows, with a crash after every start, success and expansion: the same graph, the
/// same result, and no recorded success runs again. And with a failure of every task, retried: no child is forgotten.
/// </summary>
public sealed class CrashEverywhereTests
{
    private static readonly Flow<int, int> PlusOne =
        FlowBuilder.Chain<int>("plus-one").Then("first", x => x + 1).Then("second", x => x).Build();

    private static readonly Flow<IReadOnlyList<int>, int> Sum =
        FlowBuilder.Chain<IReadOnlyList<int>>("sum").Then("add", all => all.Sum()).Build();

    private static readonly Flow<int, int> Cached =
        FlowBuilder.Chain<int>("cached").Then("square", x => x * x)
            .With(task => task.Cache(new CacheOptions { Name = "square" })).Build();

    /// <summary>A flow from 3, and what comes out of it.</summary>
    private static readonly Dictionary<string, (Func<ExecutableFlow> Make, int Result)> Features = new()
    {
        ["map"] = (() => Of(flow => Added(flow, flow.Map("m", Range(flow), PlusOne))), 6),
        ["map, one at a time"] = (() => Of(flow => Added(
            flow, flow.Map("m", Range(flow), PlusOne, new MapOptions { Parallelism = 1 }))), 6),
        ["map of maps"] = (() => Of(flow => Added(flow, flow.Map("m", Range(flow), Inner()))), 4),
        ["matrix"] = (() => Of(flow => Added(flow, flow.Matrix("m", Range(flow), Range(flow, "r2"), Pair()))), 18),
        ["nested flow"] = (() => Of(flow => flow.Run("n", flow.Input, PlusOne)), 4),
        ["choice"] = (() => Of(flow => flow.Choose(
            "c", flow.Input, x => x > 2 ? PlusOne : Cached, PlusOne, Cached)), 4),
        ["loop"] = (() => Of(flow => flow.Repeat("l", flow.Input, 3, PlusOne)), 6),
        ["loop with a condition"] = (() => Of(flow => flow.While("l", flow.Input, x => x < 5, PlusOne)), 5),
        ["states"] = (() => Of(flow => flow.States<int>("s", flow.Input, machine =>
        {
            var up = machine.State("up", PlusOne);
            up.GoTo(up, x => x < 5).GoTo(machine.State("square", Cached), _ => true);
        })), 25),
        ["generated graph"] = (() => Of(flow => flow.Generate("g", flow.Input, [PlusOne, Sum], (count, graph) =>
            graph.Add(Sum, "sum", [.. Enumerable.Range(0, count).Select(i => graph.Add(PlusOne, $"p{i}", i))]))), 6),
        ["stream"] = (() => Of(flow => Added(
            flow, flow.Stream("s", flow.Input, Numbers, PlusOne, new StreamOptions { Buffer = 2 }))), 6),
        ["flows that a task runs"] = (() => Of(flow => flow.Task("h", flow.Input, async (int x, TaskContext context) =>
        {
            var two = await Task.WhenAll(
                context.RunAsync(PlusOne, x, "a"), context.RunAsync(PlusOne, x + 1, "b"));
            return await context.RunAsync(Sum, two, "c");
        }).MayRun(PlusOne, Sum)), 9),
        ["cached tasks"] = (() => Of(flow => Added(
            flow, flow.Map("m", Thrice(flow), Cached, new MapOptions { Parallelism = 1 }))), 27),
    };

    public static TheoryData<string> Names => [.. Features.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_crash_anywhere_leaves_the_same_graph_and_runs_no_recorded_success_again(string feature)
    {
        var (make, result) = Features[feature];
        var whole = await RunAsync(make());
        Assert.Equal((JobPhase.Succeeded, result), (whole.Outcome, whole.Output<int>("result")));
        foreach (var moment in Moments(whole))
        {
            var crashed = await RunAsync(make(), test => test.CrashAfter(moment));
            Assert.True(crashed is { Outcome: JobPhase.Succeeded, Lives: 2 }, $"{moment}\n{crashed.Story}");
            Assert.Equal(result, crashed.Output<int>("result"));
            Assert.Equal(TaskNames(whole), TaskNames(crashed));
            RequireNoSuccessTwice(crashed);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_job_whose_tasks_fail_once_each_is_retried_until_none_is_left(string feature)
    {
        var (make, result) = Features[feature];
        var whole = await RunAsync(make());
        foreach (var task in TaskNames(whole).Where(name => name != "result"))
        {
            await using var test = new FlowTest(make()).Fail(task, new IOException("once"), attempts: 1);
            await test.StartAsync(3);
            await test.ExpectAsync(Expect.Ended());
            await test.RetryFailedAsync();
            var retried = await test.EndAsync();
            Assert.True(retried.Outcome == JobPhase.Succeeded, $"{task}\n{retried.Story}");
            Assert.Equal(result, retried.Output<int>("result"));
            Assert.Equal(TaskNames(whole), TaskNames(retried));
            RequireNoSuccessTwice(retried);
        }
    }

    private static async Task<FlowRun> RunAsync(ExecutableFlow flow, Action<FlowTest>? prepare = null)
    {
        await using var test = new FlowTest(flow);
        prepare?.Invoke(test);
        return await test.RunAsync(3);
    }

    // The last success ends the job, in the same append: there is nothing to resume behind it.
    private static IEnumerable<Expectation> Moments(FlowRun run)
    {
        foreach (var task in run.Report.Tasks)
        {
            for (var attempt = 1; attempt <= task.Attempts; attempt++) yield return Expect.Started(task.Name, attempt);
            if (task.Name != "result") yield return Expect.Succeeded(task.Name);
            if (task.Attempts > 1) yield return Expect.Expanded(task.Name);
        }
    }

    private static List<string> TaskNames(FlowRun run) =>
        [.. run.Report.Tasks.Select(task => task.Name).Order(StringComparer.Ordinal)];

    private static void RequireNoSuccessTwice(FlowRun run)
    {
        var succeeded = new HashSet<int>();
        foreach (var fact in run.Events)
        {
            if (fact is JobEvent.TaskStarted started)
                Assert.False(succeeded.Contains(started.Task), $"{fact} after its success\n{run.Story}");
            if (fact is JobEvent.TaskSucceeded success) Assert.True(succeeded.Add(success.Task), run.Story);
        }
    }

    private static ExecutableFlow Of(Func<FlowBuilder<int>, TaskHandle<int>> last)
    {
        var flow = FlowBuilder.Create<int>("grows");
        return flow.Build(flow.Task("result", last(flow), x => x)).Executable;
    }

    private static TaskHandle<int> Added(FlowBuilder<int> flow, Source<IReadOnlyList<int>> all) =>
        flow.Task("added", all, items => items.Sum());

    private static TaskHandle<IReadOnlyList<int>> Range(FlowBuilder<int> flow, string name = "range") =>
        flow.Task(name, flow.Input, IReadOnlyList<int> (count) => [.. Enumerable.Range(0, count)]);

    private static TaskHandle<IReadOnlyList<int>> Thrice(FlowBuilder<int> flow) =>
        flow.Task("thrice", flow.Input, IReadOnlyList<int> (x) => [x, x, x]);

    private static Flow<int, int> Inner()
    {
        var inner = FlowBuilder.Create<int>("inner");
        return inner.Build(Added(inner, inner.Map("m", Range(inner), PlusOne)));
    }

    private static Flow<(int, int), int> Pair() =>
        FlowBuilder.Chain<(int A, int B)>("pair").Then("sum", pair => pair.A + pair.B).Build();

    private static async IAsyncEnumerable<int> Numbers(int count, [EnumeratorCancellation] CancellationToken stop)
    {
        for (var i = 0; i < count; i++)
        {
            stop.ThrowIfCancellationRequested();
            yield return i;
            await Task.Yield();
        }
    }
}
