using ActorFlow.TestKit;

namespace ActorFlow.Actors.Tests.Resources;

/// <summary>Who gets units of resources, and when.</summary>
public sealed class ResourcePoolsTests : IDisposable
{
    private readonly SimulatedThreads _threads = new();
    private readonly ResourcePools _pools;

    public ResourcePoolsTests() => _pools = new ResourcePools(
        new Dictionary<string, int> { ["cpu"] = 4, ["licence"] = 1 }, isHeld: false, _threads);

    [Fact]
    public async Task Units_that_are_free_are_had_at_once_and_come_back_once()
    {
        var held = await Take("cpu", 3);
        Assert.Equal(1, _pools.FreeOf("cpu"));
        held.Dispose();
        held.Dispose();
        Assert.Equal(4, _pools.FreeOf("cpu"));
    }

    [Fact]
    public async Task Who_wants_much_is_not_passed_over_by_those_who_want_little()
    {
        var first = await Take("cpu", 3);
        var large = Take("cpu", 4);
        var small = Take("cpu", 1);
        Settle();
        Assert.Equal((false, false), (large.IsCompleted, small.IsCompleted));
        first.Dispose();
        Settle();
        Assert.Equal((true, false), (large.IsCompleted, small.IsCompleted));
        (await large).Dispose();
        Settle();
        Assert.True(small.IsCompleted);
    }

    [Fact]
    public async Task Who_waits_for_one_resource_holds_nothing_of_another()
    {
        var licence = await Take("licence", 1);
        var both = Take(ResourceNeeds.Of("cpu", 1).With("licence", 1));
        Settle();
        Assert.False(both.IsCompleted);
        Assert.Equal(4, _pools.FreeOf("cpu"));
        licence.Dispose();
        Settle();
        Assert.True(both.IsCompleted);
        Assert.Equal((3, 0), (_pools.FreeOf("cpu"), _pools.FreeOf("licence")));
    }

    [Fact]
    public async Task Who_needs_other_resources_goes_past_those_who_wait()
    {
        using var licence = await Take("licence", 1);
        var waits = Take("licence", 1);
        Assert.True(Take("cpu", 4).IsCompleted);
        Assert.False(waits.IsCompleted);
    }

    [Fact]
    public async Task Who_is_cancelled_leaves_the_queue_to_those_behind()
    {
        using var cancelled = new CancellationTokenSource();
        using var first = await Take("cpu", 3);
        var large = _pools.TakeAsync(ResourceNeeds.Of("cpu", 4), cancelled.Token).AsTask();
        var small = Take("cpu", 1);
        await cancelled.CancelAsync();
        Settle();
        Assert.True(large.IsCanceled);
        Assert.True(small.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Many_who_take_and_give_back_in_any_order_all_get_their_turn()
    {
        var random = new Random(7);
        var waiting = Enumerable.Range(0, 500).Select(_ => Take(random.Next(3) switch
        {
            0 => ResourceNeeds.Of("cpu", random.Next(1, 5)),
            1 => ResourceNeeds.Of("licence", 1),
            _ => ResourceNeeds.Of("cpu", random.Next(1, 5)).With("licence", 1),
        })).ToList();
        while (waiting.Count > 0)
        {
            Settle();
            var served = waiting.Where(turn => turn.IsCompleted).ToList();
            Assert.NotEmpty(served);
            var next = served[random.Next(served.Count)];
            (await next).Dispose();
            waiting.Remove(next);
        }

        Assert.Equal((4, 1), (_pools.FreeOf("cpu"), _pools.FreeOf("licence")));
    }

    [Fact]
    public async Task What_is_held_is_a_pool_of_its_own_for_those_who_run_on_it()
    {
        using var held = await Take("cpu", 2);
        Assert.Equal((2, 2), (_pools.FreeOf("cpu"), held.Pools.FreeOf("cpu")));
        Assert.Equal("needs 1 of 'licence', and the task has no such resource. It has: cpu.",
            held.Pools.Problem(ResourceNeeds.Of("licence")));
    }

    public void Dispose() => _threads.Dispose();

    private Task<ResourcePools.Holding> Take(string resource, int units) => Take(ResourceNeeds.Of(resource, units));

    private Task<ResourcePools.Holding> Take(ResourceNeeds needs) =>
        _pools.TakeAsync(needs, CancellationToken.None).AsTask();

    // Answers go on aside, on the list of the simulated threads: all of them here, and none on a thread of the tests'.
    private void Settle() => OneThread.Run(() =>
    {
        while (_threads.Step()) { }
        return true;
    });
}
