using ActorFlow.Bench.Benches;
using ActorFlow.Bench.Measuring;

namespace ActorFlow.Bench;

/// <summary>The command line of the benchmarks: a name, and whether to be quick about it.</summary>
internal static class BenchCommand
{
    private const string OnlyOption = "--only=";

    private static readonly (string Name, string Text, Action<BenchOutput, BenchSize> Run)[] Benches =
    [
        ("memory", "tasks per second in memory, against the bare thread pool on the same graph", MemoryBench.Run),
        ("durable", "tasks per second on the embedded journal, against bare write and sync", DurableBench.Run),
        ("recovery", "events per second read back, against reading and checking the same bytes", RecoveryBench.Run),
        ("scale", "time and bytes per task from a thousand tasks to a million", ScaleBench.Run),
        ("loop", "time per round of loops from two thousand rounds to sixteen thousand", LoopBench.Run),
        ("granularity", "the smallest task that keeps half of the processors busy", GranularityBench.Run),
        ("real", "real workflows, against max(critical path, work / workers)", RealBench.Run),
        ("limit", "tasks per second of the bare thread pool alone, by kind of queue", LimitBench.Run),
    ];

    public static int Run(string[] arguments, TextWriter output, TextWriter errors)
    {
        var names = arguments.Where(argument => !argument.StartsWith("--", StringComparison.Ordinal)).ToList();
        var size = arguments.Contains("--quick", StringComparer.Ordinal) ? BenchSize.Quick : BenchSize.Full;
        var only = arguments.FirstOrDefault(argument => argument.StartsWith(OnlyOption, StringComparison.Ordinal));
        if (only is not null) size = size with { Only = only[OnlyOption.Length..] };
        var chosen = names is ["all"] ? Benches : [.. Benches.Where(bench => names.Contains(bench.Name))];
        if (chosen.Length == 0 || (names is not ["all"] && chosen.Length < names.Count))
        {
            errors.WriteLine("Name one or more benchmarks, or 'all'; --quick runs them small, --only=CASE one graph.");
            foreach (var (name, text, _) in Benches) errors.WriteLine($"  {name,-12} {text}");
            return 2;
        }

        var lines = new BenchOutput(output, errors);
        foreach (var (_, _, run) in chosen) run(lines, size);
        return 0;
    }
}
