using ActorFlow.Actors;

namespace ActorFlow.Api.Tests.Engine;

/// <summary>Inputs and outputs at their limit, and one byte beyond it.</summary>
public sealed class LimitTests : IDisposable
{
    // A text takes two quotes besides its characters.
    private const int Longest = Limits.PayloadBytes - 2;

    private readonly DataDirectory _data = new();

    [Fact]
    public async Task An_output_at_the_limit_is_kept_and_one_byte_more_fails_its_task_by_name_and_no_other()
    {
        var flow = FlowBuilder.Create("outputs");
        var fits = flow.Task("fits", () => new string('x', Longest));
        var length = flow.Task("length", fits, text => text.Length);
        var large = flow.Task("too-large", () => new string('x', Longest + 1)).After(length);
        flow.Task("after", large, text => text.Length);
        var built = flow.Build();
        JobId id;
        await using (var engine = _data.Open())
        {
            var job = await engine.SubmitAsync(built);
            Assert.Equal(JobPhase.Failed, await job.WaitAsync());
            id = job.Id;
            Check(await job.GetReportAsync());
        }

        await using var next = _data.Open();
        Check(await (await next.OpenAsync(id, built.Executable)).GetReportAsync());

        static void Check(JobReport report)
        {
            Assert.Equal(
                [TaskPhase.Succeeded, TaskPhase.Succeeded, TaskPhase.Failed, TaskPhase.Skipped],
                report.Tasks.Select(task => task.Phase));
            Assert.Equal(Limits.PayloadBytes, report["fits"].Output!.Json.Length);
            Assert.Equal($"{Longest}", report["length"].Output!.ToString());
            Assert.Contains(
                "takes 67108865 bytes; 67108864 is the most", report["too-large"].Error!.Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_input_at_the_limit_is_taken_and_one_byte_more_is_refused_with_the_name_of_the_flow()
    {
        var flow = FlowBuilder.Create<string>("inputs");
        var length = flow.Task("length", flow.Input, text => text.Length);
        var built = flow.Build(length);
        await using var engine = _data.Open();
        Assert.Equal(Longest, await engine.RunAsync(built, new string('x', Longest)));

        var error = await Assert.ThrowsAsync<PayloadException>(
            () => engine.RunAsync(built, new string('x', Longest + 1)));
        Assert.Contains("input of flow 'inputs'", error.Message, StringComparison.Ordinal);
        Assert.Contains("takes 67108865 bytes", error.Message, StringComparison.Ordinal);
        Assert.Single(await engine.ListAsync());
    }

    [Fact]
    public async Task What_an_operator_or_a_caller_gives_as_a_payload_has_the_same_limit()
    {
        var large = Payload.FromJson(new byte[Limits.PayloadBytes + 1]);
        var flow = FlowBuilder.Create<int>("settled");
        var held = flow.Task("held", flow.Input, int (int _) => throw new IOException("ask somebody"))
            .Retry(new RetryPolicy { OnExhausted = Directive.Hold });
        var built = flow.Build(held);
        await using var engine = _data.Open();
        await Assert.ThrowsAsync<PayloadException>(() => engine.SubmitAsync(built.Executable, large));
        var job = await engine.SubmitAsync(built, 1);
        await foreach (var fact in job.ReadEventsAsync())
            if (fact is JobEvent.TaskHeld) break;

        await Assert.ThrowsAsync<PayloadException>(() => job.SettleAsync("held", Directive.Ignore, large));
        await job.SettleAsync("held", Directive.Ignore, Payload.FromJson("5"));
        Assert.Equal(5, await job.GetResultAsync());
    }

    public void Dispose() => _data.Dispose();
}
