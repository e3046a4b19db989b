namespace ActorFlow.Actors.Tests;

/// <summary>How many attempts start ahead of their turn, learnt from how long appends take.</summary>
public sealed class LookaheadTests
{
    private const int Slots = 2;
    private const int Most = 256;
    private static readonly TimeSpan Append = TimeSpan.FromMicroseconds(300);

    [Theory]
    [InlineData(1, Most, Most)]
    [InlineData(20, 50, 130)]
    [InlineData(200, 6, 13)]
    [InlineData(1_000, 1, 3)]
    public void As_many_start_ahead_as_workers_need_not_to_run_dry(int attemptMicroseconds, int least, int most)
    {
        var ahead = AheadOf(TimeSpan.FromMicroseconds(attemptMicroseconds), Append);
        Assert.All(ahead.TakeLast(50), each => Assert.InRange(each, least, most));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1_000)]
    public void None_start_ahead_of_attempts_that_take_far_longer_than_an_append(int milliseconds) =>
        Assert.All(AheadOf(TimeSpan.FromMilliseconds(milliseconds), Append), ahead => Assert.Equal(0, ahead));

    [Fact]
    public void It_doubles_at_the_most_from_one_batch_to_the_next()
    {
        var ahead = AheadOf(TimeSpan.FromMicroseconds(1), Append);
        Assert.All(ahead.Zip(ahead.Skip(1)), pair => Assert.True(pair.Second <= 2 * pair.First + 2));
        Assert.Equal([0, 2, 6, 14, 30, 62, 126, 254, 256], ahead.Take(9));
    }

    [Fact]
    public void What_is_turned_off_stays_off() =>
        Assert.All(AheadOf(TimeSpan.FromMicroseconds(1), Append, most: 0), ahead => Assert.Equal(0, ahead));

    [Fact]
    public void A_clock_that_stands_still_or_goes_back_tells_nothing()
    {
        var lookahead = new Lookahead(Slots, Most);
        var now = DateTimeOffset.UnixEpoch;
        Assert.Equal(0, lookahead.Observe(5, now, Append));
        Assert.Equal(0, lookahead.Observe(5, now, Append));
        Assert.Equal(2, lookahead.Observe(5, now + Append, Append));
        var after = lookahead.Observe(0, now - TimeSpan.FromDays(1), Append);
        Assert.InRange(after, 1, 6);
    }

    /// <summary>What it says after each of many appends, if every slot is taken all the time.</summary>
    private static List<int> AheadOf(TimeSpan attempt, TimeSpan append, int most = Most)
    {
        var lookahead = new Lookahead(Slots, most);
        var (now, told) = (DateTimeOffset.UnixEpoch, 0L);
        var said = new List<int>();
        for (var batch = 1; batch <= 200; batch++)
        {
            now += append;
            var ended = Slots * (append * batch).Ticks / attempt.Ticks;
            // A batch in which nothing ended is none.
            if (ended == told) continue;
            said.Add(lookahead.Observe((int)(ended - told), now, append));
            told = ended;
        }

        return said;
    }
}
