namespace ActorFlow.Bench.Measuring;

/// <summary>How large the measures are.</summary>
internal sealed record BenchSize
{
    /// <summary>What figures are taken from.</summary>
    public static BenchSize Full { get; } = new();

    /// <summary>Only to see that everything runs: its figures mean nothing.</summary>
    public static BenchSize Quick { get; } = new() { Tasks = 400, Pairs = 1, Warmups = 0, IsQuick = true };

    /// <summary>Tasks of a large graph.</summary>
    public int Tasks { get; private init; } = 1_000_000;

    /// <summary>How many pairs of ours and limit are taken; the median counts.</summary>
    public int Pairs { get; private init; } = 5;

    /// <summary>How many pairs run before, so that the code is compiled.</summary>
    public int Warmups { get; private init; } = 2;

    public bool IsQuick { get; private init; }

    /// <summary>The one case that is measured; null for all.</summary>
    public string? Only { get; init; }

    /// <summary>Whether a case is to be measured.</summary>
    public bool Measures(string name) => Only is null || Only == name;

    /// <summary>The smaller of a size and what this one allows.</summary>
    public int Upto(int tasks) => Math.Min(tasks, Tasks);
}
