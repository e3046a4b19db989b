using System.Runtime.CompilerServices;
using ActorFlow.Api.Tests.Building;
using ActorFlow.TestKit;

namespace ActorFlow.Api.Tests.Dynamics;

/// <summary>Tasks that give items one after the other.</summary>
public sealed class StreamTests
{
    private static readonly Flow<int, int> Square = FlowBuilder.Chain<int>("square").Then("sq", x => x * x).Build();

    private static readonly Flow<int, int> Unlucky =
        FlowBuilder.Chain<int>("unlucky").Then("one", int (x) => throw new IOException("no luck")).Build();

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
    public async Task The_source_is_asked_for_an_item_as_soon_as_the_buffer_has_room_for_it_and_no_sooner()
    {
        var asked = new List<double>();
        var options = new FlowTestOptions { PoolSize = 10 };
        TimeProvider time = null!;
        var each = FlowBuilder.Chain<int>("each").Then("one", async (x, context) =>
        {
            var takes = TimeSpan.FromMilliseconds(x == 0 ? 2000 : 10);
            await Task.Delay(takes, context.Time, context.CancellationToken);
            return x;
        }).Build();
        var flow = FlowBuilder.Create<int>("streams");
        flow.Stream("s", flow.Input, Items, each, new StreamOptions { Buffer = 4 });
        await using var test = new FlowTest(flow.Build().Executable, options);
        time = test.Time;

        var run = await test.RunAsync(9);

        Assert.Equal(JobPhase.Succeeded, run.Outcome);
        Assert.Equal([0, 0, 0, 0, 10, 10, 10, 20, 20], asked);

        async IAsyncEnumerable<int> Items(int count, [EnumeratorCancellation] CancellationToken stop)
        {
            await Task.CompletedTask;
            for (var i = 0; i < count; i++)
            {
                asked.Add((time.GetUtcNow() - options.StartsAt).TotalMilliseconds);
                yield return i;
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

    [Theory]
    [InlineData("heeds its token")]
    [InlineData("ends when it is asked to")]
    [InlineData("fails when it is asked to end")]
    [InlineData("fails when it is disposed")]
    [InlineData("registers what throws")]
    public async Task An_item_that_fails_ends_the_wait_for_the_next_one(string source)
    {
        var isDisposed = false;
        var flow = FlowBuilder.Create<int>("streams");
        flow.Stream("s", flow.Input, Items, Unlucky);

        var report = await Jobs.ReportOf(flow.Build(), 1);

        Assert.Equal("Task 's[0]' failed: System.IO.IOException: no luck", report["s"].Error!.Message);
        Assert.True(isDisposed);

        async IAsyncEnumerable<int> Items(int first, [EnumeratorCancellation] CancellationToken stop)
        {
            var asked = new TaskCompletionSource();
            if (source == "registers what throws") stop.Register(() => throw new InvalidOperationException("odd"));
            await using var waiting = stop.Register(() => asked.SetResult());
            try
            {
                yield return first;
                if (source == "heeds its token") await Task.Delay(Timeout.Infinite, stop);
                await asked.Task;
                if (source == "fails when it is asked to end") throw new InvalidOperationException("it broke");
            }
            finally
            {
                End();
            }
        }

        void End()
        {
            isDisposed = true;
            if (source == "fails when it is disposed") throw new InvalidOperationException("it broke");
        }
    }

    [Fact]
    public async Task A_source_that_does_not_heed_its_token_gives_its_next_item_to_nobody()
    {
        var flow = FlowBuilder.Create<int>("streams");
        flow.Stream("s", flow.Input, Items, Unlucky);

        var report = await Jobs.ReportOf(flow.Build(), 1);

        Assert.Equal(["s", "s[0]"], report.Tasks.Select(task => task.Name));

        static async IAsyncEnumerable<int> Items(int first, [EnumeratorCancellation] CancellationToken stop)
        {
            var asked = new TaskCompletionSource();
            await using var waiting = stop.Register(() => asked.SetResult());
            yield return first;
            await asked.Task;
            yield return 2;
        }
    }

    [Fact]
    public async Task What_is_under_way_when_an_item_fails_is_finished_and_the_first_in_order_is_told_of()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var flow = FlowBuilder.Create<int>("streams");
        var each = FlowBuilder.Chain<int>("each").Then("one", async x =>
        {
            if (x != 3) await asked.Task;
            return x == 2 ? x : throw new IOException($"no luck with {x}");
        }).Build();
        flow.Stream("s", flow.Input, Items, each);

        var report = await Jobs.ReportOf(flow.Build(), 3);

        Assert.Equal("Task 's[0]' failed: System.IO.IOException: no luck with 1", report["s"].Error!.Message);
        Assert.Equal("2", report["s[1]"].Output!.ToString());

        async IAsyncEnumerable<int> Items(int count, [EnumeratorCancellation] CancellationToken stop)
        {
            await using var waiting = stop.Register(() => asked.SetResult());
            for (var i = 1; i <= count; i++) yield return i;
            await Task.Delay(Timeout.Infinite, stop);
        }
    }

    [Theory]
    [InlineData(new[] { 0, 1 }, "Task 's' has 3 items recorded, and now only 2 came. After a crash, ")]
    [InlineData(new[] { 0, 9, 2 }, "'s[1]' is another item than the one that is recorded. After a crash, ")]
    public async Task A_source_that_does_not_give_the_same_items_again_fails_the_task(int[] again, string message)
    {
        var attempts = 0;
        var flow = FlowBuilder.Create<int>("streams");
        flow.Stream("s", flow.Input, Items, Square).Retry(2);

        var report = await Jobs.ReportOf(flow.Build(), 3);

        Assert.StartsWith(message, report["s"].Error!.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            "its source must give the same items in the same order; submit a new job for others.",
            report["s"].Error!.Message, StringComparison.Ordinal);

        IAsyncEnumerable<int> Items(int count, CancellationToken stop) =>
            ++attempts == 1 ? Failing(count, stop) : again.ToAsyncEnumerable();
    }

    [Fact]
    public async Task A_failure_inside_a_longer_flow_names_the_task_that_failed()
    {
        var each = FlowBuilder.Chain<int>("each").Then("fine", x => x)
            .Then("bad", int (x) => throw new IOException("no luck")).Build();
        var inner = FlowBuilder.Create<int>("inner");
        var flow = FlowBuilder.Create<int>("streams");
        flow.Stream("s", flow.Input, Count, inner.Build(inner.Stream("t", inner.Input, Count, each)));

        var report = await Jobs.ReportOf(flow.Build(), 2);

        Assert.Equal(
            "Task 's[1]' failed: Task 's[1][0].bad' failed: System.IO.IOException: no luck",
            report["s"].Error!.Message);
        Assert.DoesNotContain("SubflowException", report.ToString(), StringComparison.Ordinal);
    }

    private static async IAsyncEnumerable<int> Failing(int count, [EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var item in Count(count, stop)) yield return item;
        throw new InvalidOperationException("the source broke");
    }
}
