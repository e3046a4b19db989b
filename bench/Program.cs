using ActorFlow.Bench;

// One JSON line per measure: dotnet run -c Release --project bench -- NAME
var benches = new Dictionary<string, string>(StringComparer.Ordinal)
{
    ["memory"] = "tasks per second in memory, against the bare thread pool on the same graph",
    ["durable"] = "tasks per second on the embedded journal, against bare write and sync of the same bytes",
    ["recovery"] = "events per second read back, against reading and checking the same bytes",
    ["scale"] = "time and bytes per task from a thousand tasks to a million",
    ["granularity"] = "the smallest task that still keeps half of the processors busy with useful work",
    ["real"] = "real workflows, against max(critical path, work / workers)",
    ["limit"] = "tasks per second of the bare thread pool alone",
};

if (args is ["limit"])
{
    LimitBench.Run(Console.Out);
    return 0;
}

foreach (var (name, text) in benches) Console.Error.WriteLine($"{name,-12} {text}");
return args.Length == 0 ? 0 : 2;
