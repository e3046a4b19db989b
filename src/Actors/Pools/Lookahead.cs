namespace ActorFlow.Actors;

/// <summary>
/// How many attempts to start ahead of what may run, so that workers do not run dry while appends are synced.
/// </summary>
/// <remarks>
/// Hundreds for tasks of microseconds, one or two for tasks of milliseconds, none for those that take far longer than
/// an append. Each is recorded as started before its turn has come: it seems to take longer than it does, and would be
/// lost in a crash.
/// </remarks>
/// <param name="slots">How many attempts may run at once.</param>
/// <param name="most">No more than these.</param>
internal sealed class Lookahead(int slots, int most)
{
    /// <summary>
    /// From the end of an attempt to the start of the next one in its slot there are up to two appends; as many again,
    /// because ends do not come evenly, and what is measured of workers that run dry is too little.
    /// </summary>
    private const double Appends = 4;

    /// <summary>Of attempts that take longer than ten appends it would save less than a tenth of the time.</summary>
    private const double WorthIt = 0.1;

    /// <summary>How much of what was seen before still counts with each new batch: batches are uneven.</summary>
    private const double Memory = 0.75;

    private DateTimeOffset _seen;
    private double _ended;
    private double _within;
    private double _appends;
    private double _batches;
    private int _ahead;

    /// <summary>Learns from a batch.</summary>
    /// <param name="ended">How many attempts ended since the batch before.</param>
    /// <param name="now">When the last of them did.</param>
    /// <param name="append">How long the last append took.</param>
    /// <returns>How many to start ahead.</returns>
    public int Observe(int ended, DateTimeOffset now, TimeSpan append)
    {
        var within = _seen == default || now < _seen ? TimeSpan.Zero : now - _seen;
        _seen = now;
        // A worker that runs dry is parked and has to be woken: that takes as long as a short append.
        if (append < ParkedThread.HandOver) append = ParkedThread.HandOver;
        _ended = _ended * Memory + ended;
        _within = _within * Memory + within.Ticks;
        _appends = _appends * Memory + append.Ticks;
        _batches = _batches * Memory + 1;
        // A clock that stands still tells nothing.
        if (_within <= 0) return _ahead;
        var during = _ended / _within * (_appends / _batches);
        if (during < WorthIt * slots) return _ahead = 0;
        // It doubles at the most: one lucky batch is no evidence yet.
        return _ahead = (int)Math.Min(Math.Min(Math.Ceiling(Appends * during), most), 2 * _ahead + 2);
    }
}
