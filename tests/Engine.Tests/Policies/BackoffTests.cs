namespace ActorFlow.Engine.Tests.Policies;

/// <summary>How long the delay before the next attempt is.</summary>
public sealed class BackoffTests
{
    private static readonly Backoff Exponential = new()
    {
        Shape = BackoffShape.Exponential,
        Initial = TimeSpan.FromSeconds(1),
        Max = TimeSpan.FromSeconds(60),
    };

    private static IEnumerable<double> Delays(Backoff backoff, ulong seed = 42) =>
        Enumerable.Range(1, 10).Select(failures => backoff.DelayAfter(failures, seed).TotalSeconds);

    private static IEnumerable<double> ManyDelays(JitterKind jitter, int failures = 4) =>
        Enumerable.Range(0, 2_000).Select(
            seed => (Exponential with { Jitter = jitter, JitterFraction = 0.25 }).DelayAfter(failures, (ulong)seed))
            .Select(d => d.TotalSeconds);

    [Fact]
    public void No_backoff_is_no_delay() => Assert.All(Delays(Backoff.None), d => Assert.Equal(0, d));

    [Fact]
    public void Exponential_growth_goes_by_the_factor()
    {
        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60, 60, 60], Delays(Exponential));
        Assert.Equal([1, 3, 9, 27, 60], Delays(Exponential with { Factor = 3 }).Take(5));
        Assert.All(Delays(Exponential with { Factor = 1 }), d => Assert.Equal(1, d));
    }

    [Theory]
    [InlineData(JitterKind.None, 8, 8)]
    [InlineData(JitterKind.Full, 0, 8)]
    [InlineData(JitterKind.Equal, 4, 8)]
    [InlineData(JitterKind.Spread, 6, 10)]
    [InlineData(JitterKind.Decorrelated, 1, 60)]
    public void Jitter_stays_within_its_bounds_and_uses_them(JitterKind jitter, double least, double most)
    {
        var delays = ManyDelays(jitter).ToList();
        Assert.All(delays, d => Assert.InRange(d, least, most));
        if (jitter is JitterKind.None or JitterKind.Decorrelated) return;
        Assert.True(delays.Min() < least + (most - least) * 0.02);
        Assert.True(delays.Max() > most - (most - least) * 0.02);
        Assert.InRange(delays.Average(), (least + most) / 2 - 0.3, (least + most) / 2 + 0.3);
    }

    [Fact]
    public void Decorrelated_jitter_is_at_most_three_times_the_delay_before()
    {
        var backoff = Exponential with { Jitter = JitterKind.Decorrelated, Max = TimeSpan.FromDays(1) };
        for (ulong seed = 0; seed < 100; seed++)
        {
            var before = 1.0;
            foreach (var delay in Delays(backoff, seed))
            {
                Assert.InRange(delay, 1, before * 3 + 1e-6);
                before = delay;
            }
        }
    }

    [Theory]
    [InlineData(JitterKind.Full, "0.7415648 0.3198207 1.1144045")]
    [InlineData(JitterKind.Equal, "0.8707824 1.1599103 2.5572022")]
    [InlineData(JitterKind.Spread, "1.1207824 1.6599103 3.5572022")]
    [InlineData(JitterKind.Decorrelated, "2.4831297 2.0313243 2.4191866")]
    public void Jitter_is_the_same_in_every_process(JitterKind jitter, string expected)
    {
        var delays = Delays(Exponential with { Jitter = jitter, JitterFraction = 0.25 }).Take(3);
        Assert.Equal(expected, string.Join(' ', delays.Select(d => d.ToString("F7"))));
    }

    [Theory]
    [InlineData(BackoffShape.Constant)]
    [InlineData(BackoffShape.Linear)]
    [InlineData(BackoffShape.Exponential)]
    public void The_cap_holds_for_a_million_failures(BackoffShape shape)
    {
        foreach (var jitter in Enum.GetValues<JitterKind>())
        {
            var backoff = Exponential with { Shape = shape, Jitter = jitter, Factor = 1e300, JitterFraction = 1 };
            Assert.InRange(backoff.DelayAfter(1_000_000, 7), TimeSpan.Zero, backoff.Max);
            var uncapped = backoff with { Max = TimeSpan.MaxValue };
            Assert.InRange(uncapped.DelayAfter(1_000_000, 7), TimeSpan.Zero, TimeSpan.MaxValue);
            var immediate = backoff with { Initial = TimeSpan.Zero, Jitter = JitterKind.None };
            Assert.Equal(TimeSpan.Zero, immediate.DelayAfter(5_000, 7));
        }
    }
}
