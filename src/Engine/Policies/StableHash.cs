namespace ActorFlow;

/// <summary>A hash that is the same in every process and on every machine.</summary>
internal static class StableHash
{
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;

    /// <summary>FNV-1a over the UTF-16 code units.</summary>
    public static ulong Of(string text, ulong basis = FnvOffset)
    {
        foreach (var unit in text)
            basis = (basis ^ unit) * FnvPrime;
        return basis;
    }

    /// <summary>A fraction in [0, 1) for a seed and a number.</summary>
    public static double Fraction(ulong seed, int number) =>
        (Mix(seed + (ulong)number * 0x9E3779B97F4A7C15) >> 11) * (1.0 / (1UL << 53));

    // The finaliser of SplitMix64: neighbouring numbers give unrelated fractions.
    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
