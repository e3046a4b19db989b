using System.Runtime.InteropServices;

namespace ActorFlow.Bench.Graphs;

/// <summary>Puts a graph together task by task, in an order in which it could run.</summary>
internal sealed class BenchGraphBuilder(string name)
{
    private readonly List<int> _starts = [0];
    private readonly List<int> _upstream = [];

    /// <summary>How many tasks there are so far: the number of the next one.</summary>
    public int Tasks => _starts.Count - 1;

    /// <summary>Adds a task.</summary>
    /// <param name="upstream">What it needs; all added before.</param>
    /// <returns>Its number.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A task that it needs is not there yet.</exception>
    public int AddTask(params ReadOnlySpan<int> upstream)
    {
        var task = Tasks;
        foreach (var up in upstream)
        {
            if (up < 0 || up >= task)
                throw new ArgumentOutOfRangeException(nameof(upstream), up, $"Only tasks below {task} are there yet.");
        }

        _upstream.AddRange(upstream);
        _starts.Add(_upstream.Count);
        return task;
    }

    /// <summary>The graph so far.</summary>
    public BenchGraph Build() =>
        new(name, CollectionsMarshal.AsSpan(_starts).ToArray(), CollectionsMarshal.AsSpan(_upstream).ToArray());
}
