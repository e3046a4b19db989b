namespace ActorFlow;

/// <summary>How the delay grows from attempt to attempt.</summary>
public enum BackoffShape
{
    /// <summary>The same each time.</summary>
    Constant,

    /// <summary>The first delay times the number of failures.</summary>
    Linear,

    /// <summary>The first delay times the factor to the power of the failures before.</summary>
    Exponential,
}

/// <summary>
/// How chance spreads a delay d; from a stable hash of job, task and attempt, so a replay sees the same.
/// </summary>
/// <remarks>
/// The kinds are those of "Exponential Backoff And Jitter", AWS Architecture Blog, 2015; Spread is the symmetric kind
/// that most configuration files mean by a fraction.
/// </remarks>
public enum JitterKind
{
    /// <summary>d.</summary>
    None,

    /// <summary>Between 0 and d.</summary>
    Full,

    /// <summary>Between d/2 and d.</summary>
    Equal,

    /// <summary>Between the first delay and three times the delay before.</summary>
    Decorrelated,

    /// <summary>Between d - d·fraction and d + d·fraction.</summary>
    Spread,
}

/// <summary>The delay before the next attempt.</summary>
public sealed record Backoff
{
    /// <summary>No delay.</summary>
    public static Backoff None { get; } = new();

    /// <summary>How it grows. The default is not at all.</summary>
    public BackoffShape Shape { get; init; }

    /// <summary>The delay after the first failure. The default is zero.</summary>
    public TimeSpan Initial { get; init; }

    /// <summary>No delay is longer. The default is one hour.</summary>
    public TimeSpan Max { get; init; } = TimeSpan.FromHours(1);

    /// <summary>What exponential growth multiplies by; at least 1. The default is 2.</summary>
    public double Factor { get; init; } = 2;

    /// <summary>How chance spreads it. The default is not at all.</summary>
    public JitterKind Jitter { get; init; }

    /// <summary>With <see cref="JitterKind.Spread"/>: how far, from 0 to 1.</summary>
    public double JitterFraction { get; init; }

    /// <summary>The delay after a failed attempt.</summary>
    /// <param name="failures">How many attempts have failed, from 1.</param>
    /// <param name="seed">Names job and task; the same seed gives the same delays.</param>
    public TimeSpan DelayAfter(int failures, ulong seed)
    {
        if (Jitter == JitterKind.Decorrelated) return Decorrelated(failures, seed);
        var delay = Grown(failures);
        var chance = StableHash.Fraction(seed, failures);
        return Capped(Jitter switch
        {
            JitterKind.Full => delay * chance,
            JitterKind.Equal => delay / 2 + delay / 2 * chance,
            JitterKind.Spread => delay * (1 + JitterFraction * (2 * chance - 1)),
            _ => delay,
        });
    }

    private double Grown(int failures) => Math.Min(Max.Ticks, Shape switch
    {
        BackoffShape.Linear => (double)Initial.Ticks * failures,
        BackoffShape.Exponential => Initial.Ticks * Math.Pow(Factor, failures - 1),
        _ => Initial.Ticks,
    });

    private TimeSpan Decorrelated(int failures, ulong seed)
    {
        double delay = Initial.Ticks;
        for (var i = 1; i <= Math.Min(failures, 1_000); i++)
            delay = Math.Min(Max.Ticks, Initial.Ticks + (delay * 3 - Initial.Ticks) * StableHash.Fraction(seed, i));
        return Capped(delay);
    }

    private TimeSpan Capped(double ticks) => TimeSpan.FromTicks((long)Math.Clamp(ticks, 0, Max.Ticks));
}
