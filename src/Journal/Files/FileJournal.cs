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
    private const string LockFile = "lock";

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _compaction = new(1);
    private readonly FileJournalOptions _options;
    private readonly IDisposable? _lock;
    private readonly JournalContents _contents;
    private readonly GroupCommit _commit;
    private readonly Compactor _compactor;

    private FileJournal(FileJournalOptions options, IDisposable? directoryLock, JournalContents contents)
    {
        _options = options;
        _lock = directoryLock;
        _contents = contents;
        _commit = new GroupCommit(options, contents, _gate);
        _compactor = new Compactor(options, contents, _gate);
    }

    /// <summary>Opens a journal, or begins one.</summary>
    /// <exception cref="JournalLockedException">Another process writes to it.</exception>
    /// <exception cref="JournalDamagedException">It is damaged; nothing was changed.</exception>
    /// <exception cref="JournalWriteException">The directory cannot be used.</exception>
    public static FileJournal Open(FileJournalOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(options.Directory, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.SegmentBytes, 1, nameof(options));
        try
        {
            return options.ReadOnly
                ? new FileJournal(options, null, new JournalOpener(options).OpenToRead())
                : OpenToWrite(options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw JournalWriteException.AtOpening(options.Directory, e);
        }
    }

    /// <summary>Since when a process has a journal to write; null if none has.</summary>
    /// <param name="directory">The directory of the journal.</param>
    public static DateTimeOffset? WrittenSince(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        var file = Path.Combine(directory, LockFile);
        return PhysicalDisk.IsLocked(file) ? new DateTimeOffset(File.GetLastWriteTimeUtc(file)) : null;
    }

    private static FileJournal OpenToWrite(FileJournalOptions options)
    {
        options.Disk.CreateDirectory(options.Directory);
        var directoryLock = options.Disk.TryLock(Path.Combine(options.Directory, LockFile), out var owner)
            ?? throw new JournalLockedException(options.Directory, owner);
        FileJournal? journal = null;
        try
        {
            journal = new FileJournal(options, directoryLock, new JournalOpener(options).OpenToWrite());
            // Nobody else has the journal yet: this ends at once.
            journal.CompactAsync().GetAwaiter().GetResult();
            return journal;
        }
        catch
        {
            journal?._commit.Dispose();
            journal?._contents.Close();
            directoryLock.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public void Append(JournalWrite write)
    {
        AppendRules.Require(write);
        RequireWritable();
        // Looked at without the gate: a little more than the most does no harm.
        if (_commit.IsFull) _commit.WaitForRoom();
        Exception? error = null;
        lock (_gate)
        {
            var job = _contents.Jobs.GetValueOrDefault(write.Job);
            var version = job?.Version ?? 0;
            // What is on its way out cannot go on.
            if (job?.Burial is not null && version == write.ExpectedVersion) version = 0;
            if (_commit.Refusal is { } refusal) error = refusal;
            else if (version != write.ExpectedVersion)
                error = new JournalConflictException(write.Job, write.ExpectedVersion, version);
            else error = Enqueue(job ?? new JobStream(_contents.NextJob, write.Job), write);
        }

        if (error is not null) write.Completed(error);
        else _commit.LeadIfNobodyDoes();
    }

    private Exception? Enqueue(JobStream job, JournalWrite write)
    {
        if (_commit.TryEnqueue(job, write) is { } error) return error;
        if (_contents.Jobs.TryAdd(job.Id, job)) _contents.NextJob++;
        job.Version += write.Events.Count;
        return null;
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<JobEvent>> ReadAsync(
        JobId job, long fromVersion, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fromVersion, 1);
        List<RecordPlace> places;
        lock (_gate)
        {
            if (!_contents.Jobs.TryGetValue(job, out var stream)) return new([]);
            places = stream.PlacesFrom(fromVersion);
        }

        return new(RecordReader.Read(places, fromVersion, cancellationToken));
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<JournaledJob>> ListAsync(CancellationToken cancellationToken)
    {
        List<JobLine> lines;
        lock (_gate)
            lines = [.. _contents.Jobs.Values.Where(j => j.Places.Count > 0).OrderBy(j => j.Number).Select(JobLine.Of)];
        return new([.. lines.Select(line => line.ReadForList())]);
    }

    /// <inheritdoc />
    public ValueTask<JournaledJob?> FindAsync(JobId job, CancellationToken cancellationToken)
    {
        JobLine line;
        lock (_gate)
        {
            if (!_contents.Jobs.TryGetValue(job, out var stream) || stream.Places.Count == 0)
                return new((JournaledJob?)null);
            line = JobLine.Of(stream);
        }

        return new(line.Read());
    }

    /// <inheritdoc />
    public async ValueTask<bool> ForgetAsync(JobId job, CancellationToken cancellationToken)
    {
        RequireWritable();
        Task burial;
        bool isFirst;
        lock (_gate)
        {
            if (_commit.Refusal is { } refusal) throw refusal;
            if (!_contents.Jobs.TryGetValue(job, out var stream) || stream.DurableVersion == 0) return false;
            if (!stream.HasEnded || stream.Version > stream.DurableVersion)
                throw new JournalException($"Job '{job}' has not ended and cannot be forgotten.");
            isFirst = stream.Burial is null;
            burial = stream.Burial ??= _commit.EnqueueForget(stream);
        }

        _commit.LeadIfNobodyDoes();
        await burial.ConfigureAwait(false);
        return isFirst;
    }

    /// <summary>
    /// Forgets the jobs whose time is over, and gives the room of all forgotten jobs back to the disk.
    /// </summary>
    /// <exception cref="JournalWriteException">That failed; what was not forgotten yet is still there.</exception>
    public async Task CompactAsync()
    {
        RequireWritable();
        await _compaction.WaitAsync().ConfigureAwait(false);
        try
        {
            await ForgetExpiredAsync().ConfigureAwait(false);
            HashSet<ulong> forgotten;
            lock (_gate)
            {
                if (_commit.Refusal is { } refusal) throw refusal;
                forgotten = [.. _contents.Forgotten.Keys];
            }

            // Only after it is durable that they are forgotten may their records go.
            if (await _commit.SyncAsync().ConfigureAwait(false) is { } failure) throw failure;
            _compactor.Run(forgotten);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JournalWriteException(_options.Directory, e);
        }
        finally
        {
            _compaction.Release();
        }
    }

    /// <summary>Waits for what was appended, and closes the journal.</summary>
    /// <exception cref="JournalWriteException">What a relaxed journal had not synced could not be.</exception>
    public async ValueTask DisposeAsync()
    {
        await _compaction.WaitAsync().ConfigureAwait(false);
        try
        {
            await _commit.CloseAsync().ConfigureAwait(false);
        }
        finally
        {
            _contents.Close();
            _lock?.Dispose();
            _compaction.Release();
        }
    }

    private async Task ForgetExpiredAsync()
    {
        if (_options.Retention is not { } retention) return;
        var now = _options.Time.GetUtcNow();
        // What is to be kept for longer than there has been time is kept for ever.
        var limit = retention < now - DateTimeOffset.MinValue ? now - retention : DateTimeOffset.MinValue;
        var burials = new List<Task>();
        LearnWhenJobsEnded();
        lock (_gate)
        {
            if (_commit.Refusal is not null) return;
            foreach (var job in _contents.Jobs.Values)
                if (job is { HasEnded: true, Burial: null } && job.Version == job.DurableVersion && job.EndedAt < limit)
                    burials.Add(job.Burial = _commit.EnqueueForget(job));
        }

        _commit.LeadIfNobodyDoes();
        await Task.WhenAll(burials).ConfigureAwait(false);
        if (burials.Count > 0) _options.OnForgotten?.Invoke(burials.Count, limit);
    }

    // Of jobs that another process has ended it has to be read, which must not hold up those who append.
    private void LearnWhenJobsEnded()
    {
        List<(JobStream Job, RecordPlace Last)> unknown;
        lock (_gate)
            unknown = [.. _contents.Jobs.Values.Where(job => job is { HasEnded: true, EndedAt: null, Burial: null })
                .Select(job => (job, job.Places[^1]))];
        var unreadable = new List<string>();
        foreach (var (job, last) in unknown)
        {
            try
            {
                var endedAt = RecordReader.ReadEnd(last)?.At;
                lock (_gate)
                    if (job.HasEnded && job.Places[^1] == last) job.EndedAt = endedAt;
            }
            catch (JournalDamagedException e)
            {
                // It stays, and keeps nobody from forgetting the others.
                unreadable.Add($"'{job.Id}': {e.Message}");
            }
        }

        if (unreadable.Count > 0)
            _options.OnNotice?.Invoke(
                $"{unreadable.Count} jobs are kept, however old they are: when they ended cannot be read. "
                + $"The first is job {unreadable[0]}");
    }

    private void RequireWritable()
    {
        if (_options.ReadOnly) throw new InvalidOperationException("The journal was opened for reading only.");
    }
}
