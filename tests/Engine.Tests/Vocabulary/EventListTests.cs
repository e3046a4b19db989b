namespace ActorFlow.Engine.Tests.Vocabulary;

/// <summary>A list of events gives back what was added, whichever way it keeps it.</summary>
public sealed class EventListTests
{
    private static readonly DateTimeOffset Epoch = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(4096)]
    [InlineData(10_000)]
    public void What_was_added_is_there_in_order(int count)
    {
        var events = Enumerable.Range(0, count).Select(Any).ToList();
        var list = new EventList();
        foreach (var fact in events) list.Add(fact);
        Assert.Equal(events, list);
        Assert.Equal(count, list.Count);
        var copy = new EventList();
        copy.AddRange(list);
        copy.AddRange(events);
        Assert.Equal([.. events, .. events], copy);
    }

    [Fact]
    public void A_view_stays_as_it_is_while_the_list_grows()
    {
        var list = new EventList();
        var events = Enumerable.Range(0, 20_000).Select(Any).ToList();
        var views = new List<(int From, int To, IReadOnlyList<JobEvent> View)>();
        foreach (var fact in events)
        {
            if (list.Count % 1999 == 0) views.Add((list.Count / 2, list.Count, list.From(list.Count / 2)));
            list.Add(fact);
        }

        foreach (var (from, to, view) in views) Assert.Equal(events[from..to], view);
    }

    [Fact]
    public async Task Others_read_what_is_there_while_one_thread_adds()
    {
        const int Count = 100_000;
        var events = Enumerable.Range(0, Count).Select(Any).ToList();
        var list = new EventList();
        var readers = Enumerable.Range(0, 3).Select(reader => Task.Run(() =>
        {
            for (var seen = 0; seen < Count; seen = list.Count)
            {
                // Near the end is where pieces grow and are put in place.
                var view = list.From(Math.Max(0, seen - reader));
                for (var i = 0; i < Math.Min(view.Count, 50); i++)
                    Assert.Equal(events[Math.Max(0, seen - reader) + i], view[i]);
                if (seen > 0) Assert.Equal(events[seen - 1], list[seen - 1]);
            }
        })).ToList();
        for (var i = 0; i < Count;)
        {
            var batch = Math.Min(1 + (i % 5), Count - i);
            if (batch == 1) list.Add(events[i]);
            else list.AddRange(events.GetRange(i, batch));
            i += batch;
        }

        await Task.WhenAll(readers);
        Assert.Equal(events, list);
    }

    [Fact]
    public void A_cleared_list_is_as_good_as_new()
    {
        var list = new EventList();
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 5000; i++) list.Add(Any(i));
            list.Clear();
            Assert.Empty(list);
            list.Add(Any(7));
            Assert.Equal(Any(7), Assert.Single(list));
        }
    }

    [Fact]
    public void Only_what_has_an_object_of_its_own_is_kept_as_one()
    {
        EventList list = [Any(0), Any(1), Any(2)];
        Assert.Null(EventList.KeptAt(list, 0));
        Assert.Null(EventList.KeptAt(list, 1));
        Assert.Equal(Any(2), EventList.KeptAt(list, 2));
        for (var i = 0; i < 3; i++) Assert.Equal(Any(i), EventList.KeptAt(list.ToList(), i));
    }

    [Fact]
    public void A_list_says_whether_it_has_any_but_the_two_common_events()
    {
        EventList common = [Any(0), Any(1)], all = [Any(0), Any(1), Any(2)], joined = [];
        Assert.False(common.HasOthers);
        Assert.True(all.HasOthers);
        joined.AddRange(common);
        Assert.False(joined.HasOthers);
        joined.AddRange(all);
        joined.AddRange(common);
        Assert.True(joined.HasOthers);
        joined.Clear();
        joined.AddRange(common.ToList());
        Assert.False(joined.HasOthers);
        joined.AddRange([Any(2)]);
        Assert.True(joined.HasOthers);
    }

    [Fact]
    public void The_two_common_events_are_read_without_an_object()
    {
        EventList list = [Any(0), Any(1), Any(2)];
        Assert.True(list.TryRead(0, out var at, out var task, out var attempt, out var output));
        Assert.Equal((Any(0).At.UtcTicks, 0, 0, null), (at, task, attempt, output));
        Assert.True(list.TryRead(1, out at, out task, out attempt, out output));
        Assert.Equal((Any(1).At.UtcTicks, 1, 1, Payload.None), (at, task, attempt, output));
        Assert.False(list.TryRead(2, out _, out _, out _, out _));
    }

    [Fact]
    public void There_is_nothing_beyond_the_end()
    {
        EventList list = [Any(0)];
        Assert.Throws<ArgumentOutOfRangeException>(() => list[1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => list[-1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => list.From(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => list.From(0)[1]);
        Assert.Empty(list.From(1));
    }

    private static JobEvent Any(int number) => (number % 3) switch
    {
        0 => new JobEvent.TaskStarted(Epoch.AddTicks(number), number, number % 7),
        1 => new JobEvent.TaskSucceeded(Epoch.AddTicks(number), number, number % 7, Payload.None),
        _ => new JobEvent.RetryDue(Epoch.AddTicks(number), number),
    };
}
