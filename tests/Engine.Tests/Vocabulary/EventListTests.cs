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
    public void Finding_gives_the_event_only_if_it_is_of_the_kind()
    {
        EventList list = [Any(0), Any(1), Any(2)];
        Assert.Equal(Any(0), EventList.Find<JobEvent.TaskStarted>(list, 0));
        Assert.Equal(Any(1), EventList.Find<JobEvent.TaskSucceeded>(list, 1));
        Assert.Equal(Any(2), EventList.Find<JobEvent.RetryDue>(list, 2));
        Assert.Null(EventList.Find<JobEvent.RetryDue>(list, 0));
        Assert.Null(EventList.Find<JobEvent.TaskStarted>(list, 1));
        Assert.Equal(Any(2), EventList.Find<JobEvent.RetryDue>(list.ToList(), 2));
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
