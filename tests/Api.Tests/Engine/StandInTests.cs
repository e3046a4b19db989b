using ActorFlow.Actors;

namespace ActorFlow.Api.Tests.Engine;

/// <summary>Outputs that somebody says in the place of a task's own, on a durable journal.</summary>
public sealed class StandInTests : IDisposable
{
    private readonly DataDirectory _data = new();
    private int _runs;

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task An_object_may_stand_in_for_an_output_of_a_durable_job()
    {
        var flow = Failing(new RetryPolicy { OnExhausted = Directive.Ignore, DefaultOutput = Payload.Live(5) });
        await using var engine = _data.Open();
        Assert.Equal(10, await engine.RunAsync(flow, 1));
        Assert.Equal(1, _runs);
    }

    [Fact]
    public async Task A_rule_of_the_flow_may_name_an_object_too()
    {
        var flow = FlowBuilder.Create<int>("ruled");
        flow.Supervise(new SupervisionRule(Directive.Ignore) { DefaultOutput = Payload.Live(7) });
        await using var engine = _data.Open();
        Assert.Equal(7, await engine.RunAsync(flow.Build(flow.Task("t", flow.Input, Fails)), 1));
    }

    [Fact]
    public void What_is_no_JSON_is_a_fault_of_the_flow()
    {
        var error = Assert.Throws<FlowDefinitionException>(() => Failing(
            new RetryPolicy { OnExhausted = Directive.Ignore, DefaultOutput = Payload.FromJson("{nope") }));
        Assert.StartsWith(
            "Task 'ask' has a stand-in that cannot be kept: {nope cannot be read", Assert.Single(error.Faults).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operator_gives_a_task_the_output_that_it_waits_for()
    {
        await using var engine = _data.Open();
        var job = await HeldAsync(engine);
        await job.CompleteTaskAsync("ask", 21);
        Assert.Equal(42, await job.GetResultAsync());
    }

    [Fact]
    public async Task What_an_operator_says_must_fit()
    {
        await using var engine = _data.Open();
        var job = await HeldAsync(engine);

        var error = await Assert.ThrowsAsync<PayloadException>(() => job.CompleteTaskAsync("ask", "some text"));
        Assert.StartsWith(
            "This cannot stand in for the output of task 'ask': \"some text\" cannot be read as System.Int32",
            error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<PayloadException>(
            () => job.SettleAsync("ask", Directive.Ignore, Payload.FromJson("{nope")));
        error = await Assert.ThrowsAsync<PayloadException>(() => job.SettleAsync("ask", Directive.Ignore));
        Assert.Equal("Task 'ask' gives a value of type System.Int32; say what stands in for it.", error.Message);
        await Assert.ThrowsAsync<ArgumentException>(
            () => job.SettleAsync("ask", Directive.Fail, Payload.FromJson("5")));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => job.SettleAsync("ask", (Directive)77));

        Assert.True(await job.WaitsForOperatorAsync());
    }

    private static async Task<JobHandle<int>> HeldAsync(ActorFlowEngine engine)
    {
        var flow = new StandInTests();
        var job = await engine.SubmitAsync(flow.Failing(new RetryPolicy { OnExhausted = Directive.Hold }), 1);
        flow.Dispose();
        await foreach (var fact in job.ReadEventsAsync())
            if (fact is JobEvent.TaskHeld) break;
        return job;
    }

    private Flow<int, int> Failing(RetryPolicy retry)
    {
        var flow = FlowBuilder.Create<int>("asking");
        var ask = flow.Task("ask", flow.Input, Fails).Retry(retry);
        return flow.Build(flow.Task("twice", ask, x => 2 * x));
    }

    private int Fails(int input)
    {
        _runs++;
        throw new IOException("ask somebody");
    }
}
