using FsCheck;
using FsCheck.Fluent;

namespace ActorFlow.Journal.Tests.Codec;

/// <summary>Events go into bytes and come out as they were.</summary>
public sealed class EventCodecTests
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithReplay(20260101, 7);

    [Fact]
    public void Every_event_comes_back_as_it_was() => Check.One(Config.WithMaxTest(500), Prop.ForAll(
        AnyEvent.Some, events => Assert.Equal(events.Select(EventText.Of), Decode(Encode(events), events.Length))));

    [Fact]
    public void Reading_may_skip_the_first_events() => Check.One(Config.WithMaxTest(100), Prop.ForAll(
        AnyEvent.Some, events => Assert.Equal(
            events.Skip(2).Select(EventText.Of), Decode(Encode(events), events.Length, skip: 2))));

    [Fact]
    public void Events_cut_anywhere_are_refused_and_never_read_as_others() =>
        Check.One(Config.WithMaxTest(40), Prop.ForAll(AnyEvent.Some, events =>
        {
            var bytes = Encode(events);
            foreach (var cut in Enumerable.Range(0, Math.Min(bytes.Length, 400)))
                Assert.Throws<FormatException>(() => Decode(bytes[..cut], events.Length));
        }));

    [Fact]
    public void Random_bytes_are_refused_or_read_but_never_crash() => Check.One(
        Config.WithMaxTest(2000), Prop.ForAll(Arb.From(Gen.ArrayOf(Gen.Choose(0, 255))), numbers =>
        {
            try
            {
                var reader = new ByteReader([.. numbers.Select(n => (byte)n)]);
                EventDecoder.Read(ref reader, count: 3, skip: 0, []);
            }
            catch (Exception e) when (e is FormatException or OverflowException)
            {
                Assert.NotEmpty(e.Message);
            }
        }));

    [Fact]
    public void Every_kind_of_event_is_generated_and_has_tags_of_its_own()
    {
        var generated = AnyEvent.Kinds.Select(kind => kind.Sample(1).First().GetType()).ToList();
        var kinds = typeof(JobEvent).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(JobEvent)));
        Assert.Equal(kinds.Select(t => t.Name).Order(), generated.Select(t => t.Name).Order());

        // A seed of its own: that one of the rare ones does not come up is no fault.
        var tags = AnyEvent.Kinds
            .Select(kind => kind.Sample(20, new Rnd(7), 200).Select(EventTags.Of).Distinct().ToList()).ToList();
        Assert.Equal(Enum.GetValues<EventTag>().Order(), tags.SelectMany(ofKind => ofKind).Order());
        Assert.Equal(
            Enum.GetValues<EventTag>().Length,
            Enum.GetValues<EventTag>().Select(EventTags.NameOf).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void An_event_without_what_a_later_version_brought_is_stored_as_it_always_was()
    {
        var failure = new Failure("E", "m");
        var traced = failure with { Traces = [new TracedValue("a", "1")] };
        Assert.Equal(
            [EventTag.AttemptFailed1, EventTag.AttemptFailed2],
            new[] { failure, traced }.Select(f => EventTags.Of(
                new JobEvent.AttemptFailed(Facts.At(0), 0, 1, Reason.AttemptThrew, f))));
    }

    [Fact]
    public void The_name_of_a_tag_is_that_of_its_event()
    {
        foreach (var tag in Enum.GetValues<EventTag>())
        {
            var words = EventTags.NameOf(tag).Replace("/", "", StringComparison.Ordinal).Split('.');
            Assert.Equal(tag.ToString(), string.Concat(words.Select(w => char.ToUpperInvariant(w[0]) + w[1..])));
        }
    }

    [Fact]
    public void A_time_in_another_zone_comes_back_as_the_same_moment_in_UTC()
    {
        var there = new DateTimeOffset(2030, 1, 1, 2, 0, 0, TimeSpan.FromHours(2));
        Assert.Equal([EventText.Of(Facts.Started())], Decode(Encode([new JobEvent.TaskStarted(there, 0, 1)]), 1));
    }

    [Fact]
    public void An_unknown_tag_is_named()
    {
        var error = Assert.Throws<FormatException>(() => Decode([200, 0], 1));
        Assert.Equal(
            "an event has the tag 200, which this version does not know: a newer ActorFlow may have written it.",
            error.Message);
    }

    [Fact]
    public void A_live_value_cannot_be_made_durable()
    {
        var error = Assert.Throws<JournalException>(
            () => Encode([new JobEvent.TaskSucceeded(Facts.At(0), 0, 1, Payload.Live(new Version(1, 2)))]));
        Assert.Contains("System.Version", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_id_that_is_no_text_is_refused()
    {
        var id = new JobId("half-\uD834");
        var error = Assert.Throws<JournalException>(() => Encode([Facts.Submitted(id)]));
        Assert.Contains("surrogate", error.Message, StringComparison.Ordinal);
    }

    internal static byte[] Encode(JobEvent[] events)
    {
        var writer = new ByteWriter();
        EventEncoder.Write(writer, events);
        return writer.Written.ToArray();
    }

    private static IEnumerable<string> Decode(byte[] bytes, int count, int skip = 0)
    {
        var reader = new ByteReader(bytes);
        var events = new List<JobEvent>();
        EventDecoder.Read(ref reader, count, skip, events);
        Assert.True(reader.IsAtEnd);
        return events.Select(EventText.Of);
    }
}
