namespace ActorFlow.Bench.Measuring;

/// <summary>Rates of ours and of the limit; the ratio is ours by limit, so more is better.</summary>
internal sealed record PairRates(double Ratio, double PerSecond, double LimitPerSecond);

/// <summary>Measures ours and the limit in turn, so that a noisy minute hurts both alike.</summary>
internal static class Pairs
{
    /// <summary>Takes the medians over some pairs.</summary>
    /// <param name="size">How many.</param>
    /// <param name="count">How much of what the rates count is done in one run.</param>
    /// <param name="ours">One run of ours: how long it took.</param>
    /// <param name="limit">One run of the limit: how long it took.</param>
    public static PairRates Measure(BenchSize size, double count, Func<TimeSpan> ours, Func<TimeSpan> limit)
    {
        var pairs = new List<(double Ours, double Limit)>();
        for (var pair = -size.Warmups; pair < size.Pairs; pair++)
        {
            var own = Rate(count, ours);
            var other = Rate(count, limit);
            if (pair >= 0) pairs.Add((own, other));
        }

        return new PairRates(
            Median(pairs.Select(p => p.Ours / p.Limit)), Median(pairs.Select(p => p.Ours)),
            Median(pairs.Select(p => p.Limit)));
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1
            ? sorted[sorted.Count / 2]
            : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }

    private static double Rate(double count, Func<TimeSpan> run)
    {
        GC.Collect();
        return count / run().TotalSeconds;
    }
}
