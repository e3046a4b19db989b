using ActorFlow.Journal;

namespace ActorFlow.Fuzz.Tests;

/// <summary>
/// Records of events: decoded as far as they go; what is whole reads the same when it is written again.
/// </summary>
internal sealed class EventTarget : FuzzTarget
{
    public override string Name => "events";

    public override int Inputs => 20_000;

    public override IReadOnlyList<string> Tokens =>
        [.. Enum.GetValues<EventTag>().Select(tag => ((char)tag).ToString()), "\x01\x01\x01", "\x02\x05", "\x01{}"];

    // The list of a count, at a byte each, has references; each event is an object.
    public override long AllocationBound(int length) => (200L * length) + 100_000;

    public override void Read(byte[] input)
    {
        var events = new List<JobEvent>();
        if (!TryRead(input, events)) return;
        var first = Written(events);
        var again = new List<JobEvent>();
        if (!TryRead(first, again) || !Written(again).AsSpan().SequenceEqual(first))
            throw new InvalidDataException("Events that were read and written again read otherwise.");
    }

    private static bool TryRead(byte[] bytes, List<JobEvent> events)
    {
        try
        {
            var reader = new ByteReader(bytes);
            var head = RecordHead.Read(ref reader);
            return head.Kind == RecordKind.Events && RecordReader.TryDecode(head, bytes, events) is null;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            // So it is told that a record is damaged; whoever reads a frame turns it into an error of ours.
            return false;
        }
    }

    private static byte[] Written(List<JobEvent> events)
    {
        var writer = new ByteWriter();
        new RecordHead(RecordKind.Events, 1, 1, events.Count, HasEnded: false).Write(writer);
        EventEncoder.Write(writer, events);
        return writer.Written.ToArray();
    }
}
