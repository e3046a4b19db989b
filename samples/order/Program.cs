using ActorFlow;
using ActorFlow.Samples.Order;

var flow = OrderFlow.Build(new Payments(isUp: args.Contains("--payments-up", StringComparer.Ordinal)));
await using var engine = ActorFlowEngine.CreateInMemory();
var job = await engine.SubmitAsync(flow, ["A-1", "B-2", "C-3"]);
await job.WaitAsync();

var report = await job.GetReportAsync();
Console.WriteLine(report.ToText());
return report.Phase == JobPhase.Succeeded ? 0 : 1;
