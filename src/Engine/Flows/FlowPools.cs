namespace ActorFlow;

/// <summary>The pools that a flow's tasks take their slots from, numbered in the order of first use.</summary>
public sealed class FlowPools
{
    private readonly byte[] _poolOf;

    private FlowPools(string[] names, byte[] poolOf)
    {
        Names = names;
        _poolOf = poolOf;
    }

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

    /// <summary>The pool of a task.</summary>
    public int Of(int task) => _poolOf[task];

    internal static FlowPools Of(FlowTask[] tasks)
    {
        var names = new List<string>();
        var poolOf = new byte[tasks.Length];
        foreach (var task in tasks)
        {
            var pool = names.IndexOf(task.Policy.Pool);
            if (pool < 0)
            {
                pool = names.Count;
                names.Add(task.Policy.Pool);
            }

            poolOf[task.Number] = (byte)pool;
        }

        // What a task may add to the job takes its slots from the same pools, or from others.
        var nested = tasks.SelectMany(task => task.Templates).SelectMany(template => template.Flow.Pools.Names)
            .Concat(tasks.SelectMany(task => task.Maker?.Pools ?? []));
        names.AddRange(nested.Except(names, StringComparer.Ordinal).ToList());

        return new FlowPools([.. names], poolOf);
    }
}
