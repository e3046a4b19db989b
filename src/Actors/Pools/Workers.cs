namespace ActorFlow.Actors;

/// <summary>The real threads of one pool: started on demand, parked when there is nothing to take.</summary>
internal sealed class Workers : IWorkers
{
    /// <summary>
    /// A pool for work that waits is larger than the threads it needs: an attempt that awaits holds none.
    /// </summary>
    private const int MaxThreads = 64;

    /// <summary>Attempts that are shorter than this are better off on one thread.</summary>
    private static readonly TimeSpan BriskAttempt = TimeSpan.FromMicroseconds(1.2);

    /// <summary>Attempts that are shorter than this are not worth another thread for what they lead to.</summary>
    private static readonly TimeSpan HurriedAttempt = TimeSpan.FromMicroseconds(5);

    private readonly Lock _gate = new();
    private readonly Pool _pool;
    private readonly Pulse _pulse;
    private readonly Action<IWork> _supervise;
    private readonly Stack<ParkedThread> _parked = new();
    private readonly List<Seen> _workers = [];
    private int _allowed;
    private int _count;
    private int _awake;
    private int _permits;
    private bool _stopped;
    private volatile bool _isBrisk;
    private volatile bool _isHurried;

    public Workers(Pool pool, Pulse pulse, Action<IWork> supervise)
    {
        _pool = pool;
        _pulse = pulse;
        _supervise = supervise;
        _allowed = Math.Min(pool.Size, MaxThreads);
    }

    /// <summary>Whether attempts are so short that one worker does more alone than with others.</summary>
    public bool IsBrisk => _isBrisk;

    /// <summary>Whether the calling worker had better rest.</summary>
    public bool IsOneTooMany => _isBrisk && Volatile.Read(ref _awake) > 1;

    /// <summary>Whether attempts are so short that giving another thread a supervisor's turn takes longer.</summary>
    public bool IsHurried => _isHurried;

    /// <summary>Another thread takes a supervisor's turn.</summary>
    public void Supervise(IWork turn) => _supervise(turn);

    /// <summary>A worker is about to run an attempt.</summary>
    public void Beat() => _pulse.Beat();

    public void Wake(int ready, int free)
    {
        _pulse.Beat();
        // The caller, if it is a worker of this pool between two attempts, is about to take one itself.
        if (Worker.Current is { IsFree: true } worker && worker.Owner == this && !IsOneTooMany) ready--;
        var count = Math.Min(ready, free);
        while (count-- > 0)
        {
            ParkedThread? parked;
            lock (_gate)
            {
                if (_stopped) return;
                if (_isBrisk && _awake > 0)
                {
                    _permits = Math.Max(_permits, 1);
                    return;
                }

                if (!_parked.TryPop(out parked))
                {
                    if (_count < _allowed) Start();
                    else _permits = Math.Min(_permits + 1, _allowed);
                    continue;
                }

                _awake++;
            }

            parked.Unpark();
        }
    }

    public void Replace()
    {
        lock (_gate)
        {
            _allowed++;
            if (!_stopped) Start();
        }
    }

    /// <summary>A worker came back from an attempt that was abandoned, and has been replaced: it is to end.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            _allowed--;
            _count--;
            _awake--;
            _workers.RemoveAll(seen => seen.Worker == Worker.Current);
        }
    }

    public void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            foreach (var parked in _parked) parked.Unpark();
            _parked.Clear();
        }
    }

    private void Start()
    {
        _count++;
        _awake++;
        var worker = new Worker(this, _pool);
        _workers.Add(new Seen(worker));
        new Thread(worker.Run) { IsBackground = true, Name = $"actorflow {_pool.Name} {_count}" }.Start();
    }

    /// <summary>Parks the calling thread until it is woken.</summary>
    /// <param name="self">The thread.</param>
    /// <param name="isOneTooMany">Whether it rests though there may be attempts, because others are awake.</param>
    /// <returns>False when it is to end.</returns>
    public bool Park(ParkedThread self, bool isOneTooMany)
    {
        lock (_gate)
        {
            if (_stopped) return false;
            // Someone woke a worker when none was parked: it may have been for what came just now.
            if (isOneTooMany)
            {
                if (!IsOneTooMany) return true;
            }
            else if (_permits > 0)
            {
                _permits--;
                return true;
            }

            _awake--;
            _parked.Push(self);
        }

        self.Park();
        return true;
    }

    /// <summary>What <see cref="Pulse"/> does, once a millisecond.</summary>
    /// <param name="since">How long ago it looked last.</param>
    /// <returns>Whether anything ran since then.</returns>
    public bool LookAt(TimeSpan since)
    {
        var (begun, stuck, blocked) = (0, 0, 0);
        List<IWork>? putOff = null;
        lock (_gate)
        {
            foreach (var seen in _workers)
            {
                var attempts = seen.Worker.Attempts;
                begun += attempts - seen.Attempts;
                var isSlow = attempts == seen.Attempts;
                seen.Attempts = attempts;
                // Whatever it is at, an attempt or a supervisor's turn: no other turn is to wait for that.
                if (isSlow && seen.Worker.TakePutOff() is { } turn) (putOff ??= []).Add(turn);
                if (!isSlow || seen.Worker is not { IsInAttempt: true, IsGivenUp: false }) continue;
                stuck++;
                if (seen.Worker.TryReplace()) blocked++;
            }
        }

        for (; blocked > 0; blocked--) Replace();
        var wasBrisk = _isBrisk;
        _isBrisk = stuck == 0 && begun > 0 && since / begun < BriskAttempt;
        _isHurried = begun > 0 && since / begun < HurriedAttempt;
        if (putOff is not null)
            foreach (var turn in putOff) _supervise(turn);
        if (wasBrisk && !_isBrisk) _pool.WakeWorkers();
        return begun > 0 || stuck > 0 || _pool.HasTakeable;
    }

    /// <summary>A worker, and how many attempts it had begun when it was looked at last.</summary>
    private sealed class Seen(Worker worker)
    {
        public Worker Worker { get; } = worker;

        public int Attempts { get; set; }
    }
}
