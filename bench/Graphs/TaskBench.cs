using System.Numerics;

namespace ActorFlow.Bench.Graphs;

/// <summary>
/// The dependency patterns of Task Bench: rows of points, each needing some points of the row before.
/// </summary>
/// <remarks>
/// A pattern says which points a point may need; those outside the row before are dropped. The dependencies may
/// change from row to row: a row's dependence set is the number that says which ones hold.
/// </remarks>
internal static class TaskBench
{
    private delegate IEnumerable<int> Needs(TaskBenchShape shape, int set, int point);

    /// <summary>The patterns by name.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "trivial", "no_comm", "stencil_1d", "stencil_1d_periodic", "dom", "tree", "fft", "all_to_all", "nearest",
        "spread", "random_nearest",
    ];

    /// <summary>Makes one graph, its tasks numbered row by row.</summary>
    /// <exception cref="ArgumentException">There is no such pattern, or the shape is too narrow for it.</exception>
    public static BenchGraph Make(string pattern, TaskBenchShape shape)
    {
        Check(pattern, shape);
        var needs = NeedsOf(pattern);
        var graph = new BenchGraphBuilder(pattern);
        var upstream = new List<int>();
        var before = (Offset: 0, Width: 0);
        for (var step = 0; step < shape.Steps; step++)
        {
            var row = Row(pattern, shape, step);
            var firstBefore = graph.Tasks - before.Width;
            var set = DependenceSet(pattern, shape, step);
            for (var point = row.Offset; point < row.Offset + row.Width; point++)
            {
                upstream.Clear();
                foreach (var need in needs(shape, set, point))
                    if (need >= before.Offset && need < before.Offset + before.Width)
                        upstream.Add(firstBefore + need - before.Offset);
                graph.AddTask([.. upstream]);
            }

            before = row;
        }

        return graph.Build();
    }

    private static void Check(string pattern, TaskBenchShape shape)
    {
        if (!Names.Contains(pattern, StringComparer.Ordinal))
            throw new ArgumentException($"No pattern '{pattern}'; there are {string.Join(", ", Names)}.", nameof(
                pattern));
        var narrowest = pattern switch { "stencil_1d_periodic" => 3, "fft" => 2, "spread" => shape.Radix, _ => 1 };
        if (shape.Width < narrowest)
            throw new ArgumentException($"{pattern} is at least {narrowest} wide, not {shape.Width}.", nameof(shape));
    }

    private static (int Offset, int Width) Row(string pattern, TaskBenchShape shape, int step) => pattern switch
    {
        "dom" => (Math.Max(0, step + shape.Width - shape.Steps),
            Math.Min(shape.Width, Math.Min(step + 1, shape.Steps - step))),
        "tree" => (0, (int)Math.Min(shape.Width, 1L << Math.Min(step, 62))),
        _ => (0, shape.Width),
    };

    private static int DependenceSet(string pattern, TaskBenchShape shape, int step)
    {
        if (pattern is "spread" or "random_nearest") return step % shape.Period;
        if (pattern is not "fft") return 0;
        var levels = BitOperations.Log2((uint)shape.Width - 1) + 1;
        return (step + levels - 1) % levels;
    }

    private static Needs NeedsOf(string pattern) => pattern switch
    {
        "trivial" => (_, _, _) => [],
        "no_comm" => (_, _, point) => [point],
        "stencil_1d" => (_, _, point) => [point - 1, point, point + 1],
        "stencil_1d_periodic" => (shape, _, point) =>
            [(point + shape.Width - 1) % shape.Width, point, (point + 1) % shape.Width],
        "dom" => (_, _, point) => [point - 1, point],
        "tree" => (_, _, point) => [point / 2],
        "fft" => (_, set, point) => [point - (1 << set), point, point + (1 << set)],
        "all_to_all" => (shape, _, _) => Enumerable.Range(0, shape.Width),
        "nearest" => (shape, _, point) => Nearest(shape, point),
        "spread" => (shape, set, point) => Enumerable.Range(0, shape.Radix).Select(i =>
            (int)((point + ((long)i * shape.Width / shape.Radix) + (i > 0 ? set : 0)) % shape.Width)),
        "random_nearest" => (shape, set, point) => Nearest(shape, point)
            .Where(need => need == point || Chance(shape, set, need, point) < shape.Fraction),
        _ => throw new ArgumentOutOfRangeException(nameof(pattern), pattern, message: null),
    };

    private static IEnumerable<int> Nearest(TaskBenchShape shape, int point) =>
        Enumerable.Range(point - (shape.Radix / 2), shape.Radix);

    /// <summary>A number from 0 to 1 that depends on nothing but its arguments.</summary>
    private static double Chance(TaskBenchShape shape, int set, int need, int point) =>
        SipHash.Of(SipHash.TaskBenchKey, [shape.GraphIndex, shape.Radix, set, need, point]) * Math.Pow(2, -64);
}
