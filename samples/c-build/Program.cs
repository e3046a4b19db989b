using ActorFlow;
using ActorFlow.Samples.CBuild;

if (args.Length is not (1 or 2) || !Directory.Exists(args[0]))
{
    await Console.Error.WriteLineAsync(args.Length is 1 or 2
        ? $"There is no directory '{args[0]}'."
        : "Usage: CBuild SOURCES [DATA]    builds the *.c files of a directory into a program");
    return 2;
}

var sources = Directory.GetFiles(args[0], "*.c")
    .ToDictionary(path => Path.GetFileName(path), Path.GetFullPath, StringComparer.Ordinal);
if (sources.Count == 0)
{
    await Console.Error.WriteLineAsync($"There are no *.c files in '{args[0]}'.");
    return 2;
}

// What is up to date is known from the data directory: the next job finds there what this one has built.
var options = new ActorFlowOptions { DataDirectory = args.Length == 2 ? args[1] : Path.Combine(args[0], ".actorflow") };
await using var engine = ActorFlowEngine.Create(options);
var job = await engine.SubmitAsync(CBuildFlow.Build(), sources);
await job.WaitAsync();

var report = await job.GetReportAsync();
Console.WriteLine(report.ToText());
if (report.Phase != JobPhase.Succeeded) return 1;
Console.WriteLine(await job.GetResultAsync());
return 0;
