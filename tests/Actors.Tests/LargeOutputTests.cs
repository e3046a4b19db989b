using ActorFlow.Engine;

namespace ActorFlow.Actors.Tests;

/// <summary>Outputs at the limit: each goes through, however many come at once.</summary>
public sealed class LargeOutputTests
{
    private static readonly TaskPolicy Async = new() { Pool = TaskPolicy.AsyncPool };

    [Fact]
    public async Task Outputs_at_the_limit_that_come_at_once_are_appended_one_by_one()
    {
        const int Tasks = 20;
        var journal = new HoldingJournal();
        await using var system = new TestSystem(journal: journal);
        // Their continuations run within SetResult: by then the report has been posted.
        var outputs = Enumerable.Range(0, Tasks).Select(_ => new TaskCompletionSource<Payload>()).ToList();
        var flow = new TestFlow("f").Task("first", _ => new(outputs[0].Task), Async);
        for (var i = 1; i < Tasks; i++)
        {
            var output = outputs[i];
            flow.Task($"t{i}", _ => new(output.Task), Async);
        }

        var job = await system.SubmitAsync(flow.Build());
        await job.ReadAsync(state => state.Phase);
        var held = journal.HoldNext();
        outputs[0].SetResult(Payload.None);
        await held;
        var payload = Payload.FromJson(new byte[Limits.PayloadBytes]);
        foreach (var output in outputs[1..]) output.SetResult(payload);
        journal.Release();

        Assert.Equal(JobPhase.Succeeded, await job.WhenEnded);
        Assert.Equal(Limits.PayloadBytes, journal.LargestAppend);
    }

    [Fact]
    public async Task Outputs_at_the_limit_that_an_operator_gives_at_once_are_appended_one_by_one()
    {
        const int Tasks = 20;
        var journal = new HoldingJournal();
        await using var system = new TestSystem(journal: journal);
        var held = new TaskPolicy { Retry = new RetryPolicy { OnExhausted = Directive.Hold } };
        var flow = new TestFlow("f");
        for (var i = 0; i < Tasks; i++) flow.Task($"t{i}", _ => throw new IOException("ask somebody"), held);
        var job = await system.SubmitAsync(flow.Build());
        await foreach (var fact in job.FollowAsync(1, CancellationToken.None))
        {
            if (fact is JobEvent.TaskHeld && await job.ReadAsync(state => state.CountOf(TaskPhase.Held)) == Tasks)
                break;
        }

        var isHeld = journal.HoldNext();
        var payload = Payload.FromJson(new byte[Limits.PayloadBytes]);
        var settled = new List<Task<Rejection?>> { Settle(0, Payload.None) };
        await isHeld;
        for (var task = 1; task < Tasks; task++) settled.Add(Settle(task, payload));
        journal.Release();

        Assert.All(await Task.WhenAll(settled), Assert.Null);
        Assert.Equal(JobPhase.Succeeded, await job.WhenEnded);
        Assert.Equal(Limits.PayloadBytes, journal.LargestAppend);

        Task<Rejection?> Settle(int task, Payload output) =>
            job.CommandAsync(at => new JobCommand.SettleTask(at, task, Directive.Ignore, output));
    }

    [Fact]
    public async Task A_body_that_makes_a_payload_beyond_the_limit_fails_its_attempt()
    {
        await using var system = new TestSystem();
        var large = Payload.FromJson(new byte[Limits.PayloadBytes + 1]);
        var flow = new TestFlow("f").Task("at-once", _ => new(large))
            .Task("later", async _ =>
            {
                await Task.Yield();
                return large;
            }, Async).Build();
        var report = await TestSystem.EndOf(await system.SubmitAsync(flow));

        Assert.All(report.Tasks, task => Assert.Equal(typeof(PayloadException).FullName, task.Error?.Type));
    }
}
