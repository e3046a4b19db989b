namespace ActorFlow.Notify.Tests;

/// <summary>Reports of jobs that really ran.</summary>
internal static class Reports
{
    /// <summary>Alpha succeeds with "ok", beta fails with traces, gamma is skipped because of it.</summary>
    public static Flow<int, Nothing> Mixed(string name = "orders")
    {
        var flow = FlowBuilder.Create<int>(name);
        flow.Task("alpha", flow.Input, _ => "ok");
        var beta = flow.Task("beta", flow.Input, (int x, TaskContext context) =>
        {
            context.Trace("row", x + 1);
            return x > 0 ? throw new InvalidOperationException("no <b>stock</b>") : x;
        });
        flow.Task("gamma", beta, x => x);
        return flow.Build();
    }

    /// <summary>One task that succeeds.</summary>
    public static Flow<int, Nothing> Good(string name = "good")
    {
        var flow = FlowBuilder.Create<int>(name);
        flow.Task("alpha", flow.Input, x => x);
        return flow.Build();
    }

    public static async Task<JobReport> OfAsync(Flow<int, Nothing> flow)
    {
        await using var engine = ActorFlowEngine.CreateInMemory();
        var job = await engine.SubmitAsync(flow, 7, new JobOptions { Id = new JobId("job-1") });
        await job.WaitAsync();
        return await job.GetReportAsync();
    }

    public static Task<JobReport> MixedAsync() => OfAsync(Mixed());

    public static Task<JobReport> GoodAsync() => OfAsync(Good());
}

/// <summary>A channel that keeps what it is given.</summary>
internal sealed class Spy : IReportChannel
{
    private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<ReportNotification> Seen { get; } = [];

    /// <summary>Completes with the first report.</summary>
    public Task Told => _told.Task;

    public string Name => "spy";

    public Task SendAsync(ReportNotification notification, CancellationToken cancellationToken)
    {
        lock (Seen) Seen.Add(notification);
        _told.TrySetResult();
        return Task.CompletedTask;
    }
}

/// <summary>A channel that always throws.</summary>
internal sealed class Broken : IReportChannel
{
    public string Name => "broken";

    public Task SendAsync(ReportNotification notification, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("The line is dead.");
}
