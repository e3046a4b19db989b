namespace ActorFlow.Journal;

/// <summary>
/// Events in a directory of files, durable with nothing to install. The format is in docs/journal-format.md.
/// </summary>
/// <remarks>
/// One process at a time writes. Appends that wait are gathered into one write and one sync (group commit): whoever
/// finds nobody writing writes for all, so a lone appender pays for a sync and no hand-over between threads.
/// </remarks>
public sealed class FileJournal : IJournal
{
    private readonly Lock _gate = new();
    private readonly FileJournalOptions _options;
    private readonly IDisposable? _lock;
    private readonly JournalContents _contents;
    private readonly Dictionary<JobId, JobStream> _jobs = [];
    private readonly GroupCommit _commit;
    private readonly Compactor _compactor;

    private FileJournal(FileJournalOptions options, IDisposable? directoryLock, JournalContents contents)
    {
        _options = options;
        _lock = directoryLock;
        _contents = contents;
        foreach (var job in contents.Jobs.Values) _jobs.Add(job.Id, job);
        _commit = new GroupCommit(options, new SegmentLog(options, contents, _gate), _gate);
        _compactor = new Compactor(options, contents, _gate);
    }

    /// <summary>Opens a journal, or begins one.</summary>
    /// <exception cref="JournalLockedException">Another process writes to it.</exception>
    /// <exception cref="JournalDamagedException">It is damaged; nothing was changed.</exception>
    /// <exception cref="JournalWriteException">The directory cannot be used.</exception>
    public static FileJournal Open(FileJournalOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        IDisposable? directoryLock = null;
        try
        {
            if (!options.ReadOnly)
            {
                options.Disk.CreateDirectory(options.Directory);
                directoryLock = options.Disk.TryLock(Path.Combine(options.Directory, "lock"), out var owner)
                    ?? throw new JournalLockedException(options.Directory, owner);
            }

            var journal = new FileJournal(options, directoryLock, new JournalOpener(options).Open());
            if (!options.ReadOnly)
            {
                journal.ForgetExpired();
                journal._compactor.Run(() => journal._jobs.Values);
            }

            return journal;
        }
        catch (Exception e)
        {
            directoryLock?.Dispose();
            if (e is IOException or UnauthorizedAccessException) throw new JournalWriteException(options.Directory, e);
            throw;
        }
    }

    /// <inheritdoc />
    public void Append(JournalWrite write)
    {
        ArgumentNullException.ThrowIfNull(write);
        if (_options.ReadOnly) throw new InvalidOperationException("The journal was opened for reading only.");
        Exception? error = null;
        lock (_gate)
        {
            if (!_jobs.TryGetValue(write.Job, out var job))
                job = new JobStream(_contents.NextJob, write.Job);
            if (_commit.Broken is { } broken) error = broken;
            else if (job.Version != write.ExpectedVersion)
                error = new JournalConflictException(write.Job, write.ExpectedVersion, job.Version);
            else error = _commit.TryEnqueue(job, write);
            if (error is null && job.Version == 0)
            {
                _jobs.Add(write.Job, job);
                _contents.NextJob++;
            }

            if (error is null) job.Version += write.Events.Count;
        }

        if (error is not null) write.Completed(error);
        else _commit.LeadIfNobodyDoes();
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<JobEvent>> ReadAsync(
        JobId job, long fromVersion, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fromVersion, 1);
        List<RecordPlace> places;
        lock (_gate)
        {
            if (!_jobs.TryGetValue(job, out var stream)) return new([]);
            places = [.. stream.Places];
        }

        return new(RecordReader.Read(places, fromVersion, cancellationToken));
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<JournaledJob>> ListAsync(CancellationToken cancellationToken)
    {
        List<(JobId Id, List<RecordPlace> Ends, bool HasEnded)> jobs;
        lock (_gate)
            jobs = [.. _jobs.Values.Where(j => j.Places.Count > 0).OrderBy(j => j.Number)
                .Select(j => (j.Id, new List<RecordPlace> { j.Places[0], j.Places[^1] }, j.HasEnded))];
        return new([.. jobs.Select(j => RecordReader.Describe(j.Id, j.Ends[0], j.Ends[1], j.HasEnded))]);
    }

    /// <inheritdoc />
    public ValueTask<JournaledJob?> FindAsync(JobId job, CancellationToken cancellationToken)
    {
        RecordPlace first, last;
        bool hasEnded;
        lock (_gate)
        {
            if (!_jobs.TryGetValue(job, out var stream) || stream.Places.Count == 0) return new((JournaledJob?)null);
            (first, last, hasEnded) = (stream.Places[0], stream.Places[^1], stream.HasEnded);
        }

        return new(RecordReader.Describe(job, first, last, hasEnded));
    }

    /// <inheritdoc />
    public async ValueTask<bool> ForgetAsync(JobId job, CancellationToken cancellationToken)
    {
        Task forgotten;
        lock (_gate)
        {
            if (!_jobs.TryGetValue(job, out var stream)) return false;
            if (!stream.HasEnded) throw new JournalException($"Job '{job}' has not ended and cannot be forgotten.");
            forgotten = Bury(stream);
        }

        _commit.LeadIfNobodyDoes();
        await forgotten.ConfigureAwait(false);
        return true;
    }

    /// <summary>
    /// Forgets the jobs whose time is over, and gives the room of all forgotten jobs back to the disk.
    /// </summary>
    public async Task CompactAsync()
    {
        ForgetExpired();
        await _commit.WhenIdle().ConfigureAwait(false);
        _compactor.Run(() => _jobs.Values);
    }

    /// <summary>Waits for what was appended, and closes the journal.</summary>
    public async ValueTask DisposeAsync()
    {
        await _commit.CloseAsync().ConfigureAwait(false);
        foreach (var segment in _contents.Segments) segment.File.Dispose();
        _lock?.Dispose();
    }

    private void ForgetExpired()
    {
        if (_options.Retention is not { } retention) return;
        var limit = _options.Time.GetUtcNow() - retention;
        lock (_gate)
        {
            foreach (var job in _jobs.Values.Where(j => j.HasEnded && j.Places.Count > 0).ToList())
                if (RecordReader.Describe(job.Id, job.Places[0], job.Places[^1], hasEnded: true)
                    .EndedAt < limit) _ = Bury(job);
        }

        _commit.LeadIfNobodyDoes();
    }

    private Task Bury(JobStream job)
    {
        _jobs.Remove(job.Id);
        _contents.Forgotten.Add(job.Number);
        _contents.Dirty.UnionWith(job.Places.Select(place => place.Segment));
        return _commit.EnqueueForget(job);
    }
}
