namespace ActorFlow.Actors;

/// <summary>The real threads of one pool: started on demand, parked when there is nothing to take.</summary>
internal sealed class Workers : IWorkers
{
    /// <summary>
    /// A pool for work that waits is larger than the threads it needs: an attempt that awaits holds none.
    /// </summary>
    private const int MaxThreads = 64;

    private readonly Lock _gate = new();
    private readonly Pool _pool;
    private readonly Stack<ParkedThread> _parked = new();
    private int _allowed;
    private int _count;
    private int _permits;
    private bool _stopped;

    public Workers(Pool pool)
    {
        _pool = pool;
        _allowed = Math.Min(pool.Size, MaxThreads);
    }

    public void Wake(int ready, int free)
    {
        // The caller, if it is a worker of this pool between two attempts, is about to take one itself.
        if (Worker.Current is { IsFree: true } worker && ReferenceEquals(worker.Owner, this)) ready--;
        var count = Math.Min(ready, free);
        while (count-- > 0)
        {
            ParkedThread? parked;
            lock (_gate)
            {
                if (_stopped) return;
                if (!_parked.TryPop(out parked))
                {
                    if (_count < _allowed) Start();
                    else _permits = Math.Min(_permits + 1, _allowed);
                    continue;
                }
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
        var worker = new Worker(this, _pool);
        new Thread(worker.Run) { IsBackground = true, Name = $"actorflow {_pool.Name} {_count}" }.Start();
    }

    /// <summary>Parks the calling thread until it is woken.</summary>
    /// <returns>False when it is to end.</returns>
    public bool Park(ParkedThread self)
    {
        lock (_gate)
        {
            if (_stopped) return false;
            // Someone woke a worker when none was parked: it may have been for what came just now.
            if (_permits > 0)
            {
                _permits--;
                return true;
            }

            _parked.Push(self);
        }

        self.Park();
        return true;
    }
}

/// <summary>A thread that waits to be woken; a wake before the wait is not lost.</summary>
internal sealed class ParkedThread
{
    private readonly object _monitor = new();
    private bool _woken;

    public void Park()
    {
        lock (_monitor)
        {
            while (!_woken) Monitor.Wait(_monitor);
            _woken = false;
        }
    }

    public void Unpark()
    {
        lock (_monitor)
        {
            _woken = true;
            Monitor.Pulse(_monitor);
        }
    }
}
