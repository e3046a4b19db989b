using ActorFlow.Engine;

namespace ActorFlow.Actors.Tests;

/// <summary>A pool that has two names is one pool.</summary>
public sealed class PoolNamesTests
{
    private static readonly Dictionary<string, string> OtherNames = new() { ["narrow"] = "compute" };

    private readonly Lock _gate = new();
    private int _running;
    private int _most;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Tasks_of_one_job_share_it_under_both_names(int size)
    {
        await using var system = new TestSystem(compute: size, otherPoolNames: OtherNames);
        var job = await system.SubmitAsync(Mixed());
        Assert.Equal(JobPhase.Succeeded, await job.WhenEnded);
        Assert.InRange(_most, 1, size);
        Assert.Equal(0, system.Jobs.Pools["compute"].TakenSlots);
    }

    [Fact]
    public async Task Two_jobs_share_it_under_one_name_each()
    {
        await using var system = new TestSystem(compute: 1, otherPoolNames: OtherNames);
        var one = await system.SubmitAsync(All("compute"), "one");
        var other = await system.SubmitAsync(All("narrow"), "other");
        Assert.Equal(JobPhase.Succeeded, await one.WhenEnded);
        Assert.Equal(JobPhase.Succeeded, await other.WhenEnded);
        Assert.Equal(1, _most);
    }

    [Fact]
    public async Task A_flow_with_a_pool_that_there_is_not_is_refused_and_told_how_to_have_it()
    {
        await using var system = new TestSystem(otherPoolNames: OtherNames);
        var error = await Assert.ThrowsAsync<ActorFlowException>(() => system.SubmitAsync(All("narow")));
        Assert.Equal(
            "Flow 'f' uses pool 'narow', and there is none. There are: compute, async, narrow. "
            + "Did you mean 'narrow'? To have it: Pools[\"narow\"] = N in the options of the engine, "
            + "or --pool narow=N on the command line.",
            error.Message);
    }

    private ExecutableFlow Mixed() => Tasks(number => number % 2 == 0 ? "compute" : "narrow");

    private ExecutableFlow All(string pool) => Tasks(_ => pool);

    private ExecutableFlow Tasks(Func<int, string> pool)
    {
        var flow = new TestFlow("f");
        for (var number = 0; number < 200; number++)
            flow.Task($"t{number}", RunAsync, new TaskPolicy { Pool = pool(number) });
        return flow.Build();
    }

    private async ValueTask<Payload> RunAsync(TaskCall call)
    {
        lock (_gate) _most = Math.Max(_most, ++_running);
        // Another one that may run meanwhile would.
        await Task.Yield();
        lock (_gate) _running--;
        return Payload.None;
    }
}
