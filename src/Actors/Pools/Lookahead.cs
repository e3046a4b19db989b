namespace ActorFlow.Actors;

/// <summary>
/// How many attempts to start ahead of what may run, so that workers do not run dry while an append is synced.
/// </summary>
/// <remarks>
/// As many as end during one append: dozens for tasks of microseconds, none for tasks that take longer than a sync.
/// Each is recorded as started before its turn has come, and would be lost in a crash.
/// </remarks>
internal sealed class Lookahead(int most)
{
    /// <summary>
    /// An append counts for this much at least: a worker that runs dry is parked and has to be woken.
    /// </summary>
    private static readonly TimeSpan HandOver = TimeSpan.FromMicroseconds(20);

    private int _ahead;

    /// <summary>Learns from a batch.</summary>
    /// <param name="ended">How many attempts ended since the last append was durable.</param>
    /// <param name="within">How long that took them.</param>
    /// <param name="append">How long the append took.</param>
    /// <returns>How many to start ahead.</returns>
    public int Observe(int ended, TimeSpan within, TimeSpan append)
    {
        // A clock that stands still tells nothing.
        if (within <= TimeSpan.Zero) return _ahead;
        if (append < HandOver) append = HandOver;
        var during = ended * append.Ticks / (double)within.Ticks;
        // It doubles at the most: one lucky batch is no evidence yet.
        return _ahead = (int)Math.Min(Math.Min(during, most), 2 * _ahead + 2);
    }
}
