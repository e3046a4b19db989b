namespace ActorFlow.Journal;

/// <summary>What a journal keeps in memory of its directory: the segments, and where each job's records lie.</summary>
internal sealed class JournalContents
{
    public List<Segment> Segments { get; } = [];

    public Dictionary<JobId, JobStream> Jobs { get; } = [];

    /// <summary>
    /// The jobs that are forgotten, but may have records still: by number, and in which segment it says so.
    /// </summary>
    public Dictionary<ulong, uint> Forgotten { get; } = [];

    /// <summary>Segments with records of such jobs.</summary>
    public HashSet<Segment> Dirty { get; } = [];

    public ulong NextSequence { get; set; } = 1;

    public ulong NextJob { get; set; } = 1;

    /// <summary>A job is forgotten, and that is on the disk.</summary>
    /// <param name="job">The job.</param>
    /// <param name="segment">The number of the segment that says so.</param>
    public void Forget(JobStream job, uint segment)
    {
        Jobs.Remove(job.Id);
        Forgotten[job.Number] = segment;
        Dirty.UnionWith(job.Places.Select(place => place.Segment));
    }

    /// <summary>Closes the files.</summary>
    public void Close()
    {
        foreach (var segment in Segments) segment.File.Dispose();
    }
}

/// <summary>What the journal keeps in memory of one job.</summary>
internal sealed class JobStream(ulong number, JobId id)
{
    public ulong Number { get; } = number;

    public JobId Id { get; } = id;

    /// <summary>How many events it has, those included that are on their way to the disk.</summary>
    public long Version { get; set; }

    /// <summary>How many events the disk has.</summary>
    public long DurableVersion { get; set; }

    /// <summary>Whether its last event, as far as the disk has it, ended it.</summary>
    public bool HasEnded { get; set; }

    /// <summary>When that was; null if it has not ended, or nobody has looked since the journal was opened.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Ends when it is on the disk that the job is forgotten; null while nobody wants that.</summary>
    public Task? Burial { get; set; }

    /// <summary>Where its records lie, in order; only those that are durable.</summary>
    public List<RecordPlace> Places { get; } = [];

    // The version of the first event of each record: who follows a job must not read all of it again and again.
    private readonly List<long> _firstVersions = [];

    /// <summary>Adds a record.</summary>
    public void Add(RecordPlace place, long firstVersion)
    {
        Places.Add(place);
        _firstVersions.Add(firstVersion);
    }

    /// <summary>Where the events from a version on lie.</summary>
    public List<RecordPlace> PlacesFrom(long version)
    {
        var found = _firstVersions.BinarySearch(version);
        var first = found >= 0 ? found : Math.Max(0, ~found - 1);
        return Places[first..];
    }
}
