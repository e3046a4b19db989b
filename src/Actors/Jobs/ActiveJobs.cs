using System.Diagnostics.CodeAnalysis;

namespace ActorFlow.Actors;

/// <summary>
/// The jobs of this process, each with one actor, whoever asks for it: those that are active, and those that have ended
/// for as long as somebody has a hold of them, since they may be told to go on.
/// </summary>
internal sealed class ActiveJobs(IThreads threads)
{
    private const int LeastToSweep = 1000;

    private readonly Lock _gate = new();
    // Their order does not depend on hashes: what is done to all jobs is done in the same order in every process.
    private readonly Dictionary<JobId, Entry> _entries = [];
    private readonly Dictionary<JobId, WeakReference<JobRef>> _ended = [];
    private int _sweepAt = LeastToSweep;

    /// <summary>Those that are active.</summary>
    public IReadOnlyList<JobRef> All
    {
        get
        {
            lock (_gate) return [.. _entries.Values.Select(entry => entry.Job).OfType<JobRef>()];
        }
    }

    /// <summary>Those that are active, and those that are just being made.</summary>
    public IReadOnlyList<Task<JobRef>> AllToCome
    {
        get
        {
            lock (_gate) return [.. _entries.Values.Select(entry => entry.Made)];
        }
    }

    /// <summary>
    /// Whether there is such a job, active or held by somebody; if it is just being made, the task says when it is.
    /// </summary>
    public bool TryFind(JobId id, [NotNullWhen(true)] out Task<JobRef>? job)
    {
        lock (_gate)
            job = _entries.GetValueOrDefault(id)?.Made
                ?? (_ended.GetValueOrDefault(id) is { } held && held.TryGetTarget(out var ended)
                    ? Task.FromResult(ended)
                    : null);
        return job is not null;
    }

    /// <summary>The job that is there, or the one that is made for everybody who asks.</summary>
    public async Task<(JobRef Job, bool IsOwn)> GetOrMakeAsync(
        JobId id, Func<Task<JobRef>> make, CancellationToken cancellationToken)
    {
        var own = new Entry(threads);
        while (Find(id, own, out var there))
        {
            try
            {
                return (await there.WaitAsync(cancellationToken).ConfigureAwait(false), false);
            }
            catch (Exception) when (there.IsFaulted)
            {
                // Why another's could not be made, a wrong input say, is not why this one's cannot.
                continue;
            }
        }

        try
        {
            var job = await make().ConfigureAwait(false);
            own.Complete(job);
            if (job.Signals.HasEnded) Release(job);
            return (job, true);
        }
        catch (Exception e)
        {
            lock (_gate) _entries.Remove(id);
            own.Fail(e);
            throw;
        }
    }

    // If nothing is found, the caller's own entry is there from now on.
    private bool Find(JobId id, Entry own, [NotNullWhen(true)] out Task<JobRef>? there)
    {
        lock (_gate)
        {
            there = null;
            if (_ended.TryGetValue(id, out var held) && held.TryGetTarget(out var job)) there = Task.FromResult(job);
            else if (!_entries.TryAdd(id, own)) there = _entries[id].Made;
            return there is not null;
        }
    }

    /// <summary>Whether this is the job of its id, for all who ask; of one that is just being made it waits.</summary>
    public async Task<bool> HoldsAsync(JobRef job)
    {
        try
        {
            return TryFind(job.Id, out var made) && await made.ConfigureAwait(false) == job;
        }
        catch (Exception)
        {
            // Whoever asked for it has heard why it could not be made.
            return false;
        }
    }

    /// <summary>A job that had ended goes on.</summary>
    public void Add(JobRef job)
    {
        var entry = new Entry(threads);
        entry.Complete(job);
        lock (_gate)
        {
            _entries[job.Id] = entry;
            _ended.Remove(job.Id);
        }
    }

    /// <summary>A job has ended.</summary>
    public void Release(JobRef job)
    {
        lock (_gate)
        {
            // While it is being made it is nobody else's; and it may go on already.
            if (_entries.GetValueOrDefault(job.Id)?.Job != job || !job.Signals.HasEnded) return;
            _entries.Remove(job.Id);
            _ended[job.Id] = new WeakReference<JobRef>(job);
            if (_ended.Count < _sweepAt) return;
            foreach (var (id, held) in _ended.ToList())
                if (!held.TryGetTarget(out _)) _ended.Remove(id);
            _sweepAt = Math.Max(LeastToSweep, _ended.Count * 2);
        }
    }

    /// <summary>A job cannot go on with this actor.</summary>
    public void Drop(JobRef job)
    {
        lock (_gate)
        {
            if (_entries.GetValueOrDefault(job.Id)?.Job == job) _entries.Remove(job.Id);
            if (_ended.GetValueOrDefault(job.Id) is { } held && held.TryGetTarget(out var target) && target == job)
                _ended.Remove(job.Id);
        }
    }

    /// <summary>A job that is made, or is to be.</summary>
    private sealed class Entry(IThreads threads)
    {
        private readonly Promise<JobRef> _made = new(threads);
        private volatile JobRef? _job;

        public JobRef? Job => _job;

        public Task<JobRef> Made => _made.Task;

        public void Complete(JobRef job)
        {
            _job = job;
            _made.Keep(job);
        }

        public void Fail(Exception error) => _made.Break(error);
    }
}
