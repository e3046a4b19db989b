namespace ActorFlow.Journal;

/// <summary>Reads the records of one job back from the segments.</summary>
internal static class RecordReader
{
    private const int WindowBytes = 256 * 1024;

    /// <summary>The events of a job from a version on.</summary>
    public static IReadOnlyList<JobEvent> Read(
        List<RecordPlace> places, long fromVersion, CancellationToken cancellationToken)
    {
        var events = new List<JobEvent>();
        var window = new Window();
        foreach (var place in places)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var reader = new ByteReader(window.Read(place));
            try
            {
                var head = RecordHead.Read(ref reader);
                if (head.FirstVersion + head.Count <= fromVersion) continue;
                EventDecoder.Read(ref reader, head.Count, (int)Math.Max(0, fromVersion - head.FirstVersion), events);
                RequireEnd(reader);
            }
            catch (Exception e) when (e is FormatException or OverflowException)
            {
                throw new JournalDamagedException(place.Segment.Path, place.Offset, e.Message);
            }
        }

        return events;
    }

    /// <summary>Decodes a whole record as far as it goes.</summary>
    /// <returns>What is wrong with it; null if nothing is.</returns>
    public static string? TryDecode(RecordHead head, ReadOnlySpan<byte> record, List<JobEvent> events)
    {
        try
        {
            var reader = new ByteReader(record);
            RecordHead.Read(ref reader);
            EventDecoder.Read(ref reader, head.Count, 0, events);
            RequireEnd(reader);
            return null;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return e.Message;
        }
    }

    private static void RequireEnd(ByteReader reader)
    {
        if (!reader.IsAtEnd) throw new FormatException("a record has bytes that belong to no event.");
    }

    /// <summary>How a job ended, from its last record; null if that does not end it.</summary>
    /// <exception cref="JournalDamagedException">It cannot be read, or a newer ActorFlow has written it.</exception>
    public static JobEvent.JobEnded? ReadEnd(RecordPlace last)
    {
        var bytes = new byte[last.Length];
        last.Segment.File.Read(last.Offset, bytes);
        Check(last, bytes);
        try
        {
            var reader = new ByteReader(bytes);
            var head = RecordHead.Read(ref reader);
            var events = new List<JobEvent>();
            EventDecoder.Read(ref reader, head.Count, head.Count - 1, events);
            return events[0] as JobEvent.JobEnded;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new JournalDamagedException(last.Segment.Path, last.Offset, e.Message);
        }
    }

    private static void Check(RecordPlace place, ReadOnlySpan<byte> record)
    {
        if (Crc32C.Of(record) != place.Checksum)
            throw new JournalDamagedException(
                place.Segment.Path, place.Offset, "a record is not as it was when the journal was opened or written.");
    }

    /// <summary>A stretch of a segment in memory: records of one job mostly lie close together.</summary>
    private sealed class Window
    {
        private byte[] _bytes = [];
        private Segment? _segment;
        private long _start;
        private int _length;

        public ReadOnlySpan<byte> Read(RecordPlace place)
        {
            if (_segment != place.Segment || place.Offset < _start || place.Offset + place.Length > _start + _length)
                Move(place);
            var record = _bytes.AsSpan((int)(place.Offset - _start), place.Length);
            Check(place, record);
            return record;
        }

        private void Move(RecordPlace place)
        {
            var wanted = (int)Math.Min(Math.Max(WindowBytes, place.Length), place.Segment.End - place.Offset);
            if (_bytes.Length < wanted) _bytes = new byte[wanted];
            _segment = place.Segment;
            _start = place.Offset;
            _length = place.Segment.File.Read(place.Offset, _bytes.AsSpan(0, wanted));
            if (_length < place.Length)
                throw new JournalDamagedException(place.Segment.Path, place.Offset, "the file has become shorter.");
        }
    }
}
