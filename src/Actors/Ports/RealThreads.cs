namespace ActorFlow.Actors;

/// <summary>
/// Threads of our own for supervisors and for each pool; the shared thread pool runs only what users await.
/// </summary>
public sealed class RealThreads : IThreads
{
    private readonly Lock _gate = new();
    private readonly Queue<IWork> _turns = new();
    private readonly Stack<ParkedThread> _parked = new();
    private readonly Pulse _pulse;
    private Workers[] _workers = [];
    private readonly int _supervisors = Math.Max(2, Environment.ProcessorCount);
    private int _count;
    private bool _stopped;

    /// <summary>Threads that start when there is something for them to do.</summary>
    public RealThreads()
    {
        _pulse = new Pulse(() => Volatile.Read(ref _workers));
        _pulse.Start();
    }

    /// <inheritdoc />
    public void Supervise(IWork turn)
    {
        ParkedThread? parked = null;
        bool isStopped;
        lock (_gate)
        {
            isStopped = _stopped;
            if (!isStopped)
            {
                _turns.Enqueue(turn);
                if (!_parked.TryPop(out parked) && _count < _supervisors) Start();
            }
        }

        // The threads are gone, but whoever asks of a job still gets an answer.
        if (isStopped) RunAside(turn.Execute);
        else parked?.Unpark();
    }

    /// <inheritdoc />
    public void RunAside(Action callback) =>
        ThreadPool.UnsafeQueueUserWorkItem(static run => run(), callback, preferLocal: false);

    /// <inheritdoc />
    public IWorkers StartWorkers(Pool pool)
    {
        var workers = new Workers(pool, _pulse, Supervise);
        lock (_gate) _workers = [.. _workers, workers];
        return workers;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
            foreach (var parked in _parked) parked.Unpark();
            _parked.Clear();
            foreach (var workers in _workers) workers.Stop();
        }

        _pulse.Stop();
    }

    private void Start()
    {
        _count++;
        new Thread(RunTurns) { IsBackground = true, Name = $"actorflow supervisor {_count}" }.Start();
    }

    private void RunTurns()
    {
        var self = new ParkedThread();
        while (true)
        {
            IWork? turn;
            lock (_gate)
            {
                if (!_turns.TryDequeue(out turn))
                {
                    if (_stopped) return;
                    _parked.Push(self);
                }
            }

            if (turn is null) self.Park();
            else turn.Execute();
        }
    }
}
