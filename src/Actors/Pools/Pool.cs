using System.Diagnostics.CodeAnalysis;

namespace ActorFlow.Actors;

/// <summary>A named number of slots, shared by all jobs: who may start attempts, and how many run at once.</summary>
/// <remarks>
/// A job takes slots before it records that attempts start, and gives them back when they have ended. Slots that come
/// free go to waiting jobs in turn, higher priority first, one each: a job of a million tasks does not hold up a job
/// of three. There may be a few more slots than attempts may run (see <see cref="Lookahead"/>): those attempts wait
/// here.
/// </remarks>
public sealed class Pool
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<SlotClaim, (int Priority, long Order)> _waiting = new();
    private readonly IWorkers _workers;
    private AttemptLine _ready;
    private long _order;
    private int _waitingClaims;
    private int _readyAttempts;
    private int _taken;
    private int _running;

    /// <summary>Makes a pool and its workers.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="size">How many attempts may run at once; at least 1.</param>
    /// <param name="threads">Where they run.</param>
    public Pool(string name, int size, IThreads threads)
    {
        ArgumentNullException.ThrowIfNull(threads);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        Name = name;
        Size = size;
        _workers = threads.StartWorkers(this);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>How many attempts may run at once.</summary>
    public int Size { get; }

    /// <summary>How many slots jobs have.</summary>
    internal int TakenSlots => Volatile.Read(ref _taken);

    /// <summary>How many attempts run now.</summary>
    public int RunningAttempts => Volatile.Read(ref _running);

    /// <summary>A job goes on with slots whose attempts have ended, if nobody else waits for one.</summary>
    /// <returns>How many it keeps.</returns>
    internal int Keep(SlotClaim claim, int wanted)
    {
        if (Volatile.Read(ref _waitingClaims) > (claim.IsWaiting ? 1 : 0)) return 0;
        // It may look less far ahead than before.
        var tooMany = Math.Max(0, Volatile.Read(ref _taken) - Size - claim.Lookahead);
        var kept = Math.Clamp(claim.Released - tooMany, 0, wanted);
        claim.Released -= kept;
        return kept;
    }

    /// <summary>Whether an exchange would change anything.</summary>
    internal bool IsToBeAsked(SlotClaim claim, int wanted) =>
        claim.Released > 0
        || (wanted > 0 && (!claim.IsToBeOffered || Volatile.Read(ref _taken) < Size + claim.Lookahead));

    /// <summary>
    /// A job gives slots back and asks for others; what it does not get now, it is offered in its turn.
    /// </summary>
    /// <returns>How many it got.</returns>
    internal int Exchange(SlotClaim claim, int wanted)
    {
        lock (_gate)
        {
            _taken -= claim.Released;
            claim.Released = 0;
            claim.Wanted = wanted;
            var others = _waitingClaims - (claim.IsWaiting ? 1 : 0);
            if (others > 0) Offer(except: claim);
            var free = Size + claim.Lookahead - _taken;
            var granted = others > 0 && _waitingClaims > 0 ? 0 : Math.Clamp(free, 0, wanted);
            _taken += granted;
            claim.Wanted -= granted;
            if (claim.Wanted > 0 && !claim.IsWaiting) Wait(claim);
            return granted;
        }
    }

    /// <summary>
    /// Whether a slot will come: one is on its way, or the job is in the queue and others have slots to give back.
    /// </summary>
    internal bool WillOffer(SlotClaim claim)
    {
        lock (_gate) return claim.OnTheWay > 0 || (claim.IsToBeOffered && _taken > 0);
    }

    /// <summary>A slot that was on its way to a job is there.</summary>
    internal void Delivered(SlotClaim claim)
    {
        lock (_gate) claim.OnTheWay--;
    }

    private void Wait(SlotClaim claim)
    {
        claim.IsWaiting = true;
        _waitingClaims++;
        // Not the negative, which the least of all has not.
        _waiting.Enqueue(claim, (~claim.Priority, _order++));
    }

    // A slot is reserved for the job that is offered it: by the time it has its turn nobody can have taken it.
    private void Offer(SlotClaim except)
    {
        while (_waiting.TryPeek(out var next, out _) && _taken < Size + next.Lookahead)
        {
            _waiting.Dequeue();
            _waitingClaims--;
            next.IsWaiting = false;
            if (next.Wanted == 0) continue;
            _taken++;
            next.Wanted--;
            next.OnTheWay++;
            next.Job.Ref.Post(new SlotOffer(next));
            // Whoever wants more goes to the end of the queue: one slot each, in turn. The one in its turn asks anew.
            if (next.Wanted > 0 && next != except) Wait(next);
        }
    }

    /// <summary>
    /// Gives an attempt whose start is durable to the calling thread, to run it next, if none waits that it would pass.
    /// </summary>
    internal bool TryHandOver(TaskActor attempt) =>
        Volatile.Read(ref _readyAttempts) == 0 && Worker.TryHandOver(this, attempt);

    /// <summary>Queues attempts whose start is durable.</summary>
    /// <param name="attempts">The attempts; an empty line afterwards.</param>
    internal void Enqueue(ref AttemptLine attempts)
    {
        int ready, free;
        lock (_gate)
        {
            _ready.AddAll(ref attempts);
            _readyAttempts = _ready.Count;
            (ready, free) = (_ready.Count, Size - _running);
        }

        if (free > 0) _workers.Wake(ready, free);
    }

    /// <summary>A worker takes the next attempt, if one may run.</summary>
    /// <param name="hasEnded">Whether the attempt that the worker took before has ended.</param>
    /// <param name="attempt">The attempt.</param>
    internal bool TryTake(bool hasEnded, [NotNullWhen(true)] out TaskActor? attempt)
    {
        lock (_gate)
        {
            if (hasEnded) _running--;
            attempt = null;
            if (_running >= Size || !_ready.TryTake(out attempt)) return false;
            _readyAttempts = _ready.Count;
            _running++;
            return true;
        }
    }

    /// <summary>Whether attempts wait for a worker.</summary>
    internal bool HasReady => Volatile.Read(ref _readyAttempts) > 0;

    /// <summary>Whether attempts wait that may run: a worker is about to take one.</summary>
    internal bool HasTakeable => HasReady && RunningAttempts < Size;

    /// <summary>A worker rests after an attempt that has ended, and others go on.</summary>
    internal void Leave()
    {
        lock (_gate) _running--;
    }

    /// <summary>Wakes workers for the attempts that wait.</summary>
    internal void WakeWorkers()
    {
        int ready, free;
        lock (_gate) (ready, free) = (_ready.Count, Size - _running);
        if (ready > 0 && free > 0) _workers.Wake(ready, free);
    }

    /// <summary>An attempt has ended that no worker waited for.</summary>
    internal void Ended()
    {
        bool wake;
        lock (_gate)
        {
            _running--;
            wake = _ready.Count > 0;
        }

        if (wake) _workers.Wake(ready: 1, free: 1);
    }

    /// <summary>An attempt was abandoned: it may hold its thread for ever.</summary>
    internal void Abandoned(bool holdsThread)
    {
        if (holdsThread) _workers.Replace();
        Ended();
    }
}
