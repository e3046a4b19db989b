using ActorFlow.Actors;

namespace ActorFlow.Api.Tests.Building;

/// <summary>Runs flows in memory and gives back what came out.</summary>
internal static class Jobs
{
    /// <summary>The result of a job that succeeds.</summary>
    public static async Task<TOut?> ResultOf<TIn, TOut>(
        Flow<TIn, TOut> flow, TIn input, IServiceProvider? services = null)
    {
        var report = await ReportOf(flow, input, services);
        Assert.True(report.Phase == JobPhase.Succeeded, report.ToJson());
        var output = report[flow.Definition.TaskNames[flow.ResultTask!.Value]].Output;
        return new LivePayloadCodec().Decode<TOut>(output ?? Payload.None);
    }

    /// <summary>The report of a job, however it ends.</summary>
    public static async Task<JobReport> ReportOf<TIn, TOut>(
        Flow<TIn, TOut> flow, TIn input, IServiceProvider? services = null)
    {
        await using var engine = ActorFlowEngine.Create(new ActorFlowOptions { InMemory = true, Services = services });
        var job = await engine.SubmitAsync(flow.Executable, new LivePayloadCodec().Encode(input));
        await job.WaitAsync();
        return await job.GetReportAsync();
    }
}
