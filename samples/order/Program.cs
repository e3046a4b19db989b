using ActorFlow;
using ActorFlow.Samples.Order;

var flow = OrderFlow.Build(new Payments(isUp: args.Contains("--payments-up", StringComparer.Ordinal)));
await using var engine = ActorFlowEngine.CreateInMemory();
var job = await engine.SubmitAsync(flow.Executable, Payload.FromJson("""["A-1", "B-2", "C-3"]"""));
await job.WaitAsync();

var report = await job.GetReportAsync();
Console.WriteLine($"{report.Flow}: {report.Status}");
foreach (var task in report.Tasks)
    Console.WriteLine($"  {task.Name,-16} {task.Status,-10} attempts: {task.Attempts}  {task.Error?.Message}");
return report.Phase == JobPhase.Succeeded ? 0 : 1;
