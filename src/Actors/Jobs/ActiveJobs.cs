using System.Diagnostics.CodeAnalysis;

namespace ActorFlow.Actors;

/// <summary>The jobs that are active in this process, each made once, whoever asks for it meanwhile.</summary>
internal sealed class ActiveJobs(IThreads threads)
{
    private readonly Lock _gate = new();
    // Its order does not depend on hashes: what is done to all jobs is done in the same order in every process.
    private readonly Dictionary<JobId, Entry> _entries = [];

    /// <summary>Those that are made.</summary>
    public IReadOnlyList<JobRef> All
    {
        get
        {
            lock (_gate) return [.. _entries.Values.Select(entry => entry.Job).OfType<JobRef>()];
        }
    }

    /// <summary>Whether there is such a job; if it is just being made, the task says when it is.</summary>
    public bool TryFind(JobId id, [NotNullWhen(true)] out Task<JobRef>? job)
    {
        lock (_gate) job = _entries.GetValueOrDefault(id)?.Made;
        return job is not null;
    }

    /// <summary>The job that is there, or the one that is made for everybody who asks.</summary>
    public async Task<(JobRef Job, bool IsOwn)> GetOrMakeAsync(
        JobId id, Func<Task<JobRef>> make, CancellationToken cancellationToken)
    {
        var own = new Entry(threads);
        var entry = GetOrAdd(id, own);
        if (entry != own) return (await entry.Made.WaitAsync(cancellationToken).ConfigureAwait(false), false);
        try
        {
            var job = await make().ConfigureAwait(false);
            own.Complete(job);
            if (job.Signals.HasEnded) Remove(own, id);
            return (job, true);
        }
        catch (Exception e)
        {
            Remove(own, id);
            own.Fail(e);
            throw;
        }
    }

    /// <summary>A job that had ended is active again.</summary>
    public void Add(JobRef job)
    {
        var entry = new Entry(threads);
        entry.Complete(job);
        GetOrAdd(job.Id, entry);
    }

    /// <summary>A job has ended, or cannot go on here.</summary>
    public void Remove(JobRef job)
    {
        lock (_gate)
            if (_entries.GetValueOrDefault(job.Id)?.Job == job) _entries.Remove(job.Id);
    }

    private Entry GetOrAdd(JobId id, Entry own)
    {
        lock (_gate)
        {
            if (_entries.TryAdd(id, own)) return own;
            return _entries[id];
        }
    }

    private void Remove(Entry entry, JobId id)
    {
        lock (_gate)
            if (_entries.GetValueOrDefault(id) == entry) _entries.Remove(id);
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
