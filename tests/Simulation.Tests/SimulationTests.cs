using System.Globalization;

namespace ActorFlow.Simulation;

/// <summary>
/// The whole engine on one thread under a seeded scheduler, with virtual time and a disk that fails.
/// </summary>
public sealed class SimulationTests
{
    /// <summary>The seeds to live through; ACTORFLOW_SEEDS asks for others: 10000, or 7-7.</summary>
    private static readonly (int First, int Last) Seeds =
        Parse(Environment.GetEnvironmentVariable("ACTORFLOW_SEEDS"));

    [Fact]
    public void Every_seed_keeps_every_promise() => Parallel.For(Seeds.First, Seeds.Last + 1, seed =>
    {
        if (SeedFailure.Of(seed) is { } failure) Assert.Fail(failure.ToString());
    });

    [Fact]
    public void The_same_seed_gives_the_same_story()
    {
        for (var seed = 1; seed <= 50; seed++)
            Assert.Equal(SimulatedRun.Live(new Choices(seed)).Story, SimulatedRun.Live(new Choices(seed)).Story);
    }

    private static (int First, int Last) Parse(string? seeds)
    {
        if (seeds is null) return (1, 2000);
        var numbers = seeds.Split('-').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToList();
        return numbers is [var first, var last] ? (first, last) : (1, numbers[0]);
    }
}
