using System.Runtime.CompilerServices;
using ActorFlow.Api.Tests.Building;

namespace ActorFlow.Api.Tests.Dynamics;

/// <summary>Tasks that give items one after the other.</summary>
public sealed class StreamTests
{
    private static readonly Flow<int, int> Square = FlowBuilder.Chain<int>("square").Then("sq", x => x * x).Build();

    [Fact]
    public async Task Items_are_taken_as_they_come_and_their_results_are_a_list_at_the_end()
    {
        var flow = FlowBuilder.Create<int>("streams");
        var squares = flow.Stream("s", flow.Input, Count, Square);
        var sum = flow.Task("sum", squares, all => all.Sum());

        var report = await Jobs.ReportOf(flow.Build(sum), 4);

        Assert.Equal("14", report["sum"].Output!.ToString());
        Assert.Equal("4", report["s[2]"].Output!.ToString());
    }

    [Fact]
    public async Task Without_a_consumer_the_items_are_the_list()
    {
        var flow = FlowBuilder.Create<int>("streams");
        var items = flow.Stream("s", flow.Input, Count);

        Assert.Equal([0, 1, 2], (await Jobs.ResultOf(flow.Build(items), 3))!);
    }

    [Fact]
    public async Task The_source_is_not_asked_for_more_than_the_buffer_holds()
    {
        var (given, done, most) = (0, 0, 0);
        var each = FlowBuilder.Chain<int>("each").Then("one", async x =>
        {
            await Task.Yield();
            Interlocked.Increment(ref done);
            return x;
        }).Build();
        var flow = FlowBuilder.Create<int>("streams");
        var items = flow.Stream("s", flow.Input, Items, each, new StreamOptions { Buffer = 3 });

        Assert.Equal(100, (await Jobs.ResultOf(flow.Build(items), 100))!.Count);
        Assert.InRange(most, 1, 3);

        async IAsyncEnumerable<int> Items(int count, [EnumeratorCancellation] CancellationToken stop)
        {
            for (var i = 0; i < count; i++)
            {
                yield return i;
                await Task.Yield();
                most = Math.Max(most, ++given - Volatile.Read(ref done));
            }
        }
    }

    [Fact]
    public async Task Items_before_a_failure_of_the_source_are_finished()
    {
        var flow = FlowBuilder.Create<int>("streams");
        flow.Stream("s", flow.Input, Failing, Square);

        var report = await Jobs.ReportOf(flow.Build(), 3);

        Assert.Equal("the source broke", report["s"].Error!.Message);
        Assert.Equal(["0", "1", "4"], Enumerable.Range(0, 3).Select(i => report[$"s[{i}]"].Output!.ToString()));
    }

    [Fact]
    public async Task A_second_attempt_runs_only_the_items_that_are_not_done()
    {
        var runs = new List<int>();
        var attempts = 0;
        var each = FlowBuilder.Chain<int>("each").Then("one", x =>
        {
            lock (runs) runs.Add(x);
            return x;
        }).Build();
        var flow = FlowBuilder.Create<int>("streams");
        var items = flow.Stream("s", flow.Input, Items, each).Retry(2);

        Assert.Equal([0, 1, 2, 3], (await Jobs.ResultOf(flow.Build(items), 4))!);
        Assert.Equal([0, 1, 2, 3], runs.Order());

        async IAsyncEnumerable<int> Items(int count, [EnumeratorCancellation] CancellationToken stop)
        {
            var attempt = ++attempts;
            for (var i = 0; i < count; i++)
            {
                if (i == 2 && attempt == 1) throw new InvalidOperationException("the source broke");
                yield return i;
                await Task.Yield();
            }
        }
    }

    [Fact]
    public void A_buffer_that_holds_nothing_is_a_fault_of_the_flow()
    {
        var flow = FlowBuilder.Create<int>("streams");
        flow.Stream("s", flow.Input, Count, Square, new StreamOptions { Buffer = 0 });

        var error = Assert.Throws<FlowDefinitionException>(() => flow.Build());

        Assert.Contains("at least 1", Assert.Single(error.Faults).Message, StringComparison.Ordinal);
    }

    private static async IAsyncEnumerable<int> Count(int count, [EnumeratorCancellation] CancellationToken stop)
    {
        for (var i = 0; i < count; i++)
        {
            stop.ThrowIfCancellationRequested();
            yield return i;
            await Task.Yield();
        }
    }

    private static async IAsyncEnumerable<int> Failing(int count, [EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var item in Count(count, stop)) yield return item;
        throw new InvalidOperationException("the source broke");
    }
}
