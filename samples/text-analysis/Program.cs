using System.Text.Json;
using ActorFlow;
using ActorFlow.Samples.TextAnalysis;

if (args.Length != 1 || !File.Exists(args[0]))
{
    await Console.Error.WriteLineAsync(args.Length == 1
        ? $"There is no file '{args[0]}'."
        : "Usage: TextAnalysis FILE");
    return 2;
}

await using var engine = ActorFlowEngine.CreateInMemory();
var job = await engine.SubmitAsync(TextAnalysisFlow.Build(), new Document(await File.ReadAllTextAsync(args[0])));
await job.WaitAsync();

var report = await job.GetReportAsync();
Console.WriteLine(report.ToText());
if (report.Phase != JobPhase.Succeeded) return 1;
Console.WriteLine(JsonSerializer.Serialize(await job.GetResultAsync(), JsonSerializerOptions.Web));
return 0;
