namespace ActorFlow.Simulation;

/// <summary>The simulation finds faults: each of many ways to break the engine is caught by a seed.</summary>
public sealed class BreakageTests(BrokenEngine engine) : IClassFixture<BrokenEngine>
{
    /// <summary>Most ways are caught within the first dozens; one takes a thousand.</summary>
    private const int Seeds = 6000;

    public static TheoryData<string> Names => new(Breakage.All.Select(breakage => breakage.Name));

    [Fact]
    public void The_copy_keeps_every_promise_while_nothing_is_broken()
    {
        var (exitCode, output) = engine.Live(null, 200);
        Assert.True(exitCode == 0, output);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_seed_catches(string breakage)
    {
        var (exitCode, output) = engine.Live(Breakage.All.Single(b => b.Name == breakage), Seeds);
        Assert.True(exitCode == 1, output);
        Assert.StartsWith("Seed ", output, StringComparison.Ordinal);
    }
}
