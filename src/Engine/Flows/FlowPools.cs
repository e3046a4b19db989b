namespace ActorFlow;

/// <summary>The pools that a flow's tasks take their slots from, numbered in the order of first use.</summary>
public sealed class FlowPools
{
    private FlowPools(string[] names) => Names = names;

    /// <summary>The most pools that one flow can use.</summary>
    public const int Max = 255;

    /// <summary>The names, by number.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The number of a pool by its name; -1 if no task can be in it.</summary>
    public int IndexOf(string name)
    {
        for (var pool = 0; pool < Names.Count; pool++)
            if (Names[pool] == name) return pool;
        return -1;
    }

    internal static FlowPools Of(FlowTask[] tasks)
    {
        var own = tasks.Select(task => task.Policy.Pool);
        // What a task may add to the job takes its slots from the same pools, or from others.
        var nested = tasks.SelectMany(task => task.Templates).SelectMany(template => template.Flow.Pools.Names)
            .Concat(tasks.SelectMany(task => task.Maker?.Pools ?? []));
        return new FlowPools([.. own.Concat(nested).Distinct(StringComparer.Ordinal)]);
    }
}
