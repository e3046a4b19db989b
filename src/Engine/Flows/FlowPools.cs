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

        return new FlowPools([.. names], poolOf);
    }
}
