using System.Collections.Concurrent;

namespace ActorFlow.Journal;

/// <summary>
/// Events in memory: the smallest worked example of a journal, and the fastest. They die with the process.
/// </summary>
public sealed class MemoryJournal : IJournal
{
    private readonly ConcurrentDictionary<JobId, Stream> _streams = new();
    private long _submitted;

    /// <inheritdoc />
    public bool IsImmediate => true;

    /// <inheritdoc />
    public void Append(JournalWrite write)
    {
        AppendRules.Require(write);
        write.Completed(TryAppend(write));
    }

    private JournalConflictException? TryAppend(JournalWrite write)
    {
        if (write.ExpectedVersion == 0)
        {
            var stream = new Stream(Interlocked.Increment(ref _submitted), write.Events);
            if (_streams.TryAdd(write.Job, stream)) return null;
        }
        else if (Find(write)?.TryAdd(write) == true)
        {
            return null;
        }

        var actual = _streams.TryGetValue(write.Job, out var other) ? other.Version : 0;
        return new JournalConflictException(write.Job, write.ExpectedVersion, actual);
    }

    // Every task leads here: no name is looked up twice, but that of a job that was forgotten and submitted again.
    private Stream? Find(JournalWrite write)
    {
        if (write.Place is Stream { IsForgotten: false } known) return known;
        write.Place = _streams.GetValueOrDefault(write.Job);
        return (Stream?)write.Place;
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<JobEvent>> ReadAsync(
        JobId job, long fromVersion, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fromVersion, 1);
        return new(_streams.TryGetValue(job, out var stream) ? stream.Read(fromVersion) : []);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<JournaledJob>> ListAsync(CancellationToken cancellationToken) =>
        new([.. _streams.OrderBy(s => s.Value.Number).Select(s => Describe(s.Key, s.Value))]);

    /// <inheritdoc />
    public ValueTask<JournaledJob?> FindAsync(JobId job, CancellationToken cancellationToken) =>
        new(_streams.TryGetValue(job, out var stream) ? Describe(job, stream) : null);

    /// <inheritdoc />
    public ValueTask<bool> ForgetAsync(JobId job, CancellationToken cancellationToken)
    {
        if (!_streams.TryGetValue(job, out var stream)) return new(false);
        if (!stream.TryForget()) throw new JournalException($"Job '{job}' has not ended and cannot be forgotten.");
        return new(_streams.TryRemove(new KeyValuePair<JobId, Stream>(job, stream)));
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => default;

    private static JournaledJob Describe(JobId id, Stream stream)
    {
        var (first, version, end) = stream.Ends;
        return new JournaledJob(
            id, first.Job.FlowName, first.At, version, end?.Outcome, end?.At, end?.Counts);
    }

    /// <summary>The events of a job.</summary>
    private sealed class Stream
    {
        private readonly Lock _gate = new();
        private readonly EventList _events = new();
        private volatile bool _isForgotten;

        public Stream(long number, IReadOnlyList<JobEvent> events)
        {
            Number = number;
            _events.AddRange(events);
        }

        /// <summary>Its place in the order of submission.</summary>
        public long Number { get; }

        public long Version => Ends.Version;

        public bool IsForgotten => _isForgotten;

        /// <summary>The first event; how many there are; the last one, if with it the job has ended.</summary>
        public (JobEvent.JobSubmitted First, long Version, JobEvent.JobEnded? Last) Ends
        {
            get
            {
                var version = _events.Count;
                return ((JobEvent.JobSubmitted)_events[0], version, EndAt(version));
            }
        }

        private JobEvent.JobEnded? EndAt(int version) =>
            EventList.KeptAt(_events, version - 1) as JobEvent.JobEnded;

        // Appends of one job come one at a time, and others may read meanwhile: no lock is on the way of every task.
        // Only a job that has ended may be forgotten just when it is to go on.
        public bool TryAdd(JournalWrite write)
        {
            var version = _events.Count;
            if (version != write.ExpectedVersion) return false;
            if (EndAt(version) is not null) return TryAddToEnded(write);
            _events.AddRange(write.Events);
            return true;
        }

        private bool TryAddToEnded(JournalWrite write)
        {
            lock (_gate)
            {
                if (_isForgotten || _events.Count != write.ExpectedVersion) return false;
                _events.AddRange(write.Events);
                return true;
            }
        }

        public bool TryForget()
        {
            lock (_gate) return _isForgotten = EndAt(_events.Count) is not null;
        }

        public IReadOnlyList<JobEvent> Read(long from) => from > _events.Count ? [] : _events.From((int)from - 1);
    }
}
