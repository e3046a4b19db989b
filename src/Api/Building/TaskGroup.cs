using System.Collections;
using System.Runtime.CompilerServices;

namespace ActorFlow;

/// <summary>
/// Tasks that stand side by side in an order: <c>_ = fetch &gt;&gt; [parse, count] &gt;&gt; publish</c>.
/// </summary>
[CollectionBuilder(typeof(TaskGroup), nameof(Of))]
public sealed class TaskGroup : IEnumerable<ITaskHandle>
{
    private readonly ITaskHandle[] _tasks;

    private TaskGroup(ITaskHandle[] tasks) => _tasks = tasks;

    /// <summary>Groups tasks.</summary>
    /// <exception cref="ArgumentNullException">One of them is null.</exception>
    public static TaskGroup Of(ReadOnlySpan<ITaskHandle> tasks)
    {
        foreach (var task in tasks) ArgumentNullException.ThrowIfNull(task, nameof(tasks));
        return new TaskGroup(tasks.ToArray());
    }

    /// <summary>
    /// Orders without handing anything over: each task on the right comes after all on the left, as <c>After</c> says.
    /// </summary>
    /// <returns>The right side, so that the chain goes on from there.</returns>
    public static TaskGroup operator >>(TaskGroup first, TaskGroup next)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(next);
        foreach (var later in next._tasks)
            foreach (var earlier in first._tasks)
                later.Plan.After(earlier.Plan);
        return next;
    }

    /// <summary>
    /// The other way round: each task on the left comes after all on the right, as in
    /// <c>_ = publish &lt;&lt; [parse, count] &lt;&lt; fetch</c>.
    /// </summary>
    /// <returns>The right side, so that the chain goes on from there.</returns>
    public static TaskGroup operator <<(TaskGroup last, TaskGroup before)
    {
        _ = before >> last;
        return before;
    }

    /// <inheritdoc />
    public IEnumerator<ITaskHandle> GetEnumerator() => ((IEnumerable<ITaskHandle>)_tasks).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
