namespace ActorFlow.Campaign;

/// <summary>When a life is to be ended: so long after its start, or so long after it has said something.</summary>
/// <param name="Delay">How long after.</param>
/// <param name="Lines">How many of its lines come first; -1 if it is its start, int.MaxValue if its last.</param>
internal sealed record KillMoment(TimeSpan Delay, int Lines)
{
    private const int FromStart = -1;
    private const int AtEnd = int.MaxValue;

    // About as long as a host takes to open its journal.
    private const int StartMilliseconds = 250;

    public static KillMoment Draw(Random random) => random.Next(10) switch
    {
        0 or 1 => new KillMoment(TimeSpan.FromMilliseconds(random.Next(StartMilliseconds)), FromStart),
        2 => new KillMoment(TimeSpan.FromMicroseconds(random.Next(2_000)), AtEnd),
        // Mostly at once: what was just said is what may be lost.
        3 or 4 => new KillMoment(TimeSpan.FromMilliseconds(random.Next(10)), random.Next(1, 30)),
        _ => new KillMoment(TimeSpan.FromMicroseconds(random.Next(500)), random.Next(1, 30)),
    };

    public bool IsFromStart => Lines == FromStart;

    /// <summary>Whether it has come, by what has been said.</summary>
    public bool Follows(int lines, bool isEnding) => Lines == AtEnd ? isEnding : !IsFromStart && lines >= Lines;
}
