using System.Collections.Concurrent;
using System.Runtime.InteropServices;

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
            var stream = new Stream(Interlocked.Increment(ref _submitted));
            stream.Add(write.Events);
            if (_streams.TryAdd(write.Job, stream)) return null;
        }
        else if (Find(write) is { } stream)
        {
            lock (stream.Gate)
            {
                if (stream.Version == write.ExpectedVersion && !stream.IsForgotten)
                {
                    stream.Add(write.Events);
                    return null;
                }
            }
        }

        var actual = _streams.TryGetValue(write.Job, out var other) ? other.Version : 0;
        return new JournalConflictException(write.Job, write.ExpectedVersion, actual);
    }

    // Every task leads here: no name is looked up twice.
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
        if (!_streams.TryGetValue(job, out var stream)) return new([]);
        lock (stream.Gate) return new(stream.Read(fromVersion));
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
        lock (stream.Gate)
        {
            if (stream.End is null)
                throw new JournalException($"Job '{job}' has not ended and cannot be forgotten.");
            stream.IsForgotten = true;
        }

        return new(_streams.TryRemove(new KeyValuePair<JobId, Stream>(job, stream)));
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => default;

    private static JournaledJob Describe(JobId id, Stream stream)
    {
        lock (stream.Gate)
        {
            var first = (JobEvent.JobSubmitted)stream.At(1);
            var end = stream.End;
            return new JournaledJob(
                id, first.Job.FlowName, first.At, stream.Version, end?.Outcome, end?.At, end?.Counts);
        }
    }

    /// <summary>An event; the two that a job mostly consists of without an object of their own.</summary>
    [StructLayout(LayoutKind.Auto)]
    private struct Stored
    {
        public byte Kind;
        public int Task, Attempt;
        public long At;
        public object? Rest;
    }

    /// <summary>The events of a job. Guarded by its gate, but for a new one that nobody else has yet.</summary>
    private sealed class Stream(long number)
    {
        private const int ChunkEvents = 1024;
        private readonly List<Stored[]> _chunks = [new Stored[16]];
        private int _used;

        public Lock Gate { get; } = new();

        /// <summary>Its place in the order of submission.</summary>
        public long Number { get; } = number;

        public long Version { get; private set; }

        /// <summary>The last event, if with it the job has ended.</summary>
        public JobEvent.JobEnded? End { get; private set; }

        public bool IsForgotten { get; set; }

        public void Add(IReadOnlyList<JobEvent> events)
        {
            for (var i = 0; i < events.Count; i++) NextPlace() = events[i] switch
            {
                JobEvent.TaskStarted e =>
                    new Stored { Kind = 1, Task = e.Task, Attempt = e.Attempt, At = e.At.UtcTicks },
                JobEvent.TaskSucceeded e =>
                    new Stored { Kind = 2, Task = e.Task, Attempt = e.Attempt, At = e.At.UtcTicks, Rest = e.Output },
                var other => new Stored { Rest = other },
            };

            Version += events.Count;
            End = events[^1] as JobEvent.JobEnded;
        }

        public List<JobEvent> Read(long from)
        {
            var list = new List<JobEvent>((int)Math.Max(0, Version - from + 1));
            for (var version = from; version <= Version; version++) list.Add(At(version));
            return list;
        }

        public JobEvent At(long version)
        {
            ref var s = ref _chunks[(int)((version - 1) / ChunkEvents)][(version - 1) % ChunkEvents];
            var at = new DateTimeOffset(s.At, TimeSpan.Zero);
            return s.Kind switch
            {
                1 => new JobEvent.TaskStarted(at, s.Task, s.Attempt),
                2 => new JobEvent.TaskSucceeded(at, s.Task, s.Attempt, (Payload)s.Rest!),
                _ => (JobEvent)s.Rest!,
            };
        }

        // Most jobs are small: the first chunk grows, the others are whole from the start.
        private ref Stored NextPlace()
        {
            var last = _chunks[^1];
            if (_used == last.Length && last.Length < ChunkEvents)
            {
                Array.Resize(ref last, last.Length * 4);
                _chunks[^1] = last;
            }
            else if (_used == ChunkEvents)
            {
                _chunks.Add(last = new Stored[ChunkEvents]);
                _used = 0;
            }

            return ref last[_used++];
        }
    }
}
