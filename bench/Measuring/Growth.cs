namespace ActorFlow.Bench.Measuring;

/// <summary>How a time grows with a size.</summary>
internal static class Growth
{
    /// <summary>The slope of a straight line through the logarithms.</summary>
    public static double Exponent(IReadOnlyList<(double Size, double Seconds)> points)
    {
        var (x, y) = (points.Average(p => Math.Log(p.Size)), points.Average(p => Math.Log(p.Seconds)));
        return points.Sum(p => (Math.Log(p.Size) - x) * (Math.Log(p.Seconds) - y))
            / points.Sum(p => Math.Pow(Math.Log(p.Size) - x, 2));
    }
}
