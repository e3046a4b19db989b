namespace ActorFlow;

/// <summary>How a stream treats its items.</summary>
public sealed record StreamOptions
{
    /// <summary>The default.</summary>
    public static StreamOptions Default { get; } = new();

    /// <summary>
    /// How many items may be under way; the source is not asked for the next before one of them has ended. At least 1;
    /// the default is 16.
    /// </summary>
    public int Buffer { get; init; } = 16;

    internal IEnumerable<string> Problems()
    {
        if (Buffer < 1) yield return $"has a buffer of {Buffer} items; it must be at least 1.";
    }
}
