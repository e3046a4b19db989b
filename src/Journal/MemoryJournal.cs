using System.Collections.Concurrent;

namespace ActorFlow.Journal;

/// <summary>
/// Events in memory: the smallest worked example of a journal, and the fastest. They die with the process.
/// </summary>
public sealed class MemoryJournal : IJournal
{
    private readonly ConcurrentDictionary<JobId, Stream> _streams = new();
    private readonly ConcurrentQueue<JobId> _order = new();

    /// <inheritdoc />
    public bool IsImmediate => true;

    /// <inheritdoc />
    public void Append(JournalWrite write)
    {
        ArgumentNullException.ThrowIfNull(write);
        if (write.Place is not Stream stream || stream.IsForgotten)
            write.Place = stream = _streams.GetOrAdd(write.Job, static _ => new Stream());
        Exception? error = null;
        lock (stream.Gate)
        {
            if (stream.Version != write.ExpectedVersion) error = new JournalConflictException(
                write.Job, write.ExpectedVersion, stream.Version);
            else
            {
                if (stream.Version == 0) _order.Enqueue(write.Job);
                stream.Add(write.Events);
            }
        }

        write.Completed(error);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<JobEvent>> ReadAsync(
        JobId job, long fromVersion, CancellationToken cancellationToken)
    {
        if (!_streams.TryGetValue(job, out var stream)) return new([]);
        lock (stream.Gate) return new(stream.Read(fromVersion));
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<JournaledJob>> ListAsync(CancellationToken cancellationToken) =>
        new([.. _order.Where(_streams.ContainsKey).Select(id => Describe(id, _streams[id]))]);

    /// <inheritdoc />
    public ValueTask<JournaledJob?> FindAsync(JobId job, CancellationToken cancellationToken) =>
        new(_streams.TryGetValue(job, out var stream) ? Describe(job, stream) : null);

    /// <inheritdoc />
    public ValueTask<bool> ForgetAsync(JobId job, CancellationToken cancellationToken) =>
        new(_streams.TryRemove(job, out var stream) && stream.Forget());

    /// <inheritdoc />
    public ValueTask DisposeAsync() => default;

    private static JournaledJob Describe(JobId id, Stream stream)
    {
        lock (stream.Gate)
        {
            var first = (JobEvent.JobSubmitted)stream.Read(1, 1)[0];
            var end = stream.Ended;
            return new JournaledJob(
                id, first.Job.FlowName, first.At, stream.Version, end?.Outcome, end?.At, end?.Counts);
        }
    }

    private struct Stored
    {
        public byte Kind;
        public int Task, Attempt;
        public long At;
        public object? Rest;
    }

    private sealed class Stream
    {
        private readonly List<Stored[]> _chunks = [];
        private int _used = 1024;

        public Lock Gate { get; } = new();

        public long Version { get; private set; }

        public bool IsForgotten { get; private set; }

        public JobEvent.JobEnded? Ended { get; private set; }

        public bool Forget() => IsForgotten = true;

        public void Add(IReadOnlyList<JobEvent> events)
        {
            for (var i = 0; i < events.Count; i++)
            {
                if (_used == 1024)
                {
                    _chunks.Add(new Stored[1024]);
                    _used = 0;
                }

                ref var stored = ref _chunks[^1][_used++];
                switch (events[i])
                {
                    case JobEvent.TaskStarted e:
                        stored = new Stored { Kind = 1, Task = e.Task, Attempt = e.Attempt, At = e.At.UtcTicks };
                        break;
                    case JobEvent.TaskSucceeded e:
                        stored = new Stored { Kind = 2, Task = e.Task, Attempt = e.Attempt, At = e.At.UtcTicks, Rest =
                            e.Output };
                        break;
                    default:
                        stored = new Stored { Rest = events[i] };
                        if (events[i] is JobEvent.JobEnded end) Ended = end;
                        if (events[i] is JobEvent.JobReopened) Ended = null;
                        break;
                }
            }

            Version += events.Count;
        }

        public List<JobEvent> Read(long from, int most = int.MaxValue)
        {
            var list = new List<JobEvent>();
            for (var v = from; v <= Version && list.Count < most; v++) list.Add(At(v - 1));
            return list;
        }

        private JobEvent At(long index)
        {
            ref var s = ref _chunks[(int)(index / 1024)][index % 1024];
            var at = new DateTimeOffset(s.At, TimeSpan.Zero);
            return s.Kind switch
            {
                1 => new JobEvent.TaskStarted(at, s.Task, s.Attempt),
                2 => new JobEvent.TaskSucceeded(at, s.Task, s.Attempt, (Payload)s.Rest!),
                _ => (JobEvent)s.Rest!,
            };
        }
    }
}
