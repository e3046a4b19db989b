namespace ActorFlow.Actors;

/// <summary>
/// What one job has to do with one pool: slots to give back, slots to ask for, its place in the queue.
/// </summary>
internal sealed class SlotClaim(JobActor job, Pool pool, int number, int mostAhead)
{
    private readonly Lookahead _lookahead = new(pool.Size, mostAhead);

    public JobActor Job { get; } = job;

    public Pool Pool { get; } = pool;

    /// <summary>The pool's number in the job's flow.</summary>
    public int Number { get; } = number;

    /// <summary>Jobs of higher priority are offered slots first.</summary>
    public int Priority => Job.State.Submitted?.Priority ?? 0;

    /// <summary>Slots whose attempts have ended since the last exchange; the job's own turn only.</summary>
    public int Released { get; set; }

    /// <summary>Slots that came with an offer and are not used yet; the job's own turn only.</summary>
    public int Offered { get; set; }

    /// <summary>
    /// How many slots it may take beyond the size of the pool, so that workers do not run dry during a sync.
    /// </summary>
    public int Lookahead { get; private set; }

    /// <summary>Slots that the job would take; guarded by the pool.</summary>
    public int Wanted { get; set; }

    /// <summary>Slots that are reserved for the job, and on their way to it; guarded by the pool.</summary>
    public int OnTheWay { get; set; }

    /// <summary>Whether the job is in the pool's queue; guarded by the pool.</summary>
    public bool IsWaiting { get; set; }

    /// <summary>Whether the pool will offer it a slot: it wants one, and waits for its turn.</summary>
    public bool IsToBeOffered => IsWaiting && Wanted > 0;

    /// <summary>Learns from what has ended; the job's own turn only.</summary>
    public void LookAhead() => Lookahead = _lookahead.Observe(Released, Job.Now, Job.LastAppend.Took);
}
