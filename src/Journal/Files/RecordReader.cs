namespace ActorFlow.Journal;

/// <summary>Reads the records of one job back from the segments.</summary>
internal static class RecordReader
{
    private const int WindowBytes = 256 * 1024;

    /// <summary>The most that the id and the flow's name of a job can take, and what is before them.</summary>
    private const int BeginningBytes = 4 * 1024;

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
            }
            catch (Exception e) when (e is FormatException or OverflowException)
            {
                throw new JournalDamagedException(place.Segment.Path, place.Offset, e.Message);
            }
        }

        return events;
    }

    /// <summary>One line about a job, from its first record and its last.</summary>
    public static JournaledJob Describe(JobId id, RecordPlace first, RecordPlace last, bool hasEnded)
    {
        try
        {
            var beginning = new byte[Math.Min(first.Length, BeginningBytes)];
            first.Segment.File.Read(first.Offset, beginning);
            var reader = new ByteReader(beginning);
            RecordHead.Read(ref reader);
            var (at, _, flow) = EventDecoder.ReadBeginning(ref reader);
            var (version, end) = ReadEnd(last, hasEnded);
            return new JournaledJob(id, flow, at, version, end?.Outcome, end?.At, end?.Counts);
        }
        catch (FormatException e)
        {
            throw new JournalDamagedException(first.Segment.Path, first.Offset, e.Message);
        }
    }

    private static (long Version, JobEvent.JobEnded? End) ReadEnd(RecordPlace last, bool hasEnded)
    {
        var reader = new ByteReader(new Window().Read(hasEnded ? last
            : last with { Length = Math.Min(last.Length, 64) }));
        var head = RecordHead.Read(ref reader);
        var version = head.FirstVersion + head.Count - 1;
        if (!hasEnded) return (version, null);
        var events = new List<JobEvent>();
        EventDecoder.Read(ref reader, head.Count, head.Count - 1, events);
        return (version, events[0] as JobEvent.JobEnded);
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
            return _bytes.AsSpan((int)(place.Offset - _start), place.Length);
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
