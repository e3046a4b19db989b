using System.Text.Json;
using ActorFlow;
using ActorFlow.Samples.TextAnalysis;

if (args.Length != 1)
{
    await Console.Error.WriteLineAsync("Usage: TextAnalysis FILE");
    return 2;
}

var flow = TextAnalysisFlow.Build();
await using var engine = ActorFlowEngine.CreateInMemory();
var document = new Document(await File.ReadAllTextAsync(args[0]));
var job = await engine.SubmitAsync(flow.Executable, Payload.Live(document));
await job.WaitAsync();

var report = await job.GetReportAsync();
Console.WriteLine(JsonSerializer.Serialize(report["report"].Output?.Value, JsonSerializerOptions.Web));
return report.Phase == JobPhase.Succeeded ? 0 : 1;
