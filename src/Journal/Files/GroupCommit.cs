using System.Runtime.InteropServices;

namespace ActorFlow.Journal;

/// <summary>Gathers the appends that wait into one write and one sync.</summary>
/// <remarks>
/// Whoever appends encodes into the frame that is being filled; whoever then finds nobody writing leads: takes the
/// frame, writes and syncs it for all, and tells each. It leads one round; if more waits then, another thread goes on.
/// </remarks>
internal sealed class GroupCommit : IDisposable
{
    private readonly Lock _gate;
    private readonly FileJournalOptions _options;
    private readonly SegmentLog _log;
    private readonly ITimer? _timer;
    private ByteWriter _filling = NewFrame();
    private ByteWriter _writing = NewFrame();
    private List<Waiting> _waiting = [];
    private List<Waiting> _written = [];
    private bool _isLed;
    private TaskCompletionSource? _idle;

    /// <summary>Starts with an empty frame.</summary>
    /// <param name="options">How the journal is set up.</param>
    /// <param name="log">Where frames go.</param>
    /// <param name="gate">The journal's lock: its index and this change together.</param>
    public GroupCommit(FileJournalOptions options, SegmentLog log, Lock gate)
    {
        _options = options;
        _log = log;
        _gate = gate;
        if (options.Durability.Interval is { } interval && !options.ReadOnly)
            _timer = options.Time.CreateTimer(_ => SyncIfNobodyLeads(), null, interval, interval);
    }

    /// <summary>Why nothing can be appended any more; null while it can. Guarded by the gate.</summary>
    public JournalException? Broken { get; private set; }

    /// <summary>Adds a write to the frame that is being filled. Call it under the gate.</summary>
    /// <returns>Why the write cannot be added; null if it was.</returns>
    public Exception? TryEnqueue(JobStream job, JournalWrite write)
    {
        var start = _filling.Length;
        try
        {
            var head = new RecordHead(
                RecordKind.Events, job.Number, job.Version
                    + 1, write.Events.Count, write.Events is [.., JobEvent.JobEnded]);
            _filling.Take(sizeof(int));
            head.Write(_filling);
            EventEncoder.Write(_filling, write.Events);
            Complete(start, new Waiting(job, write, null, 0, 0, head.HasEnded));
            return null;
        }
        catch (Exception e) when (e is JournalException or OverflowException or OutOfMemoryException)
        {
            _filling.Rewind(start);
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
        Complete(start, new Waiting(job, null, done, 0, 0, HasEnded: true));
        return done.Task;
    }

    private void Complete(int start, Waiting waiting)
    {
        var length = _filling.Length - start - sizeof(int);
        MemoryMarshal.Write(_filling.At(start, sizeof(int)), length);
        _waiting.Add(waiting with { Offset = start + sizeof(int), Length = length });
    }

    /// <summary>Writes what waits, unless somebody is at it.</summary>
    public void LeadIfNobodyDoes()
    {
        lock (_gate)
        {
            if (_isLed || _waiting.Count == 0) return;
            _isLed = true;
        }

        Lead();
    }

    private void Lead()
    {
        JournalException? broken;
        lock (_gate)
        {
            (_filling, _writing) = (_writing, _filling);
            (_waiting, _written) = (_written, _waiting);
            broken = Broken;
        }

        var error = broken ?? Write();
        foreach (var written in _written) written.Tell(error);
        _written.Clear();
        _writing.Rewind(FrameHeader.Size);
        HandOver();
    }

    private JournalWriteException? Write()
    {
        try
        {
            var (segment, start) = _log.Write(_writing);
            if (_options.Durability.Interval is null) _log.Sync();
            lock (_gate)
            {
                foreach (var written in _written)
                {
                    written.Job.HasEnded = written.HasEnded;
                    if (written.Write is not null)
                        written.Job.Places.Add(new RecordPlace(segment, checked((int)start
                            + written.Offset), written.Length));
                }
            }

            return null;
        }
        catch (Exception e)
        {
            return Break(e);
        }
    }

    private JournalWriteException Break(Exception error)
    {
        var broken = new JournalWriteException(_options.Directory, error);
        lock (_gate) Broken ??= broken;
        return broken;
    }

    private void HandOver()
    {
        TaskCompletionSource? idle = null;
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                _isLed = false;
                (idle, _idle) = (_idle, null);
            }
        }

        if (idle is not null) idle.SetResult();
        else if (_isLed) _options.Schedule(Lead);
    }

    private void SyncIfNobodyLeads()
    {
        lock (_gate)
        {
            if (_isLed || Broken is not null || !_log.IsDirty) return;
            _isLed = true;
        }

        try
        {
            _log.Sync();
        }
        catch (Exception e)
        {
            Break(e);
        }

        HandOver();
    }

    /// <summary>Completes when nobody writes and nothing waits.</summary>
    public Task WhenIdle()
    {
        lock (_gate)
        {
            if (!_isLed && _waiting.Count == 0) return Task.CompletedTask;
            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }

    /// <summary>Takes nothing more, and makes durable what there is.</summary>
    public async Task CloseAsync()
    {
        Dispose();
        lock (_gate)
        {
            if (Broken is not null) return;
        }

        await WhenIdle().ConfigureAwait(false);
        lock (_gate)
        {
            if (Broken is not null) return;
            Broken = new JournalException($"The journal in '{_options.Directory}' is closed.");
        }

        if (!_options.ReadOnly) _log.Close();
    }

    public void Dispose() => _timer?.Dispose();

    private static ByteWriter NewFrame()
    {
        var frame = new ByteWriter();
        frame.Take(FrameHeader.Size);
        return frame;
    }

    /// <summary>Somebody who waits for a record to be durable.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Waiting(
        JobStream Job, JournalWrite? Write, TaskCompletionSource? Forgotten, int Offset, int Length, bool HasEnded)
    {
        public void Tell(Exception? error)
        {
            Write?.Completed(error);
            if (Forgotten is null) return;
            if (error is null) Forgotten.SetResult();
            else Forgotten.SetException(error);
        }
    }
}
