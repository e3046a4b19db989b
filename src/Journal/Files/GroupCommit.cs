using System.Runtime.InteropServices;

namespace ActorFlow.Journal;

/// <summary>Gathers the appends that wait into one write and one sync.</summary>
/// <remarks>
/// Whoever appends encodes into the frame that is being filled; whoever then finds nobody writing leads: takes the
/// frame, writes and syncs it for all, and tells each. It leads one round; if more waits then, another thread goes on.
/// </remarks>
internal sealed class GroupCommit : IDisposable
{
    /// <summary>Room that is kept for the next frame; what a larger one needed goes back.</summary>
    private const int KeptBytes = 16 * 1024 * 1024;

    /// <summary>Timers know no longer times than about 49 days.</summary>
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(49);

    private readonly Lock _gate;
    private readonly object _room = new();
    private readonly FileJournalOptions _options;
    private readonly JournalContents _contents;
    private readonly SegmentLog _log;
    private readonly TimeProvider? _alarms;
    private readonly ITimer? _timer;
    private readonly JournalThread? _thread;
    private readonly Action<Action> _schedule;
    private ByteWriter _filling = NewFrame();
    private ByteWriter _writing = NewFrame();
    private List<WaitingRecord> _waiting = [];
    private List<WaitingRecord> _written = [];
    private TaskCompletionSource<JournalException?>? _sync;
    private TaskCompletionSource? _idle;
    private JournalWriteException? _failure;
    private bool _isLed;
    private int _leader;
    private bool _isClosed;

    /// <summary>Starts with an empty frame.</summary>
    /// <param name="options">How the journal is set up.</param>
    /// <param name="contents">The journal's index.</param>
    /// <param name="gate">The journal's lock: its index and this change together.</param>
    public GroupCommit(FileJournalOptions options, JournalContents contents, Lock gate)
    {
        _options = options;
        _contents = contents;
        _gate = gate;
        _log = new SegmentLog(options, contents, gate);
        _schedule = options.Schedule ?? (static work => work());
        if (options.ReadOnly) return;
        if (options.Schedule is null) _schedule = (_thread = new JournalThread()).Schedule;
        if (options.Durability.Interval is not { } interval) return;
        _alarms = AlarmClock.For(options.Time);
        interval = interval < LongestInterval ? interval : LongestInterval;
        _timer = _alarms.CreateTimer(_ => SyncWhatIsWritten(), null, interval, interval);
    }

    /// <summary>Why nothing can be appended any more; null while it can. Guarded by the gate.</summary>
    public JournalException? Refusal { get; private set; }

    /// <summary>Whether the frame that is being filled takes nothing more.</summary>
    public bool IsFull => HasMost
        // Whoever appends from within the answer to an append would wait for itself.
        && Volatile.Read(ref _leader) != Environment.CurrentManagedThreadId;

    private bool HasMost => Volatile.Read(ref _filling).Length > _options.FrameBytes;

    /// <summary>Waits until the frame that is being filled is taken by whoever writes.</summary>
    public void WaitForRoom()
    {
        lock (_room)
            while (IsFull)
                Monitor.Wait(_room);
    }

    /// <summary>Adds a write to the frame that is being filled. Call it under the gate.</summary>
    /// <returns>Why the write cannot be added; null if it was.</returns>
    public Exception? TryEnqueue(JobStream job, JournalWrite write)
    {
        var start = _filling.Length;
        try
        {
            var hasEnded = EventList.KeptAt(write.Events, write.Events.Count - 1) is JobEvent.JobEnded;
            _filling.Take(sizeof(int));
            new RecordHead(RecordKind.Events, job.Number, job.Version + 1, write.Events.Count, hasEnded)
                .Write(_filling);
            EventEncoder.Write(_filling, write.Events);
            Complete(start, new WaitingRecord(job, write, null, default, hasEnded));
            return null;
        }
        catch (Exception e)
        {
            // Whatever went wrong with it, what others have put into the frame stays whole.
            var hadMost = HasMost;
            _filling.Rewind(start);
            // Nobody may come to write this frame, and whoever saw it full would wait for that.
            if (hadMost) TellOfRoom();
            return e;
        }
    }

    /// <summary>Adds the record that a job is forgotten. Call it under the gate.</summary>
    public Task EnqueueForget(JobStream job)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var start = _filling.Length;
        _filling.Take(sizeof(int));
        new RecordHead(RecordKind.Forget, job.Number, 0, 0, HasEnded: false).Write(_filling);
        Complete(start, new WaitingRecord(job, null, done, default, HasEnded: true));
        return done.Task;
    }

    private void Complete(int start, WaitingRecord waiting)
    {
        var offset = start + sizeof(int);
        var length = _filling.Length - offset;
        MemoryMarshal.Write(_filling.At(start, sizeof(int)), length);
        // The segment is known when it is written.
        var place = new RecordPlace(null!, offset, length, Crc32C.Of(_filling.At(offset, length)));
        _waiting.Add(waiting with { Place = place });
    }

    /// <summary>Writes what waits, unless somebody is at it.</summary>
    public void LeadIfNobodyDoes()
    {
        lock (_gate)
        {
            if (_isLed || !HasWork) return;
            _isLed = true;
        }

        Lead();
    }

    /// <summary>Makes durable what was told to be written, which a relaxed journal has not done yet.</summary>
    /// <returns>Why that failed; null if it did not.</returns>
    public Task<JournalException?> SyncAsync()
    {
        Task<JournalException?> done;
        lock (_gate)
        {
            if (_failure is not null || _isClosed || _options.Durability.Interval is null)
                return Task.FromResult<JournalException?>(_failure);
            _sync ??= new TaskCompletionSource<JournalException?>(TaskCreationOptions.RunContinuationsAsynchronously);
            done = _sync.Task;
        }

        LeadIfNobodyDoes();
        return done;
    }

    private bool HasWork => _waiting.Count > 0 || _sync is not null;

    private void Lead()
    {
        JournalException? failure;
        TaskCompletionSource<JournalException?>? sync;
        bool wasFull;
        lock (_gate)
        {
            wasFull = HasMost;
            _leader = Environment.CurrentManagedThreadId;
            (_filling, _writing) = (_writing, _filling);
            (_waiting, _written) = (_written, _waiting);
            (sync, _sync) = (_sync, null);
            failure = _failure;
        }

        if (wasFull) TellOfRoom();
        var error = failure ?? Write(mustSync: sync is not null || _options.Durability.Interval is null);
        foreach (var written in _written) written.Tell(error);
        sync?.SetResult(error);
        _written.Clear();
        _writing.Rewind(FrameHeader.Size);
        _writing.Trim(KeptBytes);
        HandOver();
    }

    private void TellOfRoom()
    {
        lock (_room) Monitor.PulseAll(_room);
    }

    private JournalWriteException? Write(bool mustSync)
    {
        try
        {
            var (segment, start) = _written.Count > 0 ? _log.Write(_writing) : default;
            if (mustSync) _log.Sync();
            lock (_gate)
                foreach (var written in _written)
                    Index(written, written.Place.In(segment, start));
            return null;
        }
        catch (Exception e)
        {
            var failure = new JournalWriteException(_options.Directory, e);
            lock (_gate)
            {
                // Also of a journal that is closing and refuses already: what waits is not to be written behind this.
                _failure ??= failure;
                Refusal ??= failure.ForLater;
            }

            return failure;
        }
    }

    private void Index(WaitingRecord written, RecordPlace place)
    {
        if (written.Write is null)
        {
            _contents.Forget(written.Job, place.Segment.Number);
            return;
        }

        written.Job.Add(place, written.Job.DurableVersion + 1);
        written.Job.DurableVersion += written.Write.Events.Count;
        written.Job.HasEnded = written.HasEnded;
        written.Job.EndedAt = written.HasEnded ? written.Write.Events[^1].At : null;
    }

    private void HandOver()
    {
        TaskCompletionSource? idle = null;
        bool goesOn;
        lock (_gate)
        {
            _leader = 0;
            goesOn = _isLed = HasWork;
            if (!goesOn) (idle, _idle) = (_idle, null);
        }

        if (goesOn) _schedule(Lead);
        else if (idle is not null) _schedule(idle.SetResult);
    }

    private void SyncWhatIsWritten()
    {
        lock (_gate)
            if (!_log.IsDirty) return;
        // If somebody leads, whoever follows syncs: under load there is hardly a moment when nobody does.
        _ = SyncAsync();
    }

    private Task WhenIdle()
    {
        lock (_gate)
        {
            if (!_isLed && !HasWork) return Task.CompletedTask;
            // Whoever waits for the end goes on as a user's code: not on the journal's thread.
            _idle ??= new TaskCompletionSource(
                _thread is null ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }

    /// <summary>Takes nothing more, and makes durable what there is.</summary>
    /// <exception cref="JournalWriteException">That failed.</exception>
    public async Task CloseAsync()
    {
        StopTimer();
        lock (_gate)
        {
            if (_isClosed) return;
            _isClosed = true;
            Refusal ??= new JournalException($"The journal in '{_options.Directory}' is closed.");
        }

        await WhenIdle().ConfigureAwait(false);
        _thread?.Dispose();
        if (_failure is not null || _options.ReadOnly) return;
        try
        {
            _log.Close();
        }
        catch (IOException e)
        {
            throw new JournalWriteException(_options.Directory, e);
        }
    }

    public void Dispose()
    {
        StopTimer();
        _thread?.Dispose();
    }

    private void StopTimer()
    {
        _timer?.Dispose();
        (_alarms as AlarmClock)?.Dispose();
    }

    private static ByteWriter NewFrame()
    {
        var frame = new ByteWriter();
        frame.Take(FrameHeader.Size);
        return frame;
    }
}
