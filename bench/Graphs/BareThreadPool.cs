using System.Diagnostics;

namespace ActorFlow.Bench.Graphs;

/// <summary>
/// Runs a graph on the thread pool with a counter per task: the limit that the engine is measured against.
/// </summary>
/// <remarks>No names, no outputs, no report, no failure: what a program would write by hand for one graph.</remarks>
internal sealed class BareThreadPool
{
    private readonly BenchGraph _graph;
    private readonly bool _preferLocal;
    private readonly Action<int>? _body;
    private readonly Action<int> _run;
    private readonly int[] _pending;
    private readonly TaskCompletionSource _ended = new();
    private int _sinks;

    private BareThreadPool(BenchGraph graph, bool preferLocal, Action<int>? body)
    {
        _graph = graph;
        _preferLocal = preferLocal;
        _body = body;
        _run = Run;
        _pending = new int[graph.Tasks];
        for (var task = 0; task < graph.Tasks; task++)
        {
            _pending[task] = graph.Upstream(task).Length;
            if (graph.Downstream(task).IsEmpty) _sinks++;
        }
    }

    /// <summary>Runs every task once, after those it needs.</summary>
    /// <param name="graph">What to run.</param>
    /// <param name="preferLocal">
    /// Whether a thread queues what it made ready for itself first, and others steal it; otherwise for all alike.
    /// </param>
    /// <param name="body">What a task does with its number; null for nothing.</param>
    /// <returns>From the first task queued to the last one ended.</returns>
    public static TimeSpan Run(BenchGraph graph, bool preferLocal, Action<int>? body = null)
    {
        var run = new BareThreadPool(graph, preferLocal, body);
        if (graph.Tasks == 0) return TimeSpan.Zero;
        var started = Stopwatch.GetTimestamp();
        // From a thread of the pool, since others have no queue of their own.
        ThreadPool.UnsafeQueueUserWorkItem(static each => each.QueueRoots(), run, preferLocal: false);
        run._ended.Task.Wait();
        return Stopwatch.GetElapsedTime(started);
    }

    private void QueueRoots()
    {
        for (var task = 0; task < _graph.Tasks; task++)
            if (_graph.Upstream(task).IsEmpty) Queue(task);
    }

    private void Queue(int task) => ThreadPool.UnsafeQueueUserWorkItem(_run, task, _preferLocal);

    private void Run(int task)
    {
        _body?.Invoke(task);
        var downstream = _graph.Downstream(task);
        foreach (var next in downstream)
            if (Interlocked.Decrement(ref _pending[next]) == 0) Queue(next);
        // Only tasks that nobody needs can be the last: the others save the shared counter.
        if (downstream.IsEmpty && Interlocked.Decrement(ref _sinks) == 0) _ended.SetResult();
    }
}
