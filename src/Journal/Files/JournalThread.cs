namespace ActorFlow.Journal;

/// <summary>
/// A journal's own thread: what waits is written there when whoever wrote before has done their share.
/// </summary>
/// <remarks>
/// Not on the shared thread pool: user code that blocks its threads would hold up the appends of all jobs.
/// </remarks>
internal sealed class JournalThread : IDisposable
{
    private readonly object _gate = new();
    private readonly Queue<Action> _work = new();
    private bool _isStopped;

    /// <summary>Starts the thread: a journal that cannot have one is not opened.</summary>
    public JournalThread() => new Thread(Run) { IsBackground = true, Name = "actorflow journal" }.Start();

    /// <summary>Runs work on the thread.</summary>
    public void Schedule(Action work)
    {
        lock (_gate)
        {
            _work.Enqueue(work);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>The thread ends with the work that it has.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isStopped = true;
            Monitor.Pulse(_gate);
        }
    }

    private void Run()
    {
        while (Next() is { } work) work();
    }

    private Action? Next()
    {
        lock (_gate)
        {
            while (_work.Count == 0 && !_isStopped) Monitor.Wait(_gate);
            return _work.TryDequeue(out var work) ? work : null;
        }
    }
}
