namespace ActorFlow.Bench.Graphs;

/// <summary>The parameters of a Task Bench pattern.</summary>
/// <param name="Width">How many points a full row has.</param>
/// <param name="Steps">How many rows there are.</param>
/// <param name="Radix">How many points of the row before a task of nearest, spread and random_nearest looks at.</param>
internal sealed record TaskBenchShape(int Width, int Steps, int Radix = 3)
{
    /// <summary>After how many rows the dependencies of spread and random_nearest repeat.</summary>
    public int Period { get; init; } = 3;

    /// <summary>Which part of its neighbours a task of random_nearest needs, from 0 to 1.</summary>
    public double Fraction { get; init; } = 0.25;

    /// <summary>Tells apart graphs of random_nearest that are otherwise the same.</summary>
    public int GraphIndex { get; init; }
}
